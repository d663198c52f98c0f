using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;

namespace Dashiban.Correlator.Leads;

/// <summary>
/// What the feed, the page and the REST verbs ask of the register. Two implementations: SQL, and memory (replay, page tests).
/// </summary>
public interface ILeadDesk
{
    /// <summary>Leads by score and time, the newest first; open ones only unless <paramref name="states"/> says otherwise.</summary>
    Task<IReadOnlyList<Lead>> ListAsync(IReadOnlySet<LeadState>? states, int limit, CancellationToken cancel);

    /// <summary>One lead with its timeline, or null. Every look is written to the audit journal with who and why.</summary>
    Task<Lead?> OpenAsync(long leadId, string who, string why, CancellationToken cancel);

    /// <summary>Records the officer's word; the newest one counts, all are kept. Null where there is no such lead.</summary>
    Task<Lead?> SettleAsync(long leadId, Disposition disposition, CancellationToken cancel);

    /// <summary>Journal entries after a position, oldest first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(long afterPosition, int limit, CancellationToken cancel);

    /// <summary>Completes when the journal has grown past <paramref name="position"/>.</summary>
    Task WaitForJournalAsync(long position, CancellationToken cancel);

    /// <summary>The scene picture of a passage as JPEG, or null where it has not arrived (yet).</summary>
    Task<ReadOnlyMemory<byte>?> ReadSceneAsync(PassageId passage, CancellationToken cancel);

    /// <summary>
    /// Keeps the scene picture of a passage. False, and nothing kept, where no such passage announced exactly these bytes by SHA-256.
    /// </summary>
    Task<bool> KeepSceneAsync(PassageId passage, ReadOnlyMemory<byte> jpeg, CancellationToken cancel);
}
