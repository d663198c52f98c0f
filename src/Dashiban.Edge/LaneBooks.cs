using Dashiban.Edge.Capture;
using Dashiban.Edge.Reading;
using Dashiban.Messaging;

namespace Dashiban.Edge;

/// <summary>
/// What a lane tells of itself: frames by fate, the read funnel, how long each stage takes. Lives as long as the lane, over all
/// its sessions. Safe from several threads; a frame books without allocating.
/// </summary>
internal sealed class LaneBooks
{
    private long _lastFrameTicks;
    private long _reconnects;

    public FrameLedger Frames { get; } = new();

    public ReadFunnel Funnel { get; } = new();

    /// <summary>From a picture's first byte to its last.</summary>
    public LatencyHistogram CaptureLatency { get; } = new();

    public LatencyHistogram DetectLatency { get; } = new();

    public LatencyHistogram ReadLatency { get; } = new();

    /// <summary>From the moment a picture was taken until it was read: what a vehicle waits for its plate.</summary>
    public LatencyHistogram Age { get; } = new();

    /// <summary><c>Connecting</c>, <c>Live</c>, <c>Ended</c> or the name of the last fault.</summary>
    public string State { get; set; } = "Connecting";

    public long Reconnects => Interlocked.Read(ref _reconnects);

    /// <summary>Time of day when the last picture arrived; null before the first.</summary>
    public DateTimeOffset? LastFrameAt => Interlocked.Read(ref _lastFrameTicks) is > 0 and var ticks ? new(ticks, TimeSpan.Zero) : null;

    public void CountReconnect() => Interlocked.Increment(ref _reconnects);

    public void FrameArrived(DateTimeOffset now, TimeSpan took)
    {
        Interlocked.Exchange(ref _lastFrameTicks, now.UtcTicks);
        CaptureLatency.Record(took);
    }

    /// <summary>Everything for the heartbeat. Latencies are those since the last call.</summary>
    public LaneReport Report(string camera, string site) => Totals(camera, site) with
    {
        Latencies = new Dictionary<string, LatencyReport>
        {
            ["Capture"] = CaptureLatency.TakeReport(),
            ["Detect"] = DetectLatency.TakeReport(),
            ["Read"] = ReadLatency.TakeReport(),
            ["Age"] = Age.TakeReport(),
        },
    };

    /// <summary>The books without latencies, which are left for the next heartbeat.</summary>
    public LaneReport Totals(string camera, string site) => new()
    {
        Camera = camera,
        Site = site,
        State = State,
        LastFrameAt = LastFrameAt,
        Fates = Frames.ByName(), // before Captured, so that frames in flight are never negative
        Captured = Frames.Captured,
        Funnel = Funnel.ByName(),
        Latencies = new Dictionary<string, LatencyReport>(),
        Reconnects = Reconnects,
    };
}
