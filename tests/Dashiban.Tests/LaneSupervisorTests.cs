using System.Threading.Channels;
using Dashiban.Domain.Seats;
using Dashiban.Edge;
using Dashiban.Edge.Capture;
using Dashiban.Edge.Voting;
using Dashiban.Testing.Capture;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Dashiban.Tests;

public sealed class LaneSupervisorTests : IDisposable
{
    private static readonly PictureFormat Format = new(64, 48);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly CancellationTokenSource _stopping = new();
    private readonly Queue<IEnumerable<ScriptedStep>> _sessions = new();
    private readonly List<ScriptedFrames> _opened = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_shows_in_the_state_and_the_lane_comes_back_after_a_wait_that_grows()
    {
        _sessions.Enqueue([.. ScriptedFrames.Steady(3), new ScriptedStep.Break(LaneFault.CameraUnreachable)]);
        _sessions.Enqueue([new ScriptedStep.Break(LaneFault.StreamUnreadable)]);
        _sessions.Enqueue([.. ScriptedFrames.Steady(2), new ScriptedStep.Silence()]);
        var supervisor = New("rtsp://camera");
        var running = supervisor.RunAsync(_stopping.Token, CancellationToken.None);

        await UntilAsync(() => supervisor.Snapshot().State == "CameraUnreachable");
        await AdvanceUntilOpenedAsync(2, TimeSpan.FromSeconds(1));
        await UntilAsync(() => supervisor.Snapshot().State == "StreamUnreadable");
        await AdvanceUntilOpenedAsync(3, TimeSpan.FromSeconds(2));
        await UntilAsync(() => supervisor.Snapshot() is { State: "Live", Captured: 5 });
        await _stopping.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(10), Token);

        var report = supervisor.Snapshot();
        Assert.Equal("Ended", report.State);
        Assert.Equal(2, report.Reconnects);
        Assert.Equal(report.Captured, report.Fates.Values.Sum());
        Assert.All(_opened, session => Assert.True(session.WasDisposed));
    }

    [Fact]
    public async Task A_silent_camera_is_a_fault_after_the_stall_timeout()
    {
        _sessions.Enqueue([.. ScriptedFrames.Steady(2), new ScriptedStep.Silence()]);
        var supervisor = New("rtsp://camera");
        var running = supervisor.RunAsync(_stopping.Token, CancellationToken.None);
        await UntilAsync(() => supervisor.Snapshot().Captured == 2);

        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal("Live", supervisor.Snapshot().State);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        await UntilAsync(() => supervisor.Snapshot().State == "CameraSilent");

        await _stopping.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(10), Token);
    }

    [Fact]
    public async Task A_bug_ends_the_lane_and_is_not_tried_again()
    {
        _sessions.Enqueue([new ScriptedStep.Do(() => throw new InvalidOperationException("bug"))]);
        var running = New("rtsp://camera").RunAsync(_stopping.Token, CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(() => running.WaitAsync(TimeSpan.FromSeconds(10), Token));
        Assert.Single(_opened);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_not_tried_again()
    {
        _sessions.Enqueue([new ScriptedStep.Break(LaneFault.StreamUnreadable)]);
        var running = New("clip.mp4").RunAsync(_stopping.Token, CancellationToken.None);

        await Assert.ThrowsAsync<LaneFaultException>(() => running.WaitAsync(TimeSpan.FromSeconds(10), Token));
    }

    [Fact]
    public async Task A_stop_ends_the_wait_for_the_next_attempt()
    {
        _sessions.Enqueue([new ScriptedStep.Break(LaneFault.CameraUnreachable)]);
        var supervisor = New("rtsp://camera");
        var running = supervisor.RunAsync(_stopping.Token, CancellationToken.None);
        await UntilAsync(() => supervisor.Snapshot().State == "CameraUnreachable");

        await _stopping.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(10), Token); // nobody moved the clock
    }

    public void Dispose() => _stopping.Dispose();

    private LaneSupervisor New(string source)
    {
        var options = new LaneOptions { Camera = "c", Site = "s", Source = source };
        var assembler = new PassageAssembler("s", "c", new VotingOptions(), SeatModelTrust.Unmeasured, SeatRegister.Empty);
        var passages = Channel.CreateUnbounded<VotedPassage>();
        return new LaneSupervisor(options, Open, () => new LaneEyes((_, _) => { }, (_, _, into) => into.Clear()), assembler, passages.Writer, _time, () => 1, NullLogger.Instance);
    }

    private ScriptedFrames Open()
    {
        var session = new ScriptedFrames(Format, _sessions.Dequeue());
        _opened.Add(session);
        return session;
    }

    /// <summary>The next session opens after this wait and not before.</summary>
    private async Task AdvanceUntilOpenedAsync(int count, TimeSpan wait)
    {
        _time.Advance(wait * 0.99);
        Assert.Equal(count - 1, _opened.Count);
        await UntilAsync(() =>
        {
            _time.Advance(wait * 0.01);
            return _opened.Count == count;
        });
    }

    /// <summary>Other threads do the work: gives them the processor until it is done.</summary>
    private static async Task UntilAsync(Func<bool> done)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!done())
        {
            Token.ThrowIfCancellationRequested();
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30), "it never came");
            await Task.Yield();
        }
    }
}
