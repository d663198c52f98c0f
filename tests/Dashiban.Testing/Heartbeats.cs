using Dashiban.Messaging;

namespace Dashiban.Testing;

/// <summary>Heartbeats of one edge with one camera.</summary>
public static class Heartbeats
{
    public static HeartbeatReport Of(DateTimeOffset sentAt, long analysed, string camera = "xinli-in", string state = "Live") => new()
    {
        Edge = "edge-xinli",
        SentAt = sentAt,
        StartedAt = SomePassages.Monday,
        Outbox = DutyDay.Outbox,
        NextSequence = 1,
        ConfirmedThrough = 0,
        CompleteThrough = sentAt,
        Withheld = 0,
        Lanes = [Lane(camera, state, sentAt, analysed)],
    };

    public static LaneReport Lane(string camera, string state, DateTimeOffset lastFrameAt, long analysed) => new()
    {
        Camera = camera,
        Site = "xinli-service-area",
        State = state,
        LastFrameAt = lastFrameAt,
        Captured = analysed,
        Fates = new Dictionary<string, long> { ["Analysed"] = analysed, ["Lost"] = 0 },
        Funnel = new Dictionary<string, long> { ["Detected"] = analysed / 2, ["Read"] = analysed / 3 },
        Latencies = new Dictionary<string, LatencyReport> { ["Detect"] = new(60, 21.5, 34, 60), ["Read"] = new(60, 9, 17, 25) },
        Reconnects = 0,
    };
}
