using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Scenes;

namespace Dashiban.Edge.Tracking;

/// <summary>One vehicle's looks through one camera's view. Bounded memory, whatever the stream shows.</summary>
public sealed class Track
{
    /// <summary>No mainland plate is shorter.</summary>
    private const int ShortestPlate = 7;

    /// <summary>A reading less sure than this is not worth a picture.</summary>
    private const float FaintestEvidence = 0.2f;

    private readonly TrackingOptions _options;
    private readonly List<PlateLook> _looks = [];
    private readonly List<EvidenceShot> _shots = [];
    private Box _firstBox;
    private Box _lastBox;
    private int _pictureHeight;
    private string? _leadingText;
    private bool _leadingTextKnown;

    internal Track(TrackingOptions options, DateTimeOffset at, Box vehicle, int pictureHeight)
    {
        _options = options;
        FirstSeenAt = at;
        LastSeenAt = at;
        _firstBox = vehicle;
        _lastBox = vehicle;
        _pictureHeight = pictureHeight;
    }

    /// <summary>Capture time of the first look.</summary>
    public DateTimeOffset FirstSeenAt { get; private set; }

    /// <summary>Capture time of the last look that belongs to the track.</summary>
    public DateTimeOffset LastSeenAt { get; private set; }

    /// <summary>True where the lane stopped while the vehicle was in view.</summary>
    public bool Interrupted { get; internal set; }

    /// <summary>The readings kept for the vote, the surest ones, in no particular order.</summary>
    public IReadOnlyList<PlateLook> Looks => _looks;

    /// <summary>What the seat model said of every look.</summary>
    public BodyLooks Body { get; } = new();

    /// <summary>
    /// Which way the vehicle went: it comes where its region grows by a sixth in width or sinks by a tenth of the picture, and
    /// leaves where it shrinks or rises as much. Growth has the first word: a camera beside the road sees little else.
    /// </summary>
    public Heading Heading
    {
        get
        {
            var growth = _lastBox.Width / MathF.Max(1, _firstBox.Width);
            var sinking = (_lastBox.Centre.Y - _firstBox.Centre.Y) / Math.Max(1, _pictureHeight);
            return growth switch
            {
                > 7f / 6 => Heading.Approaching,
                < 6f / 7 => Heading.Leaving,
                _ when sinking > 0.1f => Heading.Approaching,
                _ when sinking < -0.1f => Heading.Leaving,
                _ => Heading.Unknown,
            };
        }
    }

    /// <summary>The surest reading so far; what new looks are compared with.</summary>
    internal PlateLook? Best { get; private set; }

    /// <summary>The text with the most confidence behind it, or null where nothing as long as a plate was read.</summary>
    internal string? LeadingText
    {
        get
        {
            if (!_leadingTextKnown)
            {
                _leadingText = FindLeadingText();
                _leadingTextKnown = true;
            }

            return _leadingText;
        }
    }

    /// <summary>
    /// Keeps the pictures of a look for which <see cref="TrackLook.WantsEvidence"/> was true. Call it before the tracker
    /// observes the next frame.
    /// </summary>
    public void Keep(EvidenceShot shot)
    {
        if (!Wants(shot.Look))
        {
            return;
        }

        var same = _shots.FindIndex(s => s.Look.Reading.Text == shot.Look.Reading.Text);
        if (same >= 0)
        {
            _shots[same] = shot;
        }
        else if (_shots.Count < _options.MaxEvidenceTexts)
        {
            _shots.Add(shot);
        }
        else
        {
            _shots[FaintestShot()] = shot;
        }
    }

    /// <summary>The pictures of exactly that look, or null where none were kept.</summary>
    internal EvidenceShot? ShotOf(PlateLook look)
    {
        foreach (var shot in _shots)
        {
            if (shot.Look.At == look.At && shot.Look.Reading.Text == look.Reading.Text)
            {
                return shot;
            }
        }

        return null;
    }

    /// <summary>Adds one look; answers whether its pictures are wanted.</summary>
    internal bool Add(DateTimeOffset at, VehicleLook look)
    {
        LastSeenAt = at;
        _lastBox = look.Vehicle;
        if (look.Seats is { } seats)
        {
            Body.Add(seats.Probabilities);
        }

        if (look.Reading is not { Characters.Count: > 0 } reading)
        {
            return false;
        }

        var layout = look.Plate is { IsDoubleRow: true } ? PlateLayout.DoubleRow : PlateLayout.SingleRow;
        var plate = new PlateLook(at, reading, layout, look.Plate?.Corners.Bounds.Width ?? 0);
        var wanted = Wants(plate);
        KeepLook(plate);
        return wanted;
    }

    /// <summary>Takes over everything from another piece of the same passage.</summary>
    internal void Absorb(Track other)
    {
        if (other.FirstSeenAt < FirstSeenAt)
        {
            FirstSeenAt = other.FirstSeenAt;
            _firstBox = other._firstBox;
            _pictureHeight = other._pictureHeight;
        }

        if (other.LastSeenAt > LastSeenAt)
        {
            LastSeenAt = other.LastSeenAt;
            _lastBox = other._lastBox;
            Interrupted = other.Interrupted;
        }

        Body.Add(other.Body);
        foreach (var look in other._looks)
        {
            KeepLook(look);
        }

        foreach (var shot in other._shots)
        {
            Keep(shot);
        }
    }

    private void KeepLook(PlateLook look)
    {
        _leadingTextKnown = false;
        if (Best is not { } best || look.IsSurerThan(best))
        {
            Best = look;
        }

        if (_looks.Count < _options.MaxLooks)
        {
            _looks.Add(look);
            return;
        }

        var faintest = 0;
        for (var i = 1; i < _looks.Count; i++)
        {
            if (_looks[faintest].IsSurerThan(_looks[i]))
            {
                faintest = i;
            }
        }

        if (look.IsSurerThan(_looks[faintest]))
        {
            _looks[faintest] = look;
        }
    }

    /// <summary>One picture per text, that of its surest look; beyond the limit of texts the faintest one goes.</summary>
    private bool Wants(PlateLook look)
    {
        if (look.Reading.WeakestConfidence < FaintestEvidence || look.Reading.Characters.Count < ShortestPlate)
        {
            return false;
        }

        foreach (var shot in _shots)
        {
            if (shot.Look.Reading.Text == look.Reading.Text)
            {
                return look.IsSurerThan(shot.Look);
            }
        }

        return _shots.Count < _options.MaxEvidenceTexts || look.IsSurerThan(_shots[FaintestShot()].Look);
    }

    private int FaintestShot()
    {
        var faintest = 0;
        for (var i = 1; i < _shots.Count; i++)
        {
            if (_shots[faintest].Look.IsSurerThan(_shots[i].Look))
            {
                faintest = i;
            }
        }

        return faintest;
    }

    private string? FindLeadingText()
    {
        string? leader = null;
        var most = -1L;
        foreach (var candidate in _looks)
        {
            var text = candidate.Reading.Text;
            if (text.Length < ShortestPlate || text == leader)
            {
                continue;
            }

            // Whole numbers, so that the order of the looks cannot decide a tie.
            var weight = 0L;
            foreach (var look in _looks)
            {
                weight += look.Reading.Text == text ? (long)(Math.Clamp(look.Reading.WeakestConfidence, 0, 1) * 1_000_000) : 0;
            }

            if (weight > most || (weight == most && string.CompareOrdinal(text, leader) < 0))
            {
                leader = text;
                most = weight;
            }
        }

        return leader;
    }
}
