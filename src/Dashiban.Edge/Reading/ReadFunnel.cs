namespace Dashiban.Edge.Reading;

/// <summary>
/// How many plates get how far, and why the others do not. The first three steps count looks (one plate in one frame), the last
/// two count vehicles. Safe from several threads.
/// </summary>
internal sealed class ReadFunnel
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _rejected = [];
    private long _detected;
    private long _cropped;
    private long _read;
    private long _tracks;
    private long _voted;

    /// <summary>Candidates of the first look.</summary>
    public void Detected(int plates) => Interlocked.Add(ref _detected, plates);

    /// <summary>Plates that the second look confirmed and cut out.</summary>
    public void Cropped() => Interlocked.Increment(ref _cropped);

    /// <summary>Crops in which at least one character was read.</summary>
    public void Read() => Interlocked.Increment(ref _read);

    /// <summary>A vehicle left the view and its looks gave a valid plate.</summary>
    public void Voted()
    {
        Interlocked.Increment(ref _tracks);
        Interlocked.Increment(ref _voted);
    }

    /// <summary>A vehicle left the view without a passage.</summary>
    public void Rejected(string reason)
    {
        Interlocked.Increment(ref _tracks);
        lock (_lock)
        {
            _rejected[reason] = _rejected.GetValueOrDefault(reason) + 1;
        }
    }

    /// <summary>All steps by name, and every reason as <c>Rejected:Reason</c>.</summary>
    public IReadOnlyDictionary<string, long> ByName()
    {
        lock (_lock)
        {
            var steps = new Dictionary<string, long>
            {
                ["Detected"] = Interlocked.Read(ref _detected),
                ["Cropped"] = Interlocked.Read(ref _cropped),
                ["Read"] = Interlocked.Read(ref _read),
                ["Tracks"] = Interlocked.Read(ref _tracks),
                ["Voted"] = Interlocked.Read(ref _voted),
            };
            foreach (var (reason, count) in _rejected)
            {
                steps[$"Rejected:{reason}"] = count;
            }

            return steps;
        }
    }
}
