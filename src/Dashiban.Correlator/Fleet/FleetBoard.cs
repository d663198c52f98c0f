using Dashiban.Messaging;

namespace Dashiban.Correlator.Fleet;

/// <summary>The fleet as it stands: edges by name, with the newest report of each.</summary>
public sealed record FleetView(DateTimeOffset At, IReadOnlyList<EdgeView> Edges)
{
    public int Cameras => Edges.Sum(edge => edge.Cameras.Count);

    public int CamerasLive => Edges.Sum(edge => edge.Cameras.Count(camera => camera.State == CameraView.Live));
}

/// <summary>One edge box.</summary>
/// <param name="Edge">Its name.</param>
/// <param name="IsStale">True where no report came for longer than it should: its cameras' states are then unknown.</param>
/// <param name="ReportedAt">Receipt of the newest report (centre's clock).</param>
/// <param name="StartedAt">When the edge process started (edge's clock).</param>
/// <param name="ClockOffset">Edge clock minus reference clock; null where it was not measured.</param>
/// <param name="NextSequence">The number that the next stored passage gets.</param>
/// <param name="ConfirmedThrough">All up to this one are recorded at the centre.</param>
/// <param name="Withheld">Passages kept at the roadside because nothing hints at 7 seats and more.</param>
/// <param name="Cameras">By camera name.</param>
public sealed record EdgeView(
    string Edge,
    bool IsStale,
    DateTimeOffset ReportedAt,
    DateTimeOffset StartedAt,
    TimeSpan? ClockOffset,
    long NextSequence,
    long ConfirmedThrough,
    long Withheld,
    IReadOnlyList<CameraView> Cameras)
{
    /// <summary>Stored at the roadside and not yet confirmed by the centre.</summary>
    public long Missing => Math.Max(0, NextSequence - 1 - ConfirmedThrough);
}

/// <summary>One camera.</summary>
/// <param name="State">The lane's own word, or <see cref="Unreported"/> while its edge is silent.</param>
/// <param name="AnalysedPerSecond">Between the last two reports; null before the second one.</param>
/// <param name="Coverage">The last 24 hours in quarter hours, the oldest first.</param>
public sealed record CameraView(
    string Camera,
    string Site,
    string State,
    DateTimeOffset? LastFrameAt,
    double? AnalysedPerSecond,
    long Captured,
    IReadOnlyDictionary<string, long> Fates,
    IReadOnlyDictionary<string, long> Funnel,
    IReadOnlyDictionary<string, LatencyReport> Latencies,
    long Reconnects,
    IReadOnlyList<CoverageState> Coverage)
{
    public const string Live = "Live";
    public const string Unreported = "Unreported";

    /// <summary>Captured frames that no fate accounts for: still inside the lane. The books balance where it is small.</summary>
    public long InFlight => Captured - Fates.Values.Sum();

    /// <summary>
    /// Share of the time since the camera's first report of the last 24 hours in which it was reported live, 0 to 1; a partly
    /// live slot counts half, a silent one nothing. Null where nobody reported.
    /// </summary>
    public double? CoverageShare => Coverage.SkipWhile(slot => slot == CoverageState.Unknown).Select(slot => slot switch
    {
        CoverageState.Live => 1,
        CoverageState.Partly => 0.5,
        _ => 0,
    }).DefaultIfEmpty(double.NaN).Average() is var share and not double.NaN ? share : null;
}

/// <summary>Keeps the newest heartbeat of each edge and a day of coverage per camera, in memory. Safe for concurrent use.</summary>
/// <param name="time">Tells how old a report is.</param>
/// <param name="staleAfter">Silence after which an edge is shown as unreported.</param>
public sealed class FleetBoard(TimeProvider time, TimeSpan staleAfter)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, EdgeEntry> _edges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CoverageStrip> _strips = new(StringComparer.Ordinal);

    /// <summary>Takes a report in. An older one of the same run than the newest known is ignored (messages may be redelivered).</summary>
    public void Observe(HeartbeatReport report)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            _edges.TryGetValue(report.Edge, out var known);
            if (known is not null && report.SentAt <= known.Report.SentAt)
            {
                return;
            }

            _edges[report.Edge] = new(report, now, known?.Report);
            foreach (var lane in report.Lanes)
            {
                StripOf(lane.Camera).Observe(now, lane.State == CameraView.Live);
            }
        }
    }

    public FleetView View()
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            return new(now, [.. _edges.Values.Select(entry => ViewOf(entry, now))]);
        }
    }

    private EdgeView ViewOf(EdgeEntry entry, DateTimeOffset now)
    {
        var report = entry.Report;
        var stale = now - entry.ReceivedAt > staleAfter;
        return new(
            report.Edge, stale, entry.ReceivedAt, report.StartedAt, report.ClockOffset, report.NextSequence,
            report.ConfirmedThrough, report.Withheld,
            [.. report.Lanes.OrderBy(lane => lane.Camera, StringComparer.Ordinal).Select(lane => ViewOf(lane, entry, stale, now))]);
    }

    private CameraView ViewOf(LaneReport lane, EdgeEntry entry, bool stale, DateTimeOffset now) => new(
        lane.Camera, lane.Site, stale ? CameraView.Unreported : lane.State, lane.LastFrameAt, AnalysedPerSecond(lane, entry),
        lane.Captured, lane.Fates, lane.Funnel, lane.Latencies, lane.Reconnects, StripOf(lane.Camera).Day(now));

    /// <summary>Totals start anew with the process, so only two reports of the same run can be compared.</summary>
    private static double? AnalysedPerSecond(LaneReport lane, EdgeEntry entry)
    {
        if (entry.Before is not { } before || before.StartedAt != entry.Report.StartedAt)
        {
            return null;
        }

        var seconds = (entry.Report.SentAt - before.SentAt).TotalSeconds;
        var earlier = before.Lanes.FirstOrDefault(other => other.Camera == lane.Camera);
        return earlier is null || seconds <= 0 ? null : (AnalysedOf(lane) - AnalysedOf(earlier)) / seconds;
    }

    private static double AnalysedOf(LaneReport lane) => lane.Fates.GetValueOrDefault("Analysed") + lane.Fates.GetValueOrDefault("Blank");

    private CoverageStrip StripOf(string camera)
    {
        if (!_strips.TryGetValue(camera, out var strip))
        {
            _strips[camera] = strip = new();
        }

        return strip;
    }

    private sealed record EdgeEntry(HeartbeatReport Report, DateTimeOffset ReceivedAt, HeartbeatReport? Before);
}
