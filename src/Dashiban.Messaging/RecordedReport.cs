using System.Text.Json.Serialization;

namespace Dashiban.Messaging;

/// <summary>
/// What the centre has of one outbox; published retained on <see cref="Topics.Recorded"/>. This, and not the broker's PUBACK,
/// is the delivery of a passage. A message that the centre refused for good counts as recorded where its number could be read:
/// sending the same bytes again would not help.
/// </summary>
public sealed record RecordedReport
{
    public const int CurrentSchema = 1;

    [JsonPropertyOrder(-1)]
    public required int Schema { get; init; }

    public required Guid Outbox { get; init; }

    /// <summary>Every sequence from 1 to this one is recorded; 0 where the first is missing.</summary>
    public required long RecordedThrough { get; init; }

    /// <summary>The highest sequence recorded; equal to <see cref="RecordedThrough"/> where nothing is missing.</summary>
    public required long Highest { get; init; }

    /// <summary>
    /// The gaps between <see cref="RecordedThrough"/> and <see cref="Highest"/>, the lowest first, at most <see cref="MostGaps"/>.
    /// Where there are more, <see cref="Highest"/> is the last sequence before the first gap that is not listed.
    /// </summary>
    public required IReadOnlyList<SequenceRange> Missing { get; init; }

    public const int MostGaps = 256;

    /// <summary>True where the centre has this sequence, as far as this report tells.</summary>
    public bool Has(long sequence) =>
        sequence <= RecordedThrough || (sequence <= Highest && !Missing.Any(gap => gap.First <= sequence && sequence <= gap.Last));
}

/// <summary>Sequences from <see cref="First"/> to <see cref="Last"/>, both included.</summary>
public sealed record SequenceRange
{
    public required long First { get; init; }

    public required long Last { get; init; }
}
