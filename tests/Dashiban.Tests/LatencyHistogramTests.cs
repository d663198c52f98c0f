using CsCheck;
using Dashiban.Edge;

namespace Dashiban.Tests;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Percentiles_are_at_most_an_eighth_above_the_sorted_list()
    {
        Gen.Long[0, 100_000_000].Array[1, 200].Sample(microseconds =>
        {
            var histogram = new LatencyHistogram();
            Array.ForEach(microseconds, m => histogram.Record(TimeSpan.FromMicroseconds(m)));
            Array.Sort(microseconds);

            var report = histogram.TakeReport();

            Assert.Equal(microseconds.Length, report.Count);
            Assert.Equal(microseconds[^1] / 1000.0, report.Maximum, 6);
            AssertNear(microseconds, 0.50, report.P50);
            AssertNear(microseconds, 0.95, report.P95);
        });
    }

    [Fact]
    public void A_report_starts_the_count_anew()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMilliseconds(5));
        histogram.TakeReport();

        Assert.Equal(new(0, 0, 0, 0), histogram.TakeReport());
    }

    private static void AssertNear(long[] sorted, double share, double milliseconds)
    {
        var exact = sorted[(int)Math.Ceiling(sorted.Length * share) - 1] / 1000.0;
        Assert.InRange(milliseconds, exact, (exact * 1.125) + 1e-9);
    }
}
