using System.Data.Common;
using System.Security.Cryptography;
using Dashiban.Correlator.Register;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;

namespace Dashiban.Correlator.Leads;

/// <summary>The officer's desk over the register's database. Safe for many threads; reading does not wait for writers.</summary>
public sealed class SqlLeadDesk(RegisterDatabase database, TimeProvider time) : ILeadDesk
{
    public Task<IReadOnlyList<Lead>> ListAsync(IReadOnlySet<LeadState>? states, int limit, CancellationToken cancel) =>
        ReadAsync<IReadOnlyList<Lead>>(
            connection =>
            [
                .. Summaries(connection)
                    .Where(s => (states ?? LeadAssembly.OpenOnly).Contains(s.State))
                    .InOrder().Take(limit).Select(s => Build(connection, s)),
            ],
            cancel);

    public Task<Lead?> OpenAsync(long leadId, string who, string why, CancellationToken cancel) => WriteAsync(
        connection =>
        {
            if (Find(connection, leadId) is not { } lead)
            {
                return null;
            }

            AuditTable.Append(connection, time.GetUtcNow(), who, why, "open", leadId);
            return lead;
        },
        cancel);

    public Task<Lead?> SettleAsync(long leadId, Disposition disposition, CancellationToken cancel) => WriteAsync(
        connection =>
        {
            if (Find(connection, leadId) is null)
            {
                return null;
            }

            connection.Execute(
                """
                INSERT INTO disposition (position, lead_id, verdict, reason, said_by, said_at)
                VALUES (@position, @lead, @verdict, @reason, @by, @at)
                """,
                ("@position", JournalTable.NextPosition(connection)), ("@lead", leadId), ("@verdict", disposition.Verdict.ToString()),
                ("@reason", disposition.Reason), ("@by", disposition.By), ("@at", SqlText.Micros(disposition.At)));
            AuditTable.Append(connection, time.GetUtcNow(), disposition.By, disposition.Reason, "settle", leadId);
            return Find(connection, leadId);
        },
        cancel);

    public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(long afterPosition, int limit, CancellationToken cancel) =>
        ReadAsync<IReadOnlyList<JournalEntry>>(
            connection => connection.Query(
                """
                SELECT position, lead_id, kind, recorded_at FROM alert_change WHERE position > @after
                UNION ALL
                SELECT position, lead_id, NULL, said_at FROM disposition WHERE position > @after
                ORDER BY position LIMIT @limit
                """,
                reader => new JournalEntry(
                    reader.GetInt64(0),
                    reader.GetInt64(1),
                    reader.IsDBNull(2) ? null : Enum.Parse<AlertChangeKind>(reader.GetString(2)),
                    reader.Time(3)),
                ("@after", afterPosition), ("@limit", limit)),
            cancel);

    public Task WaitForJournalAsync(long position, CancellationToken cancel) => database.Signal.WaitPastAsync(position, cancel);

    public Task<ReadOnlyMemory<byte>?> ReadSceneAsync(PassageId passage, CancellationToken cancel) => ReadAsync(
        connection => connection.Query(
            "SELECT jpeg FROM scene WHERE outbox = @outbox AND sequence = @sequence",
            reader => (ReadOnlyMemory<byte>?)reader.GetFieldValue<byte[]>(0),
            ("@outbox", SqlText.Text(passage.Outbox)), ("@sequence", passage.Sequence)).FirstOrDefault(),
        cancel);

    public Task<bool> KeepSceneAsync(PassageId passage, ReadOnlyMemory<byte> jpeg, CancellationToken cancel)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(jpeg.Span));
        return WriteAsync(
            connection => connection.Execute(
                """
                INSERT INTO scene (outbox, sequence, jpeg)
                SELECT outbox, sequence, @jpeg FROM passage
                WHERE outbox = @outbox AND sequence = @sequence AND scene_sha256 = @sha256
                ON CONFLICT (outbox, sequence) DO UPDATE SET jpeg = excluded.jpeg
                """,
                ("@jpeg", jpeg.ToArray()), ("@outbox", SqlText.Text(passage.Outbox)), ("@sequence", passage.Sequence),
                ("@sha256", sha256)) > 0,
            cancel);
    }

    /// <summary>Every look and act so far, for the auditor; see <see cref="AuditChain.FirstBroken"/>.</summary>
    public Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(CancellationToken cancel) =>
        ReadAsync<IReadOnlyList<AuditEntry>>(AuditTable.All, cancel);

    private static IEnumerable<LeadSummary> Summaries(DbConnection connection)
    {
        var words = Words(connection, null).ToLookup(w => w.LeadId, w => (w.Position, w.Word));
        return JournalTable.Deciding(connection)
            .GroupBy(r => r.LeadId)
            .Select(rows => LeadSummary.Of([.. rows], [.. words[rows.Key]], id => PassageTable.IsRecorded(connection, id)));
    }

    private static Lead? Find(DbConnection connection, long leadId)
    {
        var rows = JournalTable.OfLead(connection, leadId);
        return rows.Count == 0
            ? null
            : Build(connection, LeadSummary.Of(
                rows, [.. Words(connection, leadId).Select(w => (w.Position, w.Word))], id => PassageTable.IsRecorded(connection, id)));
    }

    private static Lead Build(DbConnection connection, LeadSummary summary) => LeadAssembly.Build(
        summary,
        summary.Current.Change.Finding.Evidence.Select(id => PassageTable.Find(connection, id)).OfType<RecordedPassage>());

    private static List<(long LeadId, long Position, Disposition Word)> Words(DbConnection connection, long? leadId) => connection.Query(
        $"SELECT lead_id, position, verdict, reason, said_by, said_at FROM disposition {(leadId is null ? "" : "WHERE lead_id = @lead")} ORDER BY position",
        reader => (
            reader.GetInt64(0),
            reader.GetInt64(1),
            new Disposition(Enum.Parse<DispositionVerdict>(reader.GetString(2)), reader.GetString(3), reader.GetString(4), reader.Time(5))),
        ("@lead", leadId));

    private Task<T> ReadAsync<T>(Func<DbConnection, T> read, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(database.Read(read));
    }

    private Task<T> WriteAsync<T>(Func<DbConnection, T> write, CancellationToken cancel) =>
        database.WriteAsync(write, undone: static () => { }, cancel);
}
