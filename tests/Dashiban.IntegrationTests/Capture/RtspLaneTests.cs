using System.Threading.Channels;
using Dashiban.Domain.Seats;
using Dashiban.Edge;
using Dashiban.Edge.Capture;
using Dashiban.Edge.Detection;
using Dashiban.Edge.Voting;
using Dashiban.Messaging;
using Dashiban.Testing.Capture;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashiban.IntegrationTests.Capture;

/// <summary>Whole lanes, blind ones, on a real RTSP server: what a camera may do to a lane, and what the lane makes of it.</summary>
[Collection("decoders")]
public sealed class RtspLaneTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100); // for machines that are busy with other things
    private static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private RtspCameras? _camera;
    private LaneSupervisor? _lane;
    private Task _running = Task.CompletedTask;

    public RtspLaneTests()
    {
        if (!TestClips.CanDraw)
        {
            Assert.Skip("ffmpeg is not installed: apt-get install ffmpeg");
        }

        if (!TestClips.CanServe)
        {
            Assert.Skip("no RTSP server: apt-get install python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad");
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("h264")]
    [InlineData("h265")]
    public void Pictures_come_over_tcp_with_the_cameras_own_spacing(string codec)
    {
        _camera = RtspCameras.Start(codec == "h264" ? TestClips.H264() : TestClips.H265());
        using var source = new DecoderProcess(Options() with { AnalysedPerSecond = 60 }, NullLogger.Instance);
        Assert.Equal(new PictureFormat(640, 360), source.Open());

        var times = new List<TimeSpan>();
        while (times.Count < 60 && source.TryReadHeader(out var header))
        {
            source.SkipPicture();
            times.Add(header.Time);
        }

        var spacing = times.Zip(times.Skip(1), (a, b) => (b - a).TotalMilliseconds).Skip(25).ToList(); // the first may stem from a burst
        Assert.All(spacing, milliseconds => Assert.InRange(milliseconds, 38, 42));
    }

    [Fact]
    public async Task A_silenced_camera_is_named_within_the_stall_timeout_and_seen_again_when_it_is_back()
    {
        await GoLiveAsync();
        _camera!.Silence();
        var silent = await UntilAsync("CameraSilent", () => _lane!.Snapshot().State == "CameraSilent");
        Assert.InRange(silent, StallTimeout * 0.9, StallTimeout + TimeSpan.FromSeconds(3));

        _camera.Resume();
        await UntilAsync("live again", () => _lane!.Snapshot().State == "Live");
        await FramesFlowAsync();
    }

    [Fact]
    public async Task A_garbled_stream_is_survived_or_named_and_clears_up()
    {
        await GoLiveAsync();
        _camera!.Garble();
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Token);
        Assert.False(_running.IsCompleted, "a garbled stream ended the lane");

        _camera.Resume();
        await UntilAsync("live after garbling", () => _lane!.Snapshot().State == "Live");
        await FramesFlowAsync();
    }

    [Fact]
    public async Task A_camera_that_goes_away_is_unreachable_and_comes_back_by_itself()
    {
        await GoLiveAsync();
        var port = _camera!.Port;
        _camera.Dispose();
        await UntilAsync("unreachable", () => _lane!.Snapshot().State == "CameraUnreachable");

        _camera = RtspCameras.Start(TestClips.H264(), port);
        await UntilAsync("live again after a restart", () => _lane!.Snapshot().State == "Live");
        await FramesFlowAsync();
        Assert.True(_lane!.Snapshot().Reconnects > 0);
    }

    [Fact]
    public async Task A_stop_is_done_within_two_seconds_and_the_books_balance()
    {
        await GoLiveAsync();
        await StopAsync();
    }

    [Fact]
    public async Task A_stop_is_done_within_two_seconds_also_while_the_camera_is_silent()
    {
        await GoLiveAsync();
        _camera!.Silence();
        await Task.Delay(StallTimeout / 4, TimeProvider.System, Token);
        await StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(Patience);
        _stopping.Dispose();
        _camera?.Dispose();
    }

    private async Task GoLiveAsync()
    {
        _camera = RtspCameras.Start(TestClips.H264());
        var assembler = new PassageAssembler("site", "cam", new VotingOptions(), SeatModelTrust.Unmeasured, SeatRegister.Empty);
        var options = Options();
        _lane = new LaneSupervisor(
            options,
            () => new DecoderProcess(options, NullLogger.Instance),
            () => new LaneEyes((_, into) => into.Clear(), (_, _, into) => into.Clear()),
            assembler,
            Channel.CreateUnbounded<VotedPassage>().Writer,
            TimeProvider.System,
            () => 0.5,
            NullLogger.Instance);
        _running = Task.Run(() => _lane.RunAsync(_stopping.Token, CancellationToken.None), Token);
        await UntilAsync("live", () => _lane.Snapshot().State == "Live");
        await FramesFlowAsync();
    }

    private LaneOptions Options() => new()
    {
        Camera = "cam",
        Site = "site",
        Source = _camera!.Url,
        StallTimeout = StallTimeout,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        Reconnect = new ReconnectOptions { First = TimeSpan.FromSeconds(0.2), Longest = TimeSpan.FromSeconds(1) },
        Motion = new MotionOptions { SkipEmptyRoad = false },
    };

    private async Task StopAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        await _stopping.CancelAsync();
        await _running.WaitAsync(Patience, Token);
        var took = TimeProvider.System.GetElapsedTime(started);
        Tell($"stopped after {took.TotalMilliseconds:0} ms");

        Assert.True(took < TimeSpan.FromSeconds(2), $"stopping took {took}");
        var report = _lane!.Snapshot();
        Assert.Equal("Ended", report.State);
        Assert.Equal(report.Captured, report.Fates.Values.Sum());
        Assert.Equal(0, report.Fates[nameof(Fate.Abandoned)]);
        Assert.Equal(0, report.Fates[nameof(Fate.Lost)]);
    }

    private async Task FramesFlowAsync()
    {
        var before = Analysed(_lane!.Snapshot());
        await UntilAsync("ten more pictures analysed", () => Analysed(_lane.Snapshot()) >= before + 10);
    }

    private static long Analysed(LaneReport report) => report.Fates[nameof(Fate.Analysed)];

    private async Task<TimeSpan> UntilAsync(string what, Func<bool> done)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!done())
        {
            if (_running.IsFaulted)
            {
                await _running;
            }

            var waited = TimeProvider.System.GetElapsedTime(started);
            Assert.True(waited < Patience, $"not {what} after {waited.TotalSeconds:0} s; the lane is {_lane!.Snapshot().State}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
        }

        var took = TimeProvider.System.GetElapsedTime(started);
        Tell($"{what} after {took.TotalSeconds:0.00} s");
        return took;
    }

    private static void Tell(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
