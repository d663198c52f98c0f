using CsCheck;
using Dashiban.Correlator.Fleet;
using Dashiban.Messaging;
using Dashiban.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dashiban.Tests.Fleet;

public sealed class FleetBoardTests
{
    private readonly FakeTimeProvider _time = new(SomePassages.Monday);
    private readonly FleetBoard _board;

    public FleetBoardTests() => _board = new(_time, TimeSpan.FromSeconds(45));

    [Fact]
    public void A_silent_edge_is_stale_and_its_cameras_are_unreported()
    {
        _board.Observe(Report(0));
        Assert.Equal(CameraView.Live, Camera().State);

        _time.Advance(TimeSpan.FromSeconds(46));

        Assert.True(Assert.Single(_board.View().Edges).IsStale);
        Assert.Equal(CameraView.Unreported, Camera().State);
        Assert.Equal((1, 0), (_board.View().Cameras, _board.View().CamerasLive));
    }

    [Fact]
    public void A_report_that_arrives_late_does_not_replace_a_newer_one()
    {
        _board.Observe(Report(100));
        _board.Observe(Report(40));

        Assert.Equal(100, Camera().Captured);
    }

    [Fact]
    public void Frames_per_second_come_from_two_reports_of_one_run()
    {
        _board.Observe(Report(0));
        Assert.Null(Camera().AnalysedPerSecond);
        _board.Observe(Report(120, after: 10));
        Assert.Equal(12, Camera().AnalysedPerSecond);

        _board.Observe(Report(5, after: 20) with { StartedAt = SomePassages.Monday.AddSeconds(15) });

        Assert.Null(Camera().AnalysedPerSecond);
    }

    [Fact]
    public void Missing_is_what_the_centre_has_not_confirmed()
    {
        _board.Observe(Report(0) with { NextSequence = 11, ConfirmedThrough = 7 });

        Assert.Equal(3, Assert.Single(_board.View().Edges).Missing);
    }

    [Fact]
    public void Silence_counts_against_coverage_but_the_time_before_the_first_report_does_not()
    {
        _board.Observe(Report(0));
        Assert.Equal(1, Camera().CoverageShare);
        _time.Advance(CoverageStrip.Slot * 2);
        _board.Observe(Report(1, after: 1));

        Assert.Equal(2.0 / 3, Camera().CoverageShare!.Value, 6);
        Assert.Equal([CoverageState.Live, CoverageState.Unknown, CoverageState.Live], Camera().Coverage.TakeLast(3));
    }

    [Fact]
    public void The_strip_equals_its_slow_twin() => Gen.Select(Gen.Int[0, 200_000], Gen.Bool).List[0, 80].Sample(facts =>
    {
        var ordered = facts.OrderBy(fact => fact.Item1).ToList();
        var strip = new CoverageStrip();
        foreach (var (second, live) in ordered)
        {
            strip.Observe(SomePassages.Monday.AddSeconds(second), live);
        }

        var now = SomePassages.Monday.AddSeconds(ordered.Count == 0 ? 0 : ordered[^1].Item1);
        Assert.Equal(SlowDay(ordered, now), strip.Day(now));
    }, iter: 20);

    private static IEnumerable<CoverageState> SlowDay(List<(int Second, bool Live)> facts, DateTimeOffset now)
    {
        var newest = now.UtcTicks / CoverageStrip.Slot.Ticks;
        for (var slot = newest - 95; slot <= newest; slot++)
        {
            var seen = facts.Where(fact => SomePassages.Monday.AddSeconds(fact.Second).UtcTicks / CoverageStrip.Slot.Ticks == slot).Select(fact => fact.Live).ToList();
            yield return seen.Count == 0 ? CoverageState.Unknown
                : seen.All(live => live) ? CoverageState.Live
                : seen.Any(live => live) ? CoverageState.Partly : CoverageState.Down;
        }
    }

    private CameraView Camera() => Assert.Single(Assert.Single(_board.View().Edges).Cameras);

    private static HeartbeatReport Report(long analysed, int after = 0) => Heartbeats.Of(SomePassages.Monday.AddSeconds(after + (analysed * 0.001)), analysed) with
    {
        SentAt = SomePassages.Monday.AddSeconds(after == 0 ? analysed : after),
    };
}
