using Dashiban.Vision.Imaging;
using Dashiban.Vision.Scenes;
using OpenCvSharp;

namespace Dashiban.Edge.Capture;

/// <summary>
/// One decoded picture in a rented native buffer. It has one owner at a time: writing it to a channel gives it away, a failed
/// write does not, and whoever owns it last disposes it. No view of it outlives it.
/// </summary>
/// <remarks>
/// The object goes round with its buffer, so that a frame costs no allocation. Who keeps a reference after disposing holds
/// somebody else's frame.
/// </remarks>
internal sealed class Frame : IDisposable
{
    private readonly FramePool _pool;
    private readonly FrameLedger _ledger;
    private readonly PictureFormat _format;
    private readonly Mat _planes;
    private int _rented;
    private bool _captured;

    internal Frame(FramePool pool, FrameLedger ledger, PictureFormat format)
    {
        _pool = pool;
        _ledger = ledger;
        _format = format;
        _planes = new Mat(format.Height * 3 / 2, format.Width, MatType.CV_8UC1);
    }

    /// <summary>When the camera took it (UTC), by the lane's <see cref="FrameClock"/>.</summary>
    public DateTimeOffset CapturedAt { get; private set; }

    /// <summary>
    /// How it will have ended if it is disposed now. <see cref="Fate.Lost"/> at birth; a stage sets <see cref="Fate.Failed"/>
    /// before it works on it and the true fate when it is done.
    /// </summary>
    public Fate Fate { get; set; }

    /// <summary>What Detect found in it; travels with the frame.</summary>
    public SceneDetections Detections { get; } = new();

    public int Width => _format.Width;

    public int Height => _format.Height;

    /// <summary>The picture for the models; a view that must not outlive the frame.</summary>
    public I420Picture Picture => new(_planes, _format.Width, _format.Height, _format.Colour);

    /// <summary>The samples: Y plane, then U, then V.</summary>
    public unsafe Span<byte> Samples => new((void*)_planes.Data, _format.Bytes);

    /// <summary>The brightness samples, row by row.</summary>
    public ReadOnlySpan<byte> Luma => Samples[..(_format.Width * _format.Height)];

    /// <summary>The picture is complete: from now on the frame counts, and is lost unless somebody says otherwise.</summary>
    public void Capture(DateTimeOffset capturedAt)
    {
        CapturedAt = capturedAt;
        Fate = Fate.Lost;
        _captured = true;
        _ledger.Capture();
    }

    /// <summary>Settles the fate and returns the buffer, once. A frame that never was captured only returns its buffer.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, 0) == 0)
        {
            return;
        }

        if (_captured)
        {
            _ledger.Settle(Fate);
        }

        _pool.TakeBack(this);
    }

    /// <summary>The pool hands the frame out.</summary>
    internal void Rent()
    {
        _captured = false;
        Fate = Fate.Lost;
        Detections.Clear();
        Volatile.Write(ref _rented, 1);
    }

    /// <summary>The pool goes. A frame that is still out by then was forgotten.</summary>
    internal void Release()
    {
        if (Interlocked.Exchange(ref _rented, 0) == 1 && _captured)
        {
            _ledger.Settle(Fate.Lost);
        }

        _planes.Dispose();
    }
}
