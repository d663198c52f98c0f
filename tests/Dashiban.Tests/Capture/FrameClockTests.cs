using CsCheck;
using Dashiban.Edge.Capture;

namespace Dashiban.Tests.Capture;

public sealed class FrameClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Jitter_of_arrival_does_not_reach_the_times()
    {
        var clock = FrameClock.FromArrival();
        Assert.Equal(Noon, clock.TimeOf(Seconds(7), Noon));
        Assert.Equal(Noon.AddSeconds(0.04), clock.TimeOf(Seconds(7.04), Noon.AddSeconds(0.19)));
        Assert.Equal(Noon.AddSeconds(0.08), clock.TimeOf(Seconds(7.08), Noon.AddSeconds(0.10)));
    }

    [Fact]
    public void A_clock_that_drifted_gets_a_new_anchor()
    {
        var clock = FrameClock.FromArrival();
        clock.TimeOf(Seconds(0), Noon);
        Assert.Equal(Noon.AddSeconds(10), clock.TimeOf(Seconds(10), Noon.AddSeconds(10.25))); // just within the tolerance
        Assert.Equal(Noon.AddSeconds(20.5), clock.TimeOf(Seconds(20), Noon.AddSeconds(20.5)));
        Assert.Equal(Noon.AddSeconds(20.625), clock.TimeOf(Seconds(20.125), Noon.AddSeconds(20.5)));
    }

    [Fact]
    public void A_declared_start_gives_the_same_times_whenever_the_file_is_read()
    {
        var clock = FrameClock.FromDeclaredStart(Noon);
        Assert.Equal(Noon.AddSeconds(3), clock.TimeOf(Seconds(3), DateTimeOffset.UnixEpoch));
        Assert.Equal(Noon.AddSeconds(4), clock.TimeOf(Seconds(4), Noon.AddYears(1)));
    }

    [Fact]
    public void Times_rise_and_stay_near_the_clock_whatever_stream_and_network_do()
    {
        var step = Gen.Select(Gen.Double[-2, 2], Gen.Double[0, 1]);
        step.Array[1, 60].Sample(steps =>
        {
            var clock = FrameClock.FromArrival();
            var (stream, now, last) = (Seconds(0), Noon, DateTimeOffset.MinValue);
            var newest = Noon;
            foreach (var (streamStep, nowStep) in steps)
            {
                stream += Seconds(streamStep);
                now += Seconds(nowStep);
                var time = clock.TimeOf(stream, now);
                Assert.True(time > last, $"{time:O} after {last:O}");
                newest = time > newest ? time : newest;
                Assert.True(time >= now - FrameClock.Tolerance, "never far in the past");
                Assert.True(time <= now + FrameClock.Tolerance + TimeSpan.FromMilliseconds(1), "never far in the future");
                last = time;
            }
        });
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
