using CsCheck;
using Dashiban.Correlator.Register;
using Dashiban.Domain.Correlation;
using Dashiban.Testing;

namespace Dashiban.IntegrationTests.Register;

/// <summary>The property tests of the register in memory, fewer cases, on a real database.</summary>
public sealed class SqliteConfluenceTests
{
    private static readonly DateTimeOffset Received = Journeys.At(0, 10);

    [Fact]
    public void Final_alerts_do_not_depend_on_arrival_order() => RandomCounty.Gen.Sample(
        world =>
        {
            var memory = new MemoryPlateRegister(world.Pack, TimeProvider.System);
            foreach (var passage in world.Passages)
            {
                memory.RecordAsync(passage, Received, CancellationToken.None).GetAwaiter().GetResult();
            }

            OnDatabase(world, database =>
            {
                var standing = database.Read(JournalTable.All)
                    .GroupBy(r => r.LeadId).Select(g => g.Last().Change)
                    .Where(c => c.Kind != AlertChangeKind.Withdrawn).ToDictionary(c => c.Finding.Key, c => c.Finding);
                var expected = memory.Standing();
                Assert.Equal(expected.Count, standing.Count);
                Assert.All(expected, f => Assert.True(AlertDiff.Same(f, standing[f.Key])));
            });
        },
        iter: 15,
        threads: 1);

    [Fact]
    public void Replay_equals_live() => RandomCounty.Gen.Sample(
        world => OnDatabase(world, database =>
        {
            var outcome = Replay.Run(database, SqliteRegisterTests.Always, null);
            Assert.True(outcome.Equal);
            Assert.Equal(world.Passages.Count, outcome.Passages);
            Assert.Empty(outcome.Appearing);
            Assert.Empty(outcome.Vanishing);
        }),
        iter: 15,
        threads: 1);

    /// <summary>Half of the passages arrive before the lists are known, and heartbeats come in between.</summary>
    private static void OnDatabase(RandomCounty.World world, Action<RegisterDatabase> check)
    {
        var path = Path.Combine(Path.GetTempPath(), $"dashiban-confluence-{Guid.NewGuid():n}.db");
        try
        {
            using var database = RegisterDatabase.Open(path);
            var register = SqlPlateRegister.OpenAsync(
                database, world.Pack with { Allowed = [], Watched = [] }, new RegisterOptions(), Received, CancellationToken.None).GetAwaiter().GetResult();
            foreach (var (passage, i) in world.Arrivals.Select((p, i) => (p, i)))
            {
                if (i == world.Arrivals.Count / 2)
                {
                    register.AdoptAsync(world.Pack, Received, CancellationToken.None).GetAwaiter().GetResult();
                }

                register.RecordAsync(passage, Received, CancellationToken.None).GetAwaiter().GetResult();
            }

            check(database);
        }
        finally
        {
            foreach (var file in Directory.EnumerateFiles(Path.GetTempPath(), Path.GetFileName(path) + "*"))
            {
                File.Delete(file);
            }
        }
    }
}
