namespace Dashiban.Correlator.Ingest;

/// <summary>How messages are taken in.</summary>
public sealed record IngestOptions
{
    /// <summary>
    /// Messages held between the link and the register, 1 to 4096. Default 64, the receive maximum of the link: the broker waits
    /// before this fills.
    /// </summary>
    public int QueueLength { get; init; } = 64;

    /// <summary>
    /// Workers that decode and record, 1 to 8. Default 2: one decodes while the database's only writer works for the other. More
    /// gains nothing with SQLite.
    /// </summary>
    public int Workers { get; init; } = 2;

    /// <summary>
    /// Milliseconds that confirmations are collected before they are published, 0 to 10000. Default 200. Longer: fewer messages,
    /// edges keep rows longer.
    /// </summary>
    public int ConfirmAfterMilliseconds { get; init; } = 200;

    /// <summary>
    /// Milliseconds before a record that the database refused (disk full, locked) is tried again, 100 to 60000. Default 1000. The
    /// message stays unacknowledged meanwhile.
    /// </summary>
    public int RetryAfterMilliseconds { get; init; } = 1000;

    /// <summary>All errors, each a sentence that says what to do.</summary>
    public IEnumerable<string> Validate()
    {
        (int Value, int Low, int High, string Name)[] bounds =
        [
            (QueueLength, 1, 4096, "queueLength"), (Workers, 1, 8, "workers"),
            (ConfirmAfterMilliseconds, 0, 10_000, "confirmAfterMilliseconds"), (RetryAfterMilliseconds, 100, 60_000, "retryAfterMilliseconds"),
        ];
        return bounds.Where(b => b.Value < b.Low || b.Value > b.High).Select(b => $"ingest.{b.Name} is {b.Value}; choose a value from {b.Low} to {b.High}.");
    }
}
