using System.Numerics;
using Dashiban.Messaging;

namespace Dashiban.Edge;

/// <summary>
/// Counts durations in buckets that grow by an eighth of a power of two, so a percentile is at most 12.5 % too high over the whole
/// range of 1 microsecond to 19 hours. Recording allocates nothing and is safe from several threads.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int StepsPerOctave = 8;
    private const int StepBits = 3;
    private const int Octaves = 34;

    private readonly long[] _counts = new long[Octaves * StepsPerOctave];
    private long _maximum;

    public void Record(TimeSpan duration)
    {
        var microseconds = Math.Max(0, duration.Ticks / TimeSpan.TicksPerMicrosecond);
        Interlocked.Increment(ref _counts[BucketOf(microseconds)]);
        var maximum = Interlocked.Read(ref _maximum);
        while (microseconds > maximum)
        {
            var seen = Interlocked.CompareExchange(ref _maximum, microseconds, maximum);
            maximum = seen == maximum ? microseconds : seen;
        }
    }

    /// <summary>What was recorded since the last call, in milliseconds, and starts anew.</summary>
    public LatencyReport TakeReport()
    {
        var counts = new long[_counts.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = Interlocked.Exchange(ref _counts[i], 0);
        }

        var maximum = Interlocked.Exchange(ref _maximum, 0);
        var total = counts.Sum();
        return new LatencyReport(total, Percentile(counts, total, 0.50, maximum), Percentile(counts, total, 0.95, maximum), maximum / 1000.0);
    }

    private static double Percentile(long[] counts, long total, double share, long maximum)
    {
        var wanted = (long)Math.Ceiling(total * share);
        var seen = 0L;
        for (var bucket = 0; bucket < counts.Length && total > 0; bucket++)
        {
            seen += counts[bucket];
            if (seen >= wanted)
            {
                return Math.Min(UpperBound(bucket), maximum) / 1000.0;
            }
        }

        return 0;
    }

    /// <summary>The first eight buckets hold one microsecond each; then each octave is cut into eight equal steps.</summary>
    private static int BucketOf(long microseconds)
    {
        if (microseconds < StepsPerOctave)
        {
            return (int)microseconds;
        }

        var octave = BitOperations.Log2((ulong)microseconds) - StepBits;
        var step = (int)(microseconds >> octave) - StepsPerOctave;
        return Math.Min(((octave + 1) * StepsPerOctave) + step, (Octaves * StepsPerOctave) - 1);
    }

    private static long UpperBound(int bucket)
    {
        if (bucket < StepsPerOctave)
        {
            return bucket;
        }

        var octave = (bucket / StepsPerOctave) - 1;
        var step = bucket % StepsPerOctave;
        return ((long)(StepsPerOctave + step + 1) << octave) - 1;
    }
}
