using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Messaging;
using Microsoft.Data.Sqlite;

namespace Dashiban.Edge.Outbox;

/// <summary>What a row of the table <c>message</c> is.</summary>
internal enum MessageKind
{
    Passage = 1,
    Hit = 2,
}

/// <summary>The state of one transaction of the writer; it becomes the outbox's state when the transaction is committed.</summary>
internal sealed class OutboxTransaction(SqliteConnection connection, Guid outbox, string edge, long nextSequence, long confirmedThrough)
{
    public SqliteConnection Connection => connection;

    public Guid Outbox => outbox;

    public string Edge => edge;

    public long NextSequence { get; private set; } = nextSequence;

    public long ConfirmedThrough { get; private set; } = confirmedThrough;

    public int Passages { get; private set; }

    public int Hits { get; private set; }

    public RecordedPassage Add(Passage passage, ReadOnlyMemory<byte> scene)
    {
        var recorded = new RecordedPassage(new PassageId(outbox, NextSequence++), passage);
        var key = PlateKey.Of(passage.Plate);
        Insert(recorded.Id.Sequence, MessageKind.Passage, Topics.Passage(passage.Site, key), key, passage.CapturedAt, WireJson.Write(WireMapping.ToReport(recorded)));
        if (!scene.IsEmpty)
        {
            connection.Execute(
                "INSERT INTO scene (sequence, captured_at, settled, jpeg) VALUES (@sequence, @at, 0, @jpeg)",
                ("@sequence", recorded.Id.Sequence), ("@at", SqliteText.Microseconds(passage.CapturedAt)), ("@jpeg", scene.ToArray()));
        }

        Passages++;
        return recorded;
    }

    public void Add(RecordedPassage arrived, AlertChange change)
    {
        var hit = new EdgeHit(outbox, NextSequence++, edge, arrived.Passage.Site, arrived.Passage.CapturedAt, change);
        var body = WireJson.Write(WireMapping.ToReport(hit));
        var key = PlateKey.Of(change.Finding.Key.Plate);
        Insert(hit.Sequence, MessageKind.Hit, Topics.Hit(hit.Site), key, hit.At, body);
        Stand(hit, key, body);
        Hits++;
    }

    public void ConfirmThrough(long sequence)
    {
        if (sequence <= ConfirmedThrough)
        {
            return;
        }

        // The centre may confirm more than this file holds where the file was set back; only what is here can be confirmed.
        ConfirmedThrough = Math.Min(sequence, NextSequence - 1);
        connection.Execute("UPDATE outbox SET confirmed_through = @through", ("@through", ConfirmedThrough));
    }

    /// <summary>
    /// The centre knows numbers through <paramref name="highest"/> that this file has not given: it was set back. What was stored here
    /// since (from <paramref name="from"/>) gets new numbers; under the old ones the centre would take it for duplicates.
    /// </summary>
    public void SkipPast(long from, long highest)
    {
        NextSequence = Math.Max(NextSequence, highest + 1);
        var clashing = connection.Query(
            "SELECT sequence, kind, body FROM message WHERE sequence >= @from AND sequence <= @highest ORDER BY sequence",
            row => (Sequence: row.GetInt64(0), Kind: (MessageKind)row.GetInt32(1), Body: row.GetFieldValue<byte[]>(2)),
            ("@from", from), ("@highest", highest));
        foreach (var (sequence, _, body) in clashing.Where(row => row.Kind == MessageKind.Passage))
        {
            if (WireMapping.TryReadPassage(body, out var passage, out _))
            {
                var moved = Add(passage.Passage, ReadOnlyMemory<byte>.Empty);
                connection.Execute("UPDATE scene SET sequence = @to WHERE sequence = @from", ("@to", moved.Id.Sequence), ("@from", sequence));
            }
        }

        // Hits are forgotten rather than renumbered: the next passage of the plate raises them again, on evidence with valid numbers.
        connection.Execute("DELETE FROM message WHERE sequence >= @from AND sequence <= @highest", ("@from", from), ("@highest", highest));
        connection.Execute("DELETE FROM standing WHERE sequence >= @from AND sequence <= @highest", ("@from", from), ("@highest", highest));
        connection.Execute("UPDATE sqlite_sequence SET seq = @last WHERE name = 'message'", ("@last", NextSequence - 1));
        Passages = 0;
    }

    public void SettleScene(long sequence) =>
        connection.Execute("UPDATE scene SET settled = 1 WHERE sequence = @sequence", ("@sequence", sequence));

    /// <summary>Removes what is confirmed and old enough. What the centre has not confirmed stays, however old.</summary>
    public void Prune(DateTimeOffset historyBefore, DateTimeOffset scenesBefore)
    {
        connection.Execute(
            "DELETE FROM scene WHERE settled = 1 AND captured_at < @before", ("@before", SqliteText.Microseconds(scenesBefore)));
        connection.Execute(
            "DELETE FROM scene WHERE sequence IN (SELECT sequence FROM message WHERE captured_at < @before AND sequence <= @through)",
            ("@before", SqliteText.Microseconds(historyBefore)), ("@through", ConfirmedThrough));
        connection.Execute(
            "DELETE FROM message WHERE captured_at < @before AND sequence <= @through",
            ("@before", SqliteText.Microseconds(historyBefore)), ("@through", ConfirmedThrough));
        connection.Execute(
            "DELETE FROM standing WHERE period_end < @before", ("@before", SqliteText.Microseconds(historyBefore)));
    }

    private void Insert(long sequence, MessageKind kind, string topic, PlateKey key, DateTimeOffset at, byte[] body) => connection.Execute(
        "INSERT INTO message (sequence, kind, topic, plate_key, captured_at, body) VALUES (@sequence, @kind, @topic, @key, @at, @body)",
        ("@sequence", sequence),
        ("@kind", (int)kind),
        ("@topic", topic),
        ("@key", key.Value),
        ("@at", SqliteText.Microseconds(at)),
        ("@body", body));

    private void Stand(EdgeHit hit, PlateKey key, byte[] body)
    {
        var finding = hit.Change.Finding;
        connection.Execute(
            "DELETE FROM standing WHERE rule = @rule AND plate = @plate AND period_start = @start",
            ("@rule", finding.Key.Rule), ("@plate", finding.Key.Plate.Value), ("@start", SqliteText.Microseconds(finding.Key.PeriodStart)));
        if (hit.Change.Kind == AlertChangeKind.Withdrawn)
        {
            return;
        }

        connection.Execute(
            "INSERT INTO standing (rule, plate, period_start, plate_key, period_end, sequence, body) VALUES (@rule, @plate, @start, @key, @end, @sequence, @body)",
            ("@rule", finding.Key.Rule),
            ("@plate", finding.Key.Plate.Value),
            ("@start", SqliteText.Microseconds(finding.Key.PeriodStart)),
            ("@key", key.Value),
            ("@end", SqliteText.Microseconds(finding.Period.End)),
            ("@sequence", hit.Sequence),
            ("@body", body));
    }
}

/// <summary>One thing that waits for the next commit: what to write, and whom to tell afterwards.</summary>
internal sealed class OutboxWork(Action<OutboxTransaction> write)
{
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Committed => _committed.Task;

    /// <summary>May be called again after a transaction failed: it must do the same again.</summary>
    public void Write(OutboxTransaction transaction) => write(transaction);

    public void Commit() => _committed.TrySetResult();

    public void Fail(Exception why) => _committed.TrySetException(why);

    public void Abandon(CancellationToken cancel) => _committed.TrySetCanceled(cancel);
}
