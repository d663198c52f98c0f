namespace Dashiban.Edge.Outbox;

/// <summary>Where an edge keeps what it has seen until the centre has it, and for how long after that.</summary>
public sealed record OutboxOptions
{
    /// <summary>The SQLite file; its folder is created. Required. A new file is a new outbox with an identity of its own.</summary>
    public string File { get; init; } = "";

    /// <summary>
    /// Age after which a confirmed passage is removed: 1 to 400 days, default 40. The rules with local scope look back at most a
    /// calendar month; shorter makes them blind, longer keeps personal data that nobody asked for.
    /// </summary>
    public TimeSpan HistoryRetention { get; init; } = TimeSpan.FromDays(40);

    /// <summary>
    /// Age after which a scene picture is removed once it was uploaded or refused: 0 to 400 days, default 3. It is the one copy on
    /// the spot while the centre's is not yet backed up. A picture that could not be uploaded goes with its passage.
    /// </summary>
    public TimeSpan SceneRetention { get; init; } = TimeSpan.FromDays(3);

    /// <summary>
    /// The file never grows beyond this: 16 to 1,000,000 MB, default 16,000. When it is reached nothing is dropped: lanes wait, and
    /// their frames are counted as superseded. Leave room on the disk for twice the write-ahead log (some MB).
    /// </summary>
    public int LargestMegabytes { get; init; } = 16_000;

    /// <summary>Every fault of these options as a sentence that says what to do.</summary>
    public IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(File))
        {
            yield return "File is empty: name the outbox's file, for example /var/lib/dashiban/outbox.db.";
        }

        if (HistoryRetention < TimeSpan.FromDays(1) || HistoryRetention > TimeSpan.FromDays(400))
        {
            yield return $"HistoryRetention {HistoryRetention} is out of range: use 1 to 400 days.";
        }

        if (SceneRetention < TimeSpan.Zero || SceneRetention > TimeSpan.FromDays(400))
        {
            yield return $"SceneRetention {SceneRetention} is out of range: use 0 to 400 days.";
        }

        if (LargestMegabytes is < 16 or > 1_000_000)
        {
            yield return $"LargestMegabytes {LargestMegabytes} is out of range: use 16 to 1000000.";
        }
    }
}
