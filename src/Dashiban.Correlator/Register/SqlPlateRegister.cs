using System.Data.Common;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Rules;
using Dashiban.Messaging;

namespace Dashiban.Correlator.Register;

/// <summary>The register in a database. Safe for many threads; the database serialises the writers.</summary>
public sealed class SqlPlateRegister : IPlateRegister
{
    private readonly RegisterDatabase _database;
    private readonly RegisterOptions _options;
    private Examiner _examiner;

    private SqlPlateRegister(RegisterDatabase database, RegisterOptions options, Examiner examiner)
    {
        _database = database;
        _options = options;
        _examiner = examiner;
    }

    /// <summary>
    /// Works on <paramref name="database"/> (not owned) by <paramref name="pack"/> from now on, see <see cref="AdoptAsync"/>.
    /// </summary>
    public static async Task<SqlPlateRegister> OpenAsync(
        RegisterDatabase database, RulePack pack, RegisterOptions options, DateTimeOffset now, CancellationToken cancel)
    {
        var register = new SqlPlateRegister(database, options, database.Read(LoadExaminer));
        await register.AdoptAsync(pack, now, cancel);
        return register;
    }

    public Task<Recorded> RecordAsync(RecordedPassage passage, DateTimeOffset receivedAt, CancellationToken cancel) => WriteAsync(connection =>
    {
        var captured = passage.Passage.CapturedAt;
        var late = receivedAt - captured > Lateness;
        if (!PassageTable.Insert(connection, passage, receivedAt, late))
        {
            return Recorded.Duplicate;
        }

        return new Recorded(true, late ? [] : Examine(connection, PlateKey.Of(passage.Passage.Plate), receivedAt, captured));
    }, cancel);

    public Task<Recorded> RecordHitAsync(EdgeHit hit, DateTimeOffset receivedAt, CancellationToken cancel) => WriteAsync(connection =>
    {
        var inserted = connection.Number(
            """
            INSERT INTO edge_hit (position, outbox, sequence, edge, received_at)
            SELECT last_position + 1, @outbox, @sequence, @edge, @received FROM journal_position
            WHERE NOT EXISTS (SELECT 1 FROM outbox_progress WHERE outbox = @outbox AND recorded_through >= @sequence)
            ON CONFLICT (outbox, sequence) DO NOTHING
            RETURNING position
            """,
            ("@outbox", SqlText.Text(hit.Outbox)), ("@sequence", hit.Sequence), ("@edge", hit.Edge),
            ("@received", SqlText.Micros(receivedAt)));
        if (inserted is null)
        {
            return Recorded.Duplicate;
        }

        JournalTable.NextPosition(connection);
        JournalTable.Append(connection, hit.Change, fromEdge: true, receivedAt);
        return new Recorded(true, [hit.Change]);
    }, cancel);

    public Task<IReadOnlyList<AlertChange>> RecordCoverageAsync(
        IReadOnlyList<CoverageFact> facts, DateTimeOffset receivedAt, CancellationToken cancel) => WriteAsync<IReadOnlyList<AlertChange>>(connection =>
    {
        // One after the other, as a replay will meet them.
        var changes = new List<AlertChange>();
        foreach (var fact in facts)
        {
            var kept = CoverageTable.Insert(connection, fact, receivedAt);
            _examiner.Coverage.Add(kept);
            changes.AddRange(Recheck(connection, receivedAt, new Period(kept.From, kept.To)));
        }

        return changes;
    }, cancel);

    public Task<IReadOnlyList<AlertChange>> AdoptAsync(RulePack pack, DateTimeOffset at, CancellationToken cancel) => WriteAsync(connection =>
    {
        var body = RegisterJson.Write(pack);
        if (LatestPack(connection) == body)
        {
            return [];
        }

        connection.Execute(
            "INSERT INTO rule_pack (position, body, adopted_at) VALUES (@position, @body, @at)",
            ("@position", JournalTable.NextPosition(connection)), ("@body", body), ("@at", SqlText.Micros(at)));
        _examiner.Adopt(pack);
        return Reexamine(connection, at);
    }, cancel);

    public Task<IReadOnlyList<OutboxProgress>> ReadProgressAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(_database.Read(OutboxTable.Read));
    }

    public Task RejectAsync(
        string topic, ReadOnlyMemory<byte> payload, WireRefusal refusal, DateTimeOffset receivedAt, CancellationToken cancel) => WriteAsync(
        connection => connection.Execute(
            """
            INSERT INTO rejected_message (position, topic, payload, reason, outbox, sequence, received_at)
            VALUES (@position, @topic, @payload, @reason, @outbox, @sequence, @received)
            """,
            ("@position", JournalTable.NextPosition(connection)), ("@topic", topic), ("@payload", payload[..Math.Min(payload.Length, WireJson.MostBytes)].ToArray()),
            ("@reason", refusal.Reason), ("@outbox", refusal.Outbox is { } outbox ? SqlText.Text(outbox) : null),
            ("@sequence", refusal.Sequence), ("@received", SqlText.Micros(receivedAt))),
        cancel);

    private TimeSpan Lateness => _examiner.Pack.Options.LongestLateness;

    private static Examiner LoadExaminer(DbConnection connection)
    {
        var examiner = new Examiner(LatestPack(connection) is { } body ? RegisterJson.ReadPack(body) : new RulePack());
        foreach (var fact in CoverageTable.All(connection))
        {
            examiner.Coverage.Add(fact);
        }

        return examiner;
    }

    /// <summary>
    /// Removes what is older than its retention: passages behind no lead as soon as no accepted passage can touch their periods
    /// any more, leads with all that belongs to them after theirs. Sequences stay counted as recorded, holes before them are given up.
    /// </summary>
    /// <returns>Passages removed.</returns>
    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancel) => WriteAsync(
        connection =>
        {
            var untouched = _examiner.Book.SpanOf(now - Lateness).Start;
            var oldest = now - TimeSpan.FromDays(_options.NonHitDays);
            return Retention.Prune(connection, untouched < oldest ? untouched : oldest, now - TimeSpan.FromDays(_options.HitDays));
        },
        cancel);

    private static string? LatestPack(DbConnection connection) =>
        connection.Query("SELECT body FROM rule_pack ORDER BY position DESC LIMIT 1", r => r.GetString(0)).FirstOrDefault();

    /// <summary>One transaction; when it fails, what the examiner learnt in it is forgotten with it.</summary>
    private Task<T> WriteAsync<T>(Func<DbConnection, T> action, CancellationToken cancel) =>
        _database.WriteAsync(action, undone: () => _examiner = _database.Read(LoadExaminer), cancel);

    private IReadOnlyList<AlertChange> Examine(
        DbConnection connection, PlateKey key, DateTimeOffset now, params IReadOnlyCollection<DateTimeOffset> times)
    {
        var span = _examiner.Book.SpanOf(times);
        var changes = _examiner.Judge(PassageTable.History(connection, key, span), JournalTable.Standing(connection, key, span), times);
        foreach (var change in changes)
        {
            JournalTable.Append(connection, change, fromEdge: false, now);
        }

        return changes;
    }

    /// <summary>Examines again what stands in periods that coverage facts touch.</summary>
    private IReadOnlyList<AlertChange> Recheck(DbConnection connection, DateTimeOffset now, Period stretch) =>
        ExamineAll(connection, now, JournalTable.StandingPlaces(connection, stretch.Start > now - Lateness ? stretch : stretch with { Start = now - Lateness }));

    /// <summary>Examines again everything that is still open; older periods may have been thinned out by retention.</summary>
    private IReadOnlyList<AlertChange> Reexamine(DbConnection connection, DateTimeOffset now) => ExamineAll(
        connection,
        now,
        PassageTable.PlacesSince(connection, now - Lateness)
            .Concat(JournalTable.StandingPlaces(connection, new Period(now - Lateness, DateTimeOffset.MaxValue))));

    private IReadOnlyList<AlertChange> ExamineAll(
        DbConnection connection, DateTimeOffset now, IEnumerable<(PlateKey Key, DateTimeOffset Time)> places) =>
    [
        .. places.GroupBy(p => p.Key, p => p.Time)
            .OrderBy(bucket => bucket.Key.Value, StringComparer.Ordinal)
            .SelectMany(bucket => Examine(connection, bucket.Key, now, [.. bucket])),
    ];
}
