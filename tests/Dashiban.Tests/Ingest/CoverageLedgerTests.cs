using Dashiban.Correlator.Ingest;
using Dashiban.Domain.Passages;
using Dashiban.Messaging;
using Dashiban.Testing;

namespace Dashiban.Tests.Ingest;

public sealed class CoverageLedgerTests
{
    [Fact]
    public void Stretches_join_end_with_the_state_and_leave_silence_out()
    {
        var ledger = new CoverageLedger();
        var facts = new List<CoverageFact>();
        void Beat(int second, string state) => facts.AddRange(ledger.Observe(Heartbeat(second, state)));

        for (var second = 0; second <= 100; second += 5)
        {
            Beat(second, "Live");
        }

        Beat(90, "Live");
        Beat(105, "CameraSilent");
        Beat(110, "CameraSilent");
        Beat(115, "Live");
        Beat(1000, "Live");
        Beat(1005, "Connecting");
        Assert.Equal([(0, 105, true), (105, 115, false), (1000, 1005, true)], facts.Select(f => (Second(f.From), Second(f.To), f.Up)));
    }

    [Fact]
    public void A_long_stretch_is_written_down_in_parts_without_a_hole()
    {
        var ledger = new CoverageLedger();
        var facts = Enumerable.Range(0, 1000).SelectMany(i => ledger.Observe(Heartbeat(i * 5, "Live"))).ToArray();
        Assert.All(facts, f => Assert.Equal(CoverageLedger.LongestStretch, f.To - f.From));
        Assert.All(facts.Zip(facts.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.Equal(16, facts.Length);
    }

    private static int Second(DateTimeOffset time) => (int)(time - Journeys.At(0)).TotalSeconds;

    private static HeartbeatReport Heartbeat(int second, string state) => new()
    {
        Edge = "edge-1",
        SentAt = Journeys.At(0).AddSeconds(second),
        StartedAt = Journeys.At(0),
        Outbox = Journeys.Outbox,
        NextSequence = 1,
        ConfirmedThrough = 0,
        CompleteThrough = Journeys.At(0),
        Withheld = 0,
        Lanes =
        [
            new LaneReport
            {
                Camera = "xinli-in",
                Site = "xinli",
                State = state,
                Captured = 0,
                Fates = new Dictionary<string, long>(),
                Funnel = new Dictionary<string, long>(),
                Latencies = new Dictionary<string, LatencyReport>(),
                Reconnects = 0,
            },
        ],
    };
}
