namespace Dashiban.Domain.Passages;

/// <summary>
/// A set of whole numbers kept as half-open spans: few, sorted, neither overlapping nor touching. The order in which spans were
/// added does not matter, nor how often. Not safe for use from several threads.
/// </summary>
public sealed class SpanSet
{
    private readonly List<(long Start, long End)> _spans = [];

    /// <summary>The lowest first.</summary>
    public IReadOnlyList<(long Start, long End)> Spans => _spans;

    /// <summary>Adds all numbers with <c>start ≤ n &lt; end</c>; false where all were there already.</summary>
    public bool Add(long start, long end)
    {
        if (start >= end)
        {
            return false;
        }

        var first = FirstEndingAtOrAfter(start);
        var next = first;
        while (next < _spans.Count && _spans[next].Start <= end)
        {
            next++;
        }

        if (next == first)
        {
            _spans.Insert(first, (start, end));
            return true;
        }

        var joined = (Math.Min(start, _spans[first].Start), Math.Max(end, _spans[next - 1].End));
        if (next == first + 1 && joined == _spans[first])
        {
            return false;
        }

        _spans[first] = joined;
        _spans.RemoveRange(first + 1, next - first - 1);
        return true;
    }

    public bool Contains(long number)
    {
        var index = FirstEndingAtOrAfter(number + 1);
        return index < _spans.Count && _spans[index].Start <= number;
    }

    /// <summary>How many numbers of <c>start ≤ n &lt; end</c> are in the set.</summary>
    public long Count(long start, long end)
    {
        var sum = 0L;
        for (var i = FirstEndingAtOrAfter(start); i < _spans.Count && _spans[i].Start < end; i++)
        {
            sum += Math.Max(0, Math.Min(end, _spans[i].End) - Math.Max(start, _spans[i].Start));
        }

        return sum;
    }


    private int FirstEndingAtOrAfter(long number)
    {
        var (low, high) = (0, _spans.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _spans[middle].End < number ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
