using System.Data.Common;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Rules;

namespace Dashiban.Correlator.Register;

/// <summary>What a replay of the journal gave.</summary>
/// <param name="Passages">Passages fed.</param>
/// <param name="StoredChanges">Changes of leads in the journal, within the window.</param>
/// <param name="ReplayedChanges">Changes that the replay caused, within the window.</param>
/// <param name="Equal">True where both are the same changes in the same order.</param>
/// <param name="Appearing">Findings that hold at the end of the replay and not in the journal.</param>
/// <param name="Vanishing">Findings that hold in the journal and not at the end of the replay.</param>
public sealed record ReplayOutcome(
    int Passages,
    int StoredChanges,
    int ReplayedChanges,
    bool Equal,
    IReadOnlyList<Finding> Appearing,
    IReadOnlyList<Finding> Vanishing);

/// <summary>
/// Feeds a register's journal, in the order in which it came, to the same rules over a register in memory. With the packs that were
/// in force the changes must be the stored ones; with other thresholds the difference shows what they would do.
/// </summary>
public static class Replay
{
    /// <param name="database">Read only; not owned. A running correlator may go on writing.</param>
    /// <param name="window">Changes recorded within it are compared; everything is replayed in any case.</param>
    /// <param name="instead">Thresholds to try in place of those in force; sites and lists stay what they were. Null for an exact replay.</param>
    public static ReplayOutcome Run(RegisterDatabase database, Period window, RuleOptions? instead) =>
        database.Read(connection => Run(connection, window, instead));

    private static ReplayOutcome Run(DbConnection connection, Period window, RuleOptions? instead)
    {
        var facts = Facts(connection, instead);
        var register = new MemoryPlateRegister(new RulePack(), TimeProvider.System);
        foreach (var (_, feed) in facts.OrderBy(f => f.Position))
        {
            feed(register);
        }

        // Periods that begin before what retention removed cannot be judged again.
        var whole = DateTimeOffset.UnixEpoch.AddMicroseconds(connection.Number("SELECT max(before_at) FROM pruned") ?? 0);
        var stored = Compared(JournalTable.All(connection), window, whole);
        var replayed = Compared(register.Rows(), window, whole);
        var (held, holds) = (Holding(stored), Holding(replayed));
        return new ReplayOutcome(
            facts.Count(f => f.IsPassage),
            stored.Count,
            replayed.Count,
            stored.Count == replayed.Count && stored.Zip(replayed).All(p => p.First.Kind == p.Second.Kind && AlertDiff.Same(p.First.Finding, p.Second.Finding)),
            [.. holds.Values.Where(f => !held.ContainsKey(f.Key))],
            [.. held.Values.Where(f => !holds.ContainsKey(f.Key))]);
    }

    private static List<Fact> Facts(DbConnection connection, RuleOptions? instead)
    {
        var facts = connection.Query(
            "SELECT position, outbox, sequence, body, received_at FROM passage WHERE late = 0",
            reader =>
            {
                var id = new PassageId(Guid.ParseExact(reader.GetString(1), "n"), reader.GetInt64(2));
                var passage = new RecordedPassage(id, RegisterJson.ReadPassage(reader.GetString(3)));
                var received = reader.Time(4);
                return new Fact(reader.GetInt64(0), r => r.RecordAsync(passage, received, default)) { IsPassage = true };
            });
        facts.AddRange(connection.Query(
            "SELECT camera, site, from_at, to_at, up, position, received_at FROM coverage",
            reader =>
            {
                var (fact, received) = (CoverageTable.Read(reader), reader.Time(6));
                return new Fact(reader.GetInt64(5), r => r.RecordCoverageAsync([fact], received, default));
            }));
        facts.AddRange(connection.Query(
            "SELECT position, body, adopted_at FROM rule_pack",
            reader =>
            {
                var (pack, at) = (RegisterJson.ReadPack(reader.GetString(1)), reader.Time(2));
                return new Fact(reader.GetInt64(0), r => r.AdoptAsync(pack with { Options = instead ?? pack.Options }, at, default));
            }));
        return facts;
    }

    private static List<AlertChange> Compared(IEnumerable<JournalRow> rows, Period window, DateTimeOffset whole) =>
    [
        .. rows.Where(r => !r.FromEdge && window.Contains(r.At) && r.Change.Finding.Period.Start >= whole).Select(r => r.Change),
    ];

    private static Dictionary<FindingKey, Finding> Holding(IEnumerable<AlertChange> changes) => changes
        .GroupBy(c => c.Finding.Key)
        .Select(g => g.Last())
        .Where(c => c.Kind != AlertChangeKind.Withdrawn)
        .ToDictionary(c => c.Finding.Key, c => c.Finding);

    private sealed record Fact(long Position, Action<MemoryPlateRegister> Feed)
    {
        public bool IsPassage { get; init; }
    }
}
