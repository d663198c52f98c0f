namespace Dashiban.Edge.Capture;

/// <summary>
/// A lane's picture buffers, allocated once per session. One is being filled, one waits in the mailbox, one is being detected,
/// two are queued and one is being read: six is the least that never starves a stage. Safe from several threads.
/// </summary>
internal sealed class FramePool(int count, FrameLedger ledger) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Frame[] _all = new Frame[count];
    private readonly Queue<Frame> _home = new(count);
    private bool _allocated;

    /// <summary>Buffers that nobody holds.</summary>
    public int AtHome
    {
        get
        {
            lock (_lock)
            {
                return _home.Count;
            }
        }
    }

    /// <summary>Allocates all buffers, once, when the session knows the format.</summary>
    public void Allocate(PictureFormat format)
    {
        lock (_lock)
        {
            if (_allocated)
            {
                throw new InvalidOperationException("A pool has one format for life; a new format is a new session.");
            }

            _allocated = true;
            for (var i = 0; i < count; i++)
            {
                _all[i] = new Frame(this, ledger, format);
                _home.Enqueue(_all[i]);
            }
        }
    }

    /// <summary>An empty frame, which the caller owns now; null where all are out.</summary>
    public Frame? TryRent()
    {
        lock (_lock)
        {
            if (!_home.TryDequeue(out var frame))
            {
                return null;
            }

            frame.Rent();
            return frame;
        }
    }

    /// <summary>Frees the buffers. All stages have ended by now: a frame that is still out was forgotten and counts as lost.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _home.Clear();
            if (_allocated)
            {
                Array.ForEach(_all, frame => frame.Release());
                _allocated = false;
            }
        }
    }

    /// <summary>The owner is done with the frame.</summary>
    internal void TakeBack(Frame frame)
    {
        lock (_lock)
        {
            _home.Enqueue(frame);
        }
    }
}
