using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Edge.Outbox;
using Dashiban.Messaging;
using Microsoft.Data.Sqlite;

namespace Dashiban.Edge.Flagging;

/// <summary>
/// What this edge remembers by itself: the outbox's own rows, asked by plate key and time. There is no second copy that could
/// differ from what was published, and it is read inside the transaction that stores the passage that just arrived.
/// </summary>
public sealed class LocalHistory
{
    private readonly SqliteConnection _transaction;

    internal LocalHistory(SqliteConnection transaction) => _transaction = transaction;

    /// <summary>The bucket's passages captured in a stretch of time, the arrived one included.</summary>
    public IReadOnlyList<RecordedPassage> Passages(PlateKey key, Period span) =>
        [
            .. _transaction.Query(
                "SELECT body FROM message WHERE plate_key = @key AND kind = @kind AND captured_at >= @start AND captured_at < @end",
                row => ReadPassage(row.GetFieldValue<byte[]>(0)),
                ("@key", key.Value),
                ("@kind", (int)MessageKind.Passage),
                ("@start", SqliteText.Microseconds(span.Start)),
                ("@end", SqliteText.Microseconds(span.End))),
        ];

    /// <summary>What this edge says of the bucket so far: raised or amended and not withdrawn.</summary>
    public IReadOnlyList<Finding> Standing(PlateKey key) =>
        [
            .. _transaction.Query(
                "SELECT body FROM standing WHERE plate_key = @key",
                row => ReadHit(row.GetFieldValue<byte[]>(0)).Change.Finding,
                ("@key", key.Value)),
        ];

    private static RecordedPassage ReadPassage(byte[] body) => WireMapping.TryReadPassage(body, out var passage, out var refusal)
        ? passage
        : throw new InvalidDataException($"A stored passage cannot be read: {refusal.Reason}");

    private static EdgeHit ReadHit(byte[] body) => WireMapping.TryReadHit(body, out var hit, out var refusal)
        ? hit
        : throw new InvalidDataException($"A stored hit cannot be read: {refusal.Reason}");
}

/// <summary>Judges a passage that was just stored: the changes that it causes. Pure but for the history that it reads.</summary>
public delegate IReadOnlyList<AlertChange> ExamineArrival(RecordedPassage arrived, LocalHistory history);
