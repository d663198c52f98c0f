using System.Data.Common;
using Dashiban.Correlator.Ingest;

namespace Dashiban.Correlator.Register;

/// <summary>The only place that removes rows from the register.</summary>
internal static class Retention
{
    /// <summary>Removes leads whose period ended before one time, and passages behind no lead captured before another.</summary>
    /// <returns>Passages removed.</returns>
    public static int Prune(DbConnection connection, DateTimeOffset passagesBefore, DateTimeOffset leadsBefore)
    {
        RemoveLeads(connection, leadsBefore);
        KeepProgress(connection, passagesBefore);
        var removed = connection.Execute(
            """
            DELETE FROM passage WHERE captured_at < @before
              AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.outbox = passage.outbox AND e.sequence = passage.sequence)
            """,
            ("@before", SqlText.Micros(passagesBefore)));
        connection.Execute(
            """
            DELETE FROM scene
            WHERE NOT EXISTS (SELECT 1 FROM passage p WHERE p.outbox = scene.outbox AND p.sequence = scene.sequence)
            """);
        foreach (var (table, column) in new[] { ("edge_hit", "received_at"), ("rejected_message", "received_at"), ("coverage", "to_at") })
        {
            connection.Execute($"DELETE FROM {table} WHERE {column} < @before", ("@before", SqlText.Micros(passagesBefore)));
        }

        if (removed > 0)
        {
            connection.Execute(
                "INSERT INTO pruned (position, before_at) VALUES (@position, @before)",
                ("@position", JournalTable.NextPosition(connection)), ("@before", SqlText.Micros(passagesBefore)));
        }

        return removed;
    }

    private static void RemoveLeads(DbConnection connection, DateTimeOffset before)
    {
        var old = connection.Query(
            "SELECT lead_id FROM alert_change GROUP BY lead_id HAVING max(period_end) < @before",
            reader => reader.GetInt64(0),
            ("@before", SqlText.Micros(before)));
        foreach (var lead in old)
        {
            foreach (var table in new[] { "evidence", "disposition", "alert_change" })
            {
                connection.Execute($"DELETE FROM {table} WHERE lead_id = @lead", ("@lead", lead));
            }
        }
    }

    /// <summary>A removed sequence must not come back as a new one, nor look like a hole.</summary>
    private static void KeepProgress(DbConnection connection, DateTimeOffset before)
    {
        var highestOld = connection.Query(
            "SELECT outbox, max(sequence) FROM passage WHERE captured_at < @before GROUP BY outbox",
            reader => (Outbox: Guid.ParseExact(reader.GetString(0), "n"), Sequence: reader.GetInt64(1)),
            ("@before", SqlText.Micros(before))).ToDictionary(o => o.Outbox, o => o.Sequence);
        var ledger = new SequenceLedger(OutboxTable.Read(connection));
        foreach (var outbox in ledger.Outboxes)
        {
            OutboxTable.Keep(connection, outbox, Math.Max(ledger.ReportOf(outbox).RecordedThrough, highestOld.GetValueOrDefault(outbox)));
        }
    }
}
