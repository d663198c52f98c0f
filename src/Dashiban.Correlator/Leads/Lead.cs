using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;

namespace Dashiban.Correlator.Leads;

public enum LeadState
{
    /// <summary>Waiting for the officer.</summary>
    Open,

    /// <summary>The officer confirmed it.</summary>
    Confirmed,

    /// <summary>The officer dismissed it.</summary>
    Dismissed,

    /// <summary>Later evidence took it back before anybody judged it.</summary>
    Withdrawn,
}

/// <summary>线索: an alert as the officer sees it, with its reasons, evidence and state.</summary>
public sealed record Lead
{
    /// <summary>Journal position at which it was raised first; stable.</summary>
    public required long Id { get; init; }

    /// <summary>Journal position of its newest change.</summary>
    public required long Position { get; init; }

    public required string Rule { get; init; }

    /// <summary>Leads on cloned plates stand in a queue of their own, so that an honest owner is not taken for a suspect.</summary>
    public required LeadQueue Queue { get; init; }

    public required PlateText Plate { get; init; }

    public required PlateColour Colour { get; init; }

    public required Period Period { get; init; }

    /// <summary>0 to 100, for ordering only.</summary>
    public required double Score { get; init; }

    public required IReadOnlyList<Reason> Reasons { get; init; }

    public required SeatEvidence Seats { get; init; }

    /// <summary>The passages behind it, by capture time, the oldest first.</summary>
    public required IReadOnlyList<RecordedPassage> Timeline { get; init; }

    public required LeadState State { get; init; }

    public Disposition? Disposition { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>True where an edge raised it on the spot and the centre has not found it itself (yet).</summary>
    public bool FromEdge { get; init; }
}

public enum LeadQueue
{
    Patterns,
    ClonedPlates,
}

/// <summary>One line of the alert journal.</summary>
/// <param name="Position">Grows by commit order without overtaking; the event id of the live feed.</param>
/// <param name="LeadId">The lead concerned.</param>
/// <param name="Kind">Raised, amended, withdrawn; null where the officer's disposition was recorded.</param>
/// <param name="At">When the centre recorded it.</param>
public sealed record JournalEntry(long Position, long LeadId, AlertChangeKind? Kind, DateTimeOffset At);
