using CsCheck;
using Dashiban.Correlator.Register;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Rules;
using Dashiban.Testing;

namespace Dashiban.Tests.Register;

/// <summary>What the officer sees in the end is a function of the set of passages.</summary>
public sealed class ConfluenceTests
{
    private static readonly DateTimeOffset Received = Journeys.At(0, 10);

    [Fact]
    public void Final_alerts_do_not_depend_on_arrival_order() => RandomCounty.Gen.Sample(
        world =>
        {
            var inOrder = Record(world.Pack, world.Passages);
            var shuffled = Record(world.Pack, world.Arrivals);
            Assert.Equal(Told(inOrder.Standing()), Told(shuffled.Standing()));
        },
        iter: 200);

    [Fact]
    public void Replay_equals_live() => RandomCounty.Gen.Sample(
        world =>
        {
            var stored = world.Arrivals.Select(p => p with { Passage = RegisterJson.ReadPassage(RegisterJson.Write(p.Passage)) });
            var pack = RegisterJson.ReadPack(RegisterJson.Write(world.Pack));
            var live = Record(world.Pack, world.Arrivals).Changes();
            var replayed = Record(pack, stored).Changes();
            Assert.Equal(live.Select(c => c.Kind), replayed.Select(c => c.Kind));
            Assert.All(live.Zip(replayed), pair => Assert.True(AlertDiff.Same(pair.First.Finding, pair.Second.Finding)));
        },
        iter: 80);

    [Fact]
    public void Standing_findings_are_what_the_whole_history_says() => RandomCounty.Gen.Sample(
        world => Assert.Equal(Told(FromScratch(world)), Told(Record(world.Pack, world.Arrivals).Standing())),
        iter: 80);

    [Fact]
    public void The_journal_adds_up_to_what_stands() => RandomCounty.Gen.Sample(
        world =>
        {
            var register = Record(world.Pack, world.Arrivals);
            var standing = new Dictionary<FindingKey, Finding>();
            foreach (var change in register.Changes())
            {
                Assert.Equal(change.Kind == AlertChangeKind.Raised, !standing.ContainsKey(change.Finding.Key));
                standing[change.Finding.Key] = change.Finding;
                if (change.Kind == AlertChangeKind.Withdrawn)
                {
                    standing.Remove(change.Finding.Key);
                }
            }

            Assert.Equal(Told(register.Standing()), Told(standing.Values));
        },
        iter: 80);

    [Fact]
    public void Random_counties_raise_every_kind_of_finding()
    {
        var seen = new HashSet<string>();
        RandomCounty.Gen.Sample(
            world =>
            {
                var register = Record(world.Pack, world.Arrivals);
                lock (seen)
                {
                    seen.UnionWith(register.Changes().Select(c => $"{c.Finding.Key.Rule} {c.Kind}"));
                }
            },
            iter: 150);
        foreach (var rule in new[] { nameof(RoundTrips), nameof(DailyReturn), nameof(GateFrequency), nameof(ClonedPlate), nameof(Watchlist) })
        {
            Assert.Contains($"{rule} Raised", seen);
        }

        Assert.Contains($"{nameof(RoundTrips)} Withdrawn", seen);
    }

    internal static MemoryPlateRegister Record(RulePack pack, IEnumerable<RecordedPassage> arrivals)
    {
        var register = new MemoryPlateRegister(pack, TimeProvider.System);
        foreach (var passage in arrivals)
        {
            Assert.True(register.RecordAsync(passage, Received, CancellationToken.None).IsCompletedSuccessfully);
        }

        return register;
    }

    internal static string[] Told(IEnumerable<Finding> findings) =>
    [
        .. findings
            .Select(f => $"{f.Key.Rule} {f.Key.Plate.Value} {f.Key.PeriodStart:O} {f.Score:R} {string.Join('|', f.Reasons)} {string.Join(',', f.Evidence)}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The naive twin: every bucket, every period that contains anything, no increments.</summary>
    private static List<Finding> FromScratch(RandomCounty.World world)
    {
        var book = world.Pack.Book();
        var context = world.Pack.Context(new Coverage());
        var found = new Dictionary<FindingKey, Finding>();
        foreach (var bucket in world.Passages.GroupBy(p => PlateKey.Of(p.Passage.Plate)))
        {
            var history = new PlateHistory(bucket);
            foreach (var passage in bucket)
            {
                foreach (var finding in book.Examine(history, passage.Passage.CapturedAt, context).Findings)
                {
                    found[finding.Key] = finding;
                }
            }
        }

        return [.. found.Values];
    }
}
