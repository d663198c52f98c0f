namespace Dashiban.Edge.Publishing;

/// <summary>How an edge brings its outbox to the centre.</summary>
public sealed record PublishOptions
{
    /// <summary>Publishes under way at a time: 1 to 1,000, default 32. More helps on a slow radio link and costs memory.</summary>
    public int MaxInFlight { get; init; } = 32;

    /// <summary>
    /// Messages that may be at the broker without the centre's word: 32 to 100,000, default 1,024. The edge's disk is the queue; this
    /// bounds what one edge can pile up at the broker while the centre is down.
    /// </summary>
    public int MaxUnconfirmed { get; init; } = 1024;

    /// <summary>How long the centre may take before a message is sent again: 1 to 3,600 s, default 30 s. Duplicates are harmless but cost data volume.</summary>
    public TimeSpan ConfirmWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest pause before the same message is sent again, where tries do not help: up to a day, default 10 min.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Every fault of these options as a sentence that says what to do.</summary>
    public IEnumerable<string> Validate()
    {
        if (MaxInFlight is < 1 or > 1000)
        {
            yield return $"MaxInFlight {MaxInFlight} is out of range: use 1 to 1000.";
        }

        if (MaxUnconfirmed is < 32 or > 100_000)
        {
            yield return $"MaxUnconfirmed {MaxUnconfirmed} is out of range: use 32 to 100000.";
        }

        if (ConfirmWithin < TimeSpan.FromSeconds(1) || ConfirmWithin > TimeSpan.FromHours(1))
        {
            yield return $"ConfirmWithin {ConfirmWithin} is out of range: use 1 second to 1 hour.";
        }

        if (LongestRetry < ConfirmWithin || LongestRetry > TimeSpan.FromDays(1))
        {
            yield return $"LongestRetry {LongestRetry} is out of range: use ConfirmWithin to 1 day.";
        }
    }
}
