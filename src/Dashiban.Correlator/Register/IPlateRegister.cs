using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Rules;
using Dashiban.Messaging;

namespace Dashiban.Correlator.Register;

/// <summary>What became of a message.</summary>
/// <param name="New">False for a duplicate: nothing was written.</param>
/// <param name="Changes">The changes of leads that it caused.</param>
public sealed record Recorded(bool New, IReadOnlyList<AlertChange> Changes)
{
    public static Recorded Duplicate { get; } = new(false, []);
}

/// <summary>What is recorded of one outbox: everything through <paramref name="Through"/> and single numbers beyond.</summary>
public sealed record OutboxProgress(Guid Outbox, long Through, IReadOnlyList<long> Beyond);

/// <summary>
/// The memory of the centre. Every method is one transaction: when its task has completed the effect is durable, and a failed one
/// left nothing behind. What is found depends on the set of passages, never on their order. Implementations: SQL, and memory
/// (replay, tests).
/// </summary>
public interface IPlateRegister
{
    /// <summary>Records a passage if it is new, examines what it touches and appends the changes of leads.</summary>
    /// <param name="passage">The passage with its identity.</param>
    /// <param name="receivedAt">The centre's clock; decides whether it came too late to be examined.</param>
    /// <param name="cancel">Gives up before the transaction begins, not in its middle.</param>
    Task<Recorded> RecordAsync(RecordedPassage passage, DateTimeOffset receivedAt, CancellationToken cancel);

    /// <summary>Keeps an edge's own finding; it is shown until the centre has found the same itself.</summary>
    Task<Recorded> RecordHitAsync(EdgeHit hit, DateTimeOffset receivedAt, CancellationToken cancel);

    /// <summary>Journals when cameras could see and examines again the open leads whose periods are touched.</summary>
    Task<IReadOnlyList<AlertChange>> RecordCoverageAsync(IReadOnlyList<CoverageFact> facts, DateTimeOffset receivedAt, CancellationToken cancel);

    /// <summary>
    /// Works by these rules and lists from now on. A pack that differs from the one in force is journalled, and all passages whose
    /// periods are still open are examined again: a vehicle that got an exemption loses its lead at once, and a plate put on the
    /// watch list is told of where it was seen already.
    /// </summary>
    Task<IReadOnlyList<AlertChange>> AdoptAsync(RulePack pack, DateTimeOffset at, CancellationToken cancel);

    /// <summary>
    /// Keeps a message that will never be understood (its beginning, where it is huge), with the reason, for the technician. Where its
    /// number could be read it counts as recorded from then on.
    /// </summary>
    Task RejectAsync(string topic, ReadOnlyMemory<byte> payload, WireRefusal refusal, DateTimeOffset receivedAt, CancellationToken cancel);

    /// <summary>What is recorded of every outbox: passages, hits and refused messages alike.</summary>
    Task<IReadOnlyList<OutboxProgress>> ReadProgressAsync(CancellationToken cancel);
}
