namespace Dashiban.Messaging;

/// <summary>What an edge tells of itself, every few seconds. Not retained; numbers are totals since the edge started.</summary>
public sealed record HeartbeatReport
{
    public int Schema { get; init; } = 1;

    public required string Edge { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required Guid Outbox { get; init; }

    /// <summary>The sequence that the next stored passage will get.</summary>
    public required long NextSequence { get; init; }

    /// <summary>All sequences up to and including this one are recorded at the centre, as far as the edge knows.</summary>
    public required long ConfirmedThrough { get; init; }

    /// <summary>Capture time before which this edge will send nothing more.</summary>
    public required DateTimeOffset CompleteThrough { get; init; }

    public TimeSpan? ClockOffset { get; init; }

    /// <summary>Passages voted that were kept back because nothing hints at 7 seats and more (counts only leave the roadside).</summary>
    public required long Withheld { get; init; }

    public required IReadOnlyList<LaneReport> Lanes { get; init; }
}

/// <summary>One camera's state and books.</summary>
public sealed record LaneReport
{
    public required string Camera { get; init; }

    public required string Site { get; init; }

    /// <summary><c>Live</c>, <c>Connecting</c>, or the name of the lane fault.</summary>
    public required string State { get; init; }

    public DateTimeOffset? LastFrameAt { get; init; }

    public required long Captured { get; init; }

    /// <summary>Settled frames by fate: Analysed, Blank, Superseded, Thinned, NoBuffer, Failed, Abandoned, Lost.</summary>
    public required IReadOnlyDictionary<string, long> Fates { get; init; }

    /// <summary>The read funnel: Detected, Cropped, Read, Valid, Voted, and each reject with its reason.</summary>
    public required IReadOnlyDictionary<string, long> Funnel { get; init; }

    /// <summary>Milliseconds per stage since the last heartbeat.</summary>
    public required IReadOnlyDictionary<string, LatencyReport> Latencies { get; init; }

    public required long Reconnects { get; init; }
}

/// <summary>Latency of one stage in milliseconds over the last heartbeat interval.</summary>
public sealed record LatencyReport(long Count, double P50, double P95, double Maximum);
