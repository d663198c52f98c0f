namespace Dashiban.Edge.Capture;

/// <summary>How a frame ended.</summary>
internal enum Fate
{
    /// <summary>Nobody said how it ended: a bug. Every frame is born with this fate, so forgetting shows.</summary>
    Lost,

    /// <summary>Read to the end.</summary>
    Analysed,

    /// <summary>Nothing moved in it.</summary>
    Blank,

    /// <summary>A newer frame took its place before anyone looked.</summary>
    Superseded,

    /// <summary>Left out to keep to the wanted rate.</summary>
    Thinned,

    /// <summary>Read past because all buffers were in use.</summary>
    NoBuffer,

    /// <summary>A stage threw while it held the frame.</summary>
    Failed,

    /// <summary>Dropped by an abort.</summary>
    Abandoned,
}

/// <summary>
/// One camera's books: frames captured and how each ended, since the edge started. At rest captured = the sum of all fates;
/// while running the difference is what is in flight. Safe from several threads.
/// </summary>
internal sealed class FrameLedger
{
    private static readonly Fate[] AllFates = Enum.GetValues<Fate>();

    private readonly long[] _settled = new long[AllFates.Length];
    private long _captured;

    public long Captured => Interlocked.Read(ref _captured);

    public long this[Fate fate] => Interlocked.Read(ref _settled[(int)fate]);

    /// <summary>Frames captured and not settled yet. Zero at rest; never more than the pool holds.</summary>
    public long InFlight
    {
        get
        {
            // Settled first: a frame that ends in between makes the answer too large, never negative.
            var settled = AllFates.Sum(fate => this[fate]);
            return Captured - settled;
        }
    }

    public void Capture() => Interlocked.Increment(ref _captured);

    /// <summary>Books the end of frames that were captured before.</summary>
    public void Settle(Fate fate) => Interlocked.Increment(ref _settled[(int)fate]);

    /// <summary>Books frames that never became a <see cref="Frame"/>: captured and settled in one.</summary>
    public void TurnAway(Fate fate, int count = 1)
    {
        Interlocked.Add(ref _captured, count);
        Interlocked.Add(ref _settled[(int)fate], count);
    }

    /// <summary>Settled frames by the name of their fate.</summary>
    public IReadOnlyDictionary<string, long> ByName() => AllFates.ToDictionary(fate => fate.ToString(), fate => this[fate]);
}
