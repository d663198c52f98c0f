using Dashiban.Domain.Correlation;

namespace Dashiban.Correlator.Register;

/// <summary>One row of the alert journal.</summary>
/// <param name="Position">Place in the one order of the register's whole journal.</param>
/// <param name="LeadId">Position of the first row with the same key.</param>
/// <param name="FromEdge">True where an edge said so, false where the centre found it.</param>
/// <param name="Change">The change.</param>
/// <param name="At">The centre's clock.</param>
internal sealed record JournalRow(long Position, long LeadId, bool FromEdge, AlertChange Change, DateTimeOffset At);
