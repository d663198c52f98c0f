using System.Data.Common;

namespace Dashiban.Correlator.Register;

/// <summary>The table <c>outbox_progress</c>, and the sequences that passages, hits and refused messages bear.</summary>
internal static class OutboxTable
{
    public static IReadOnlyList<OutboxProgress> Read(DbConnection connection)
    {
        var pruned = connection.Query(
            "SELECT outbox, recorded_through FROM outbox_progress",
            reader => (Outbox: Guid.ParseExact(reader.GetString(0), "n"), Through: reader.GetInt64(1))).ToDictionary(p => p.Outbox, p => p.Through);
        var present = connection.Query(
            """
            SELECT outbox, sequence FROM passage
            UNION SELECT outbox, sequence FROM edge_hit
            UNION SELECT outbox, sequence FROM rejected_message WHERE outbox IS NOT NULL AND sequence > 0
            """,
            reader => (Outbox: Guid.ParseExact(reader.GetString(0), "n"), Sequence: reader.GetInt64(1))).ToLookup(p => p.Outbox, p => p.Sequence);
        return
        [
            .. pruned.Keys.Union(present.Select(g => g.Key)).Select(outbox =>
            {
                var through = pruned.GetValueOrDefault(outbox);
                return new OutboxProgress(outbox, through, [.. present[outbox].Where(s => s > through).Order()]);
            }),
        ];
    }

    /// <summary>Remembers how far an outbox is recorded without a gap, before rows are removed.</summary>
    public static void Keep(DbConnection connection, Guid outbox, long through) => connection.Execute(
        """
        INSERT INTO outbox_progress (outbox, recorded_through) VALUES (@outbox, @through)
        ON CONFLICT (outbox) DO UPDATE SET recorded_through = excluded.recorded_through
        """,
        ("@outbox", SqlText.Text(outbox)), ("@through", through));
}
