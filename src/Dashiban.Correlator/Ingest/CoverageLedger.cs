using Dashiban.Domain.Passages;
using Dashiban.Messaging;

namespace Dashiban.Correlator.Ingest;

/// <summary>
/// Turns heartbeats into stretches in which a camera was up or down. Pure. A silence longer than <see cref="LongestSilence"/> gives
/// no stretch, and without one a camera counts as down. Belongs to one caller at a time.
/// </summary>
public sealed class CoverageLedger
{
    /// <summary>Heartbeats come every few seconds; several lost ones are no outage.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    /// <summary>A stretch is written down at the latest after this; a restart of the centre forgets no more than this.</summary>
    public static readonly TimeSpan LongestStretch = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, CoverageFact> _open = [];

    /// <summary>The state that means "frames arrive".</summary>
    public const string Live = "Live";

    /// <summary>The stretches that this heartbeat closes.</summary>
    public IReadOnlyList<CoverageFact> Observe(HeartbeatReport report) =>
        [.. report.Lanes.Select(lane => Observe(lane, report.SentAt)).OfType<CoverageFact>()];

    private CoverageFact? Observe(LaneReport lane, DateTimeOffset at)
    {
        var up = lane.State == Live;
        if (!_open.TryGetValue(lane.Camera, out var open) || open.Site != lane.Site)
        {
            _open[lane.Camera] = new CoverageFact(lane.Camera, lane.Site, at, at, up);
            return null;
        }

        if (at <= open.To)
        {
            return null;
        }

        var silent = at - open.To > LongestSilence;
        var grown = silent ? open : open with { To = at };
        if (!silent && up == open.Up && grown.To - grown.From < LongestStretch)
        {
            _open[lane.Camera] = grown;
            return null;
        }

        _open[lane.Camera] = new CoverageFact(lane.Camera, lane.Site, at, at, up);
        return grown.To > grown.From ? grown : null;
    }
}
