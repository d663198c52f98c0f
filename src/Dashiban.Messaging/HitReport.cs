using System.Text.Json.Serialization;
using Dashiban.Domain.Correlation;

namespace Dashiban.Messaging;

/// <summary>
/// A hit on the wire, version 1: what the rules with local scope said at the roadside. It has a number in the same sequence as the
/// passages of its outbox, so that one confirmation covers both and a lost hit is a visible gap like a lost passage.
/// </summary>
public sealed record HitReport
{
    public const int CurrentSchema = 1;

    [JsonPropertyOrder(-1)]
    public required int Schema { get; init; }

    public required Guid Outbox { get; init; }

    public required long Sequence { get; init; }

    /// <summary>The edge that raised it.</summary>
    public required string Edge { get; init; }

    public required string Site { get; init; }

    /// <summary>Capture time of the passage that changed the finding.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary><c>raised, amended, withdrawn</c>.</summary>
    public required string Change { get; init; }

    public required string Rule { get; init; }

    public required string Plate { get; init; }

    public required DateTimeOffset PeriodStart { get; init; }

    public required DateTimeOffset PeriodEnd { get; init; }

    /// <summary>0 to 100.</summary>
    public required double Score { get; init; }

    public required IReadOnlyList<ReasonReport> Reasons { get; init; }

    /// <summary>Sequences of the passages behind it, all of the same outbox.</summary>
    public required IReadOnlyList<long> Evidence { get; init; }
}

/// <summary>One reason in words.</summary>
public sealed record ReasonReport
{
    public required string Zh { get; init; }

    public required string En { get; init; }
}

/// <summary>A hit as outboxes store it and the centre records it.</summary>
/// <param name="Outbox">The outbox that stored it.</param>
/// <param name="Sequence">Its number there, in one sequence with the passages.</param>
/// <param name="Edge">The edge that raised it.</param>
/// <param name="Site">Site of the passage that changed the finding.</param>
/// <param name="At">Capture time of that passage.</param>
/// <param name="Change">Raised, amended or withdrawn, with the finding.</param>
public sealed record EdgeHit(Guid Outbox, long Sequence, string Edge, string Site, DateTimeOffset At, AlertChange Change);
