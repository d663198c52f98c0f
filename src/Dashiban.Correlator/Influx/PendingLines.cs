namespace Dashiban.Correlator.Influx;

/// <summary>Lines that wait to be written. Bounded: the oldest make room for the newest, and every one that had to go is counted.</summary>
internal sealed class PendingLines(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();
    private long _dropped;

    public long Dropped => Interlocked.Read(ref _dropped);

    public void Add(IEnumerable<string> lines)
    {
        lock (_gate)
        {
            foreach (var line in lines)
            {
                if (_lines.Count == capacity)
                {
                    _lines.Dequeue();
                    _dropped++;
                }

                _lines.Enqueue(line);
            }
        }
    }

    /// <summary>Takes the oldest lines out; the caller writes them or says that they are dropped.</summary>
    public List<string> Take(int most)
    {
        lock (_gate)
        {
            var taken = new List<string>(Math.Min(most, _lines.Count));
            while (taken.Count < most && _lines.TryDequeue(out var line))
            {
                taken.Add(line);
            }

            return taken;
        }
    }

    public void CountDropped(int lines) => Interlocked.Add(ref _dropped, lines);
}
