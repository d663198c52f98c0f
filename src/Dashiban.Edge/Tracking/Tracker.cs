using Dashiban.Vision.Scenes;

namespace Dashiban.Edge.Tracking;

/// <summary>Which track a look belongs to.</summary>
/// <param name="Track">The vehicle.</param>
/// <param name="Look">The look.</param>
/// <param name="WantsEvidence">
/// True where this is the best look so far at its text: encode the pictures and hand them to <see cref="Track.Keep"/> before
/// the next frame.
/// </param>
public readonly record struct TrackLook(Track Track, VehicleLook Look, bool WantsEvidence);

/// <summary>
/// Joins the looks of one camera to vehicles. Pure: time is an argument, equal input gives equal tracks, whatever the order of
/// the looks in a frame. One per lane; not safe for several threads.
/// </summary>
/// <remarks>
/// A track ends when its vehicle has not been seen for <see cref="TrackingOptions.GapTimeout"/>. It then waits until
/// <see cref="TrackingOptions.MergeWindow"/> is over: another piece of the same plate text takes it over, so that a vehicle
/// hidden for a moment gives one passage. A vehicle that stands in view gives its passage after
/// <see cref="TrackingOptions.MaxAge"/> and is followed silently from then on. The same plate within
/// <see cref="TrackingOptions.ReentryAfter"/> of its last sight is the same visit and gives no second passage.
/// </remarks>
public sealed class Tracker(TrackingOptions options)
{
    private const int MaxRecent = 256;

    private readonly Assignment _assignment = new();
    private readonly List<Follower> _followers = [];
    private readonly List<Track> _waiting = [];
    private readonly List<Track> _closedEarly = [];
    private readonly List<Visit> _recent = [];
    private double[] _gains = [];
    private int[] _order = [];
    private int[] _lookOfFollower = [];
    private TrackLook[] _results = [];

    /// <summary>Vehicles followed at the moment.</summary>
    public int OpenTracks => _followers.Count;

    /// <summary>Pieces that another piece of the same passage took over so far.</summary>
    public long Merged { get; private set; }

    /// <summary>Tracks dropped so far because their plate had given a passage moments before.</summary>
    public long Repeated { get; private set; }

    /// <summary>
    /// Replaces the contents of <paramref name="into"/> by one entry per look, in the order of the looks. Call it for every
    /// analysed frame, also one without looks.
    /// </summary>
    /// <param name="at">Capture time of the frame.</param>
    /// <param name="width">Width of the picture in pixels.</param>
    /// <param name="height">Height of the picture in pixels.</param>
    /// <param name="looks">The looks of this frame, in any order.</param>
    public void Observe(DateTimeOffset at, int width, int height, IReadOnlyList<VehicleLook> looks, List<TrackLook> into)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        into.Clear();
        if (looks.Count == 0)
        {
            return;
        }

        Arrange(looks);
        Match(at, looks);
        foreach (var index in _order.AsSpan(0, looks.Count))
        {
            if (_results[index].Track is null)
            {
                _results[index] = Open(at, height, looks[index]);
            }
        }

        into.AddRange(_results.AsSpan(0, looks.Count));
        _results.AsSpan(0, looks.Count).Clear();
    }

    /// <summary>
    /// Adds the tracks that are complete at <paramref name="now"/> to <paramref name="into"/>: each vehicle once. They belong to
    /// the caller from then on.
    /// </summary>
    /// <remarks>Absences are measured in either direction, so that a clock set back cannot keep a track open for hours.</remarks>
    public void CloseExpired(DateTimeOffset now, List<Track> into)
    {
        GiveAwayClosedEarly(into);
        for (var i = 0; i < _followers.Count; i++)
        {
            var follower = _followers[i];
            if ((now - follower.LastSeenAt).Duration() >= options.GapTimeout)
            {
                _followers.RemoveAt(i--);
                End(follower, into);
            }
            else if (follower.IsSpent)
            {
                Remember(follower.Track.LeadingText, follower.LastSeenAt);
            }
            else if ((now - follower.Track.FirstSeenAt).Duration() >= options.MaxAge)
            {
                follower.IsSpent = true;
                GiveAway(follower.Track, into);
            }
        }

        Release(now, into);
        Forget(now);
    }

    /// <summary>Adds all remaining tracks to <paramref name="into"/> and forgets everything.</summary>
    /// <param name="interrupted">True where the lane stops while vehicles may be in view; false at the end of a video file.</param>
    public void CloseAll(List<Track> into, bool interrupted)
    {
        GiveAwayClosedEarly(into);
        foreach (var follower in _followers)
        {
            follower.Track.Interrupted |= interrupted && !follower.IsSpent;
            End(follower, into);
        }

        _followers.Clear();
        Release(DateTimeOffset.MaxValue, into);
        _recent.Clear();
    }

    /// <summary>Puts the looks into an order that does not depend on how they were listed: by place, then text.</summary>
    private void Arrange(IReadOnlyList<VehicleLook> looks)
    {
        if (_order.Length < looks.Count)
        {
            _order = new int[looks.Count * 2];
            _results = new TrackLook[looks.Count * 2];
        }

        for (var i = 0; i < looks.Count; i++)
        {
            var at = i;
            for (; at > 0 && Precedes(looks[i], looks[_order[at - 1]]); at--)
            {
                _order[at] = _order[at - 1];
            }

            _order[at] = i;
        }
    }

    /// <summary>Pairs vehicles and looks over the whole picture at once, so that two vehicles never get one look or one two.</summary>
    private void Match(DateTimeOffset at, IReadOnlyList<VehicleLook> looks)
    {
        var rows = _followers.Count;
        var columns = looks.Count;
        if (_gains.Length < rows * columns)
        {
            _gains = new double[rows * columns * 2];
        }

        if (_lookOfFollower.Length < rows)
        {
            _lookOfFollower = new int[rows * 2];
        }

        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                _gains[(row * columns) + column] = _followers[row].Fit(at, looks[_order[column]]);
            }
        }

        _assignment.Solve(_gains, rows, columns, _lookOfFollower);
        for (var row = 0; row < rows; row++)
        {
            if (_lookOfFollower[row] >= 0)
            {
                var index = _order[_lookOfFollower[row]];
                var wanted = _followers[row].Follow(at, looks[index], options.MaxAge);
                _results[index] = new TrackLook(_followers[row].Track, looks[index], wanted);
            }
        }
    }

    private TrackLook Open(DateTimeOffset at, int height, VehicleLook look)
    {
        if (_followers.Count >= options.MaxOpenTracks)
        {
            CloseLongestUnseen();
        }

        var track = new Track(options, at, look.Vehicle, height);
        _followers.Add(new Follower(track, at, look));
        return new TrackLook(track, look, track.Add(at, look));
    }

    private void CloseLongestUnseen()
    {
        var oldest = 0;
        for (var i = 1; i < _followers.Count; i++)
        {
            if (_followers[i].LastSeenAt < _followers[oldest].LastSeenAt)
            {
                oldest = i;
            }
        }

        if (!_followers[oldest].IsSpent)
        {
            _closedEarly.Add(_followers[oldest].Track);
        }

        _followers.RemoveAt(oldest);
    }

    private void GiveAwayClosedEarly(List<Track> into)
    {
        foreach (var track in _closedEarly)
        {
            GiveAway(track, into);
        }

        _closedEarly.Clear();
    }

    /// <summary>The vehicle has left: its track waits for further pieces, unless it was given away or shows no plate at all.</summary>
    private void End(Follower gone, List<Track> into)
    {
        if (gone.IsSpent)
        {
            Remember(gone.Track.LeadingText, gone.LastSeenAt);
        }
        else if (gone.Track.LeadingText is null)
        {
            into.Add(gone.Track);
        }
        else
        {
            _waiting.Add(gone.Track);
        }
    }

    /// <summary>Gives away the tracks that have waited long enough, the one unseen for longest first.</summary>
    private void Release(DateTimeOffset now, List<Track> into)
    {
        while (NextToRelease(now) is { } track)
        {
            _waiting.Remove(track);
            if (OtherPieceOf(track) is { } other)
            {
                other.Absorb(track);
                Merged++;
            }
            else
            {
                GiveAway(track, into);
            }
        }
    }

    private Track? NextToRelease(DateTimeOffset now)
    {
        Track? next = null;
        foreach (var track in _waiting)
        {
            var isDue = (now - track.LastSeenAt).Duration() >= options.MergeWindow || _waiting.Count > options.MaxOpenTracks;
            if (isDue && (next is null || track.LastSeenAt < next.LastSeenAt))
            {
                next = track;
            }
        }

        return next;
    }

    /// <summary>Another track of the same plate text that began before the window of this one was over, or null.</summary>
    private Track? OtherPieceOf(Track track)
    {
        foreach (var follower in _followers)
        {
            if (!follower.IsSpent && AreOnePassage(track, follower.Track))
            {
                return follower.Track;
            }
        }

        foreach (var other in _waiting)
        {
            if (AreOnePassage(track, other))
            {
                return other;
            }
        }

        return null;
    }

    private bool AreOnePassage(Track track, Track other)
    {
        var first = track.FirstSeenAt < other.FirstSeenAt ? track.FirstSeenAt : other.FirstSeenAt;
        var last = track.LastSeenAt > other.LastSeenAt ? track.LastSeenAt : other.LastSeenAt;
        return track.LeadingText == other.LeadingText
            && other.FirstSeenAt - track.LastSeenAt <= options.MergeWindow
            && last - first <= options.MaxAge;
    }

    /// <summary>Hands a track over, unless its plate gave a passage moments before.</summary>
    private void GiveAway(Track track, List<Track> into)
    {
        if (track.LeadingText is { } text)
        {
            foreach (var visit in _recent)
            {
                if (visit.Text == text && track.FirstSeenAt - visit.LastSeenAt < options.ReentryAfter)
                {
                    Repeated++;
                    Remember(text, track.LastSeenAt);
                    return;
                }
            }
        }

        Remember(track.LeadingText, track.LastSeenAt);
        into.Add(track);
    }

    private void Remember(string? text, DateTimeOffset at)
    {
        if (text is null)
        {
            return;
        }

        for (var i = 0; i < _recent.Count; i++)
        {
            if (_recent[i].Text == text)
            {
                _recent[i] = new Visit(text, at > _recent[i].LastSeenAt ? at : _recent[i].LastSeenAt);
                return;
            }
        }

        if (_recent.Count >= MaxRecent)
        {
            _recent.RemoveAt(0);
        }

        _recent.Add(new Visit(text, at));
    }

    private void Forget(DateTimeOffset now)
    {
        for (var i = _recent.Count - 1; i >= 0; i--)
        {
            if ((now - _recent[i].LastSeenAt).Duration() >= options.ReentryAfter)
            {
                _recent.RemoveAt(i);
            }
        }
    }

    private static bool Precedes(VehicleLook a, VehicleLook b)
    {
        if (a.Vehicle.X != b.Vehicle.X)
        {
            return a.Vehicle.X < b.Vehicle.X;
        }

        if (a.Vehicle.Y != b.Vehicle.Y)
        {
            return a.Vehicle.Y < b.Vehicle.Y;
        }

        if (a.Vehicle.Width != b.Vehicle.Width)
        {
            return a.Vehicle.Width < b.Vehicle.Width;
        }

        return a.Vehicle.Height != b.Vehicle.Height
            ? a.Vehicle.Height < b.Vehicle.Height
            : string.CompareOrdinal(a.Reading?.Text, b.Reading?.Text) < 0;
    }

    /// <summary>A plate that has given its passage, and when it was last in view.</summary>
    private readonly record struct Visit(string Text, DateTimeOffset LastSeenAt);
}
