namespace Dashiban.Edge.Capture;

/// <summary>
/// Says when a picture was taken, from the stream's clock. Pure: the time of day comes in as an argument. Times always rise.
/// </summary>
/// <remarks>
/// Arrival times jitter by network and decoder, stream times do not: an anchor ties one stream time to one time of day, and the
/// differences come from the stream. Camera clocks drift and streams restart, so the anchor is set anew when the two disagree
/// by more than <see cref="Tolerance"/>.
/// </remarks>
internal sealed class FrameClock
{
    /// <summary>Disagreement between stream clock and time of day that sets a new anchor.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(250);

    private readonly bool _declared;
    private DateTimeOffset _zero;
    private DateTimeOffset _last = DateTimeOffset.MinValue;
    private bool _anchored;

    private FrameClock(DateTimeOffset zero, bool declared)
    {
        _zero = zero;
        _declared = declared;
        _anchored = declared;
    }

    /// <summary>For cameras: the first picture was taken when it arrived.</summary>
    public static FrameClock FromArrival() => new(default, declared: false);

    /// <summary>For files: stream time zero is a given moment, so that a replayed file gives identical times.</summary>
    public static FrameClock FromDeclaredStart(DateTimeOffset start) => new(start, declared: true);

    /// <summary>When the picture with this stream time was taken.</summary>
    /// <param name="streamTime">Presentation time of the picture.</param>
    /// <param name="now">Time of day at its arrival; not looked at where the start was declared.</param>
    public DateTimeOffset TimeOf(TimeSpan streamTime, DateTimeOffset now)
    {
        if (!_declared && (!_anchored || (_zero + streamTime - now).Duration() > Tolerance))
        {
            _zero = now - streamTime;
            _anchored = true;
        }

        var time = _zero + streamTime;
        _last = time > _last ? time : _last + TimeSpan.FromMicroseconds(1);
        return _last;
    }
}
