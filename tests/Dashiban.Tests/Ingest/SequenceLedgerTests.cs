using CsCheck;
using Dashiban.Correlator.Ingest;
using Dashiban.Correlator.Register;
using Dashiban.Messaging;

namespace Dashiban.Tests.Ingest;

public sealed class SequenceLedgerTests
{
    private static readonly Guid Outbox = Guid.Parse("0e1f2a3b-0000-4000-8000-000000000002");

    [Fact]
    public void Fast_path_equals_slow_twin() => Gen.Select(Gen.Int[0, 10], Gen.Long[1, 60].Array[0, 80]).Sample((through, sequences) =>
    {
        var ledger = new SequenceLedger([new OutboxProgress(Outbox, through, [])]);
        var twin = Enumerable.Range(1, through).Select(n => (long)n).ToHashSet();
        foreach (var sequence in sequences)
        {
            ledger.Record(Outbox, sequence);
            twin.Add(sequence);
        }

        var report = ledger.ReportOf(Outbox);
        var contiguous = 0L;
        while (twin.Contains(contiguous + 1))
        {
            contiguous++;
        }

        Assert.Equal(contiguous, report.RecordedThrough);
        Assert.Equal(twin.DefaultIfEmpty().Max(), report.Highest);
        Assert.All(Enumerable.Range(1, 70), n => Assert.Equal(twin.Contains(n), report.Has(n)));
    });

    [Fact]
    public void A_restart_continues_from_the_register()
    {
        var ledger = new SequenceLedger([new OutboxProgress(Outbox, 5, [7, 8, 10])]);
        ledger.Record(Outbox, 6);
        var report = ledger.ReportOf(Outbox);
        Assert.Equal((8, 10), (report.RecordedThrough, report.Highest));
        Assert.Equal(new SequenceRange { First = 9, Last = 9 }, Assert.Single(report.Missing));
    }

    [Fact]
    public void A_report_never_claims_what_it_cannot_list()
    {
        var ledger = new SequenceLedger([]);
        for (var sequence = 1L; sequence <= 2000; sequence += 2)
        {
            ledger.Record(Outbox, sequence);
        }

        var report = ledger.ReportOf(Outbox);
        Assert.Equal(RecordedReport.MostGaps, report.Missing.Count);
        Assert.All(Enumerable.Range(1, 2100), n => Assert.True(!report.Has(n) || n % 2 == 1));
    }
}
