using CsCheck;
using Dashiban.Edge;
using Dashiban.Edge.Capture;

namespace Dashiban.Tests.Capture;

public sealed class DecoderCommandTests
{
    [Fact]
    public void A_camera_is_read_over_tcp_with_a_time_limit_of_its_own()
    {
        var arguments = DecoderCommand.Arguments(new LaneOptions { Source = "rtsp://camera/1", StallTimeout = TimeSpan.FromSeconds(30) });

        Assert.Equal("tcp", After(arguments, "-rtsp_transport"));
        Assert.Equal("32000000", After(arguments, "-timeout"));
        Assert.DoesNotContain("-re", arguments);
    }

    [Fact]
    public void A_file_is_read_at_the_pace_that_was_asked_for()
    {
        Assert.DoesNotContain("-re", DecoderCommand.Arguments(new LaneOptions { Source = "a.mp4" }));
        Assert.Contains("-re", DecoderCommand.Arguments(new LaneOptions { Source = "a.mp4", Pace = FilePace.RealTime }));
    }

    [Theory]
    [InlineData("rtsp://admin:s3cret@10.0.0.1/live", "rtsp://***@10.0.0.1/live")]
    [InlineData("[tcp @ 0x1] Connection to rtsps://u:p@h:554 failed", "[tcp @ 0x1] Connection to rtsps://***@h:554 failed")]
    [InlineData("rtsp://10.0.0.1/live", "rtsp://10.0.0.1/live")]
    public void Passwords_never_reach_a_log(string text, string masked) => Assert.Equal(masked, DecoderCommand.Mask(text));

    [Fact]
    public void Time_and_number_of_a_picture_come_apart_again()
    {
        Gen.Select(Gen.Long[0, 90L * 24 * 3600 * 1000], Gen.Int[0, 999]).Sample((milliseconds, number) =>
        {
            var time = DecoderCommand.Decode(TimeSpan.FromMicroseconds((milliseconds * 1000) + number), out var decoded);
            Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), time);
            Assert.Equal(number, decoded);
        });
    }

    [Theory]
    [InlineData(4, 5, 0)]
    [InlineData(4, 7, 2)]
    [InlineData(999, 0, 0)]
    [InlineData(998, 1, 2)]
    public void Pictures_left_out_are_counted_over_the_wrap(int previous, int number, int leftOut) =>
        Assert.Equal(leftOut, DecoderCommand.LeftOut(previous, number));

    private static string After(IReadOnlyList<string> arguments, string name) => arguments[arguments.ToList().IndexOf(name) + 1];
}
