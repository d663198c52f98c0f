using Dashiban.Vision.Imaging;
using Dashiban.Vision.Reading;
using Dashiban.Vision.Scenes;

namespace Dashiban.Edge.Tracking;

/// <summary>A vehicle in view: where it is, where it will be, and how well a look fits it.</summary>
internal sealed class Follower(Track track, DateTimeOffset at, VehicleLook first)
{
    /// <summary>A text as sure as this may forbid a match; below, it only counts against it.</summary>
    private const float SureText = 0.5f;

    /// <summary>Vehicles further apart than this many widths are never one, whatever time has passed.</summary>
    private const float FarthestReach = 1.5f;

    /// <summary>The same, where both read exactly the same plate.</summary>
    private const float FarthestReachOfText = 6;

    private static readonly TimeSpan LongestForecast = TimeSpan.FromSeconds(0.5);

    private Box _box = first.Vehicle;
    private float _velocityX;
    private float _velocityY;
    private bool _moves;

    public Track Track { get; } = track;

    /// <summary>Capture time of the last look, also where the track has been given away.</summary>
    public DateTimeOffset LastSeenAt { get; private set; } = at;

    /// <summary>True once the track was given away while its vehicle is still in view.</summary>
    public bool IsSpent { get; set; }

    /// <summary>
    /// How well a look fits, 0 where it cannot be this vehicle. Overlap and closeness to the expected place give up to one point
    /// each, an equal plate text one more. Two texts that are both sure and differ in three characters and more are two vehicles,
    /// however well the places agree: this keeps a parked car's plate from the car that passes in front of it.
    /// </summary>
    public double Fit(DateTimeOffset at, VehicleLook look)
    {
        var text = Compare(Track.Best?.Reading, look.Reading);
        if (text == TextAgreement.Contradiction)
        {
            return 0;
        }

        var seconds = (float)(at - LastSeenAt).TotalSeconds;
        var expected = Expected(seconds);
        var size = MathF.Max(MathF.Max(_box.Width, look.Vehicle.Width), 1);
        var distance = Distance(expected.Centre, look.Vehicle.Centre) / size;
        var reach = MathF.Min(0.5f + ((_moves ? 1.5f : 3f) * MathF.Max(0, seconds)), FarthestReach);
        var overlap = expected.IntersectionOverUnion(look.Vehicle);
        var isNear = distance <= reach && HasSimilarSize(look.Vehicle);
        if (!isNear && !(text == TextAgreement.Same && distance <= FarthestReachOfText))
        {
            return 0;
        }

        var place = 0.01 + overlap + MathF.Max(0, 1 - (distance / reach));
        return text switch
        {
            TextAgreement.Same => place + 1,
            TextAgreement.Similar => place + 0.5,
            TextAgreement.Different => place * 0.5,
            _ => place,
        };
    }

    /// <summary>Moves to where the look is; answers whether its pictures are wanted.</summary>
    public bool Follow(DateTimeOffset at, VehicleLook look, TimeSpan maxAge)
    {
        Move(at, look.Vehicle);
        return !IsSpent && at - Track.FirstSeenAt <= maxAge && Track.Add(at, look);
    }

    private void Move(DateTimeOffset at, Box box)
    {
        var seconds = (float)(at - LastSeenAt).TotalSeconds;
        if (seconds > 0.001f)
        {
            // Half the new speed, half the old: one jittering box must not throw the forecast.
            var share = _moves ? 0.5f : 1;
            _velocityX += share * (((box.Centre.X - _box.Centre.X) / seconds) - _velocityX);
            _velocityY += share * (((box.Centre.Y - _box.Centre.Y) / seconds) - _velocityY);
            _moves = true;
        }

        _box = box;
        LastSeenAt = at;
    }

    private Box Expected(float seconds)
    {
        var ahead = Math.Clamp(seconds, 0, (float)LongestForecast.TotalSeconds);
        return _box with { X = _box.X + (_velocityX * ahead), Y = _box.Y + (_velocityY * ahead) };
    }

    /// <summary>Between two looks a vehicle may come twice as near, not four times.</summary>
    private bool HasSimilarSize(Box other)
    {
        var ratio = other.Width / MathF.Max(1, _box.Width);
        return ratio is > 0.5f and < 2;
    }

    private static float Distance(PicturePoint a, PicturePoint b) => MathF.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));

    private static TextAgreement Compare(PlateReading? known, PlateReading? seen)
    {
        if (known is null || seen is null || known.Text.Length < 5 || seen.Text.Length < 5)
        {
            return TextAgreement.Unknown;
        }

        var distance = PlateTextDistance.Between(known.Text, seen.Text);
        var areSure = known.WeakestConfidence >= SureText && seen.WeakestConfidence >= SureText;
        return distance switch
        {
            0 => TextAgreement.Same,
            1 => TextAgreement.Similar,
            2 => TextAgreement.Unknown,
            _ => areSure ? TextAgreement.Contradiction : TextAgreement.Different,
        };
    }

    private enum TextAgreement
    {
        Unknown,
        Same,
        Similar,
        Different,
        Contradiction,
    }
}
