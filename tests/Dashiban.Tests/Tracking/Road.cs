using Dashiban.Edge.Tracking;
using Dashiban.Vision.Reading;
using Dashiban.Vision.Scenes;

namespace Dashiban.Tests.Tracking;

/// <summary>One vehicle on a straight path through the picture; null where it shows nothing at that moment.</summary>
internal sealed record RoadUser(
    string Plate,
    double From,
    double Until,
    Func<double, (float X, float Y, float Width)> Path,
    Func<double, PlateReading?>? Read = null)
{
    public VehicleLook? LookAt(double seconds)
    {
        if (seconds < From || seconds > Until)
        {
            return null;
        }

        var (x, y, width) = Path(seconds - From);
        return SomeLook.Vehicle(x, y, width, Read is null ? SomeLook.Reading(Plate) : Read(seconds));
    }

    /// <summary>Comes nearer in its lane: grows from 120 to 400 pixels and sinks through the picture in <paramref name="seconds"/>.</summary>
    public static RoadUser Approaching(string plate, double from, double seconds, float lane, Func<double, PlateReading?>? read = null) =>
        new(plate, from, from + seconds, t => ((float)(lane + ((lane - 960) * t / seconds)), (float)(300 + (600 * t / seconds)), (float)(120 + (280 * t / seconds))), read);

    public static RoadUser Standing(string plate, double from, double until, float x, float y, Func<double, PlateReading?>? read = null) =>
        new(plate, from, until, _ => (x, y, 260), read);
}

/// <summary>Drives road users past a tracker, frame by frame, and collects what it gives.</summary>
internal static class Road
{
    public static (List<Track> Tracks, List<List<TrackLook>> Frames) Drive(
        IReadOnlyList<RoadUser> users,
        double seconds,
        double framesPerSecond,
        TrackingOptions? options = null,
        Func<int, IEnumerable<VehicleLook>, IEnumerable<VehicleLook>>? order = null)
    {
        var tracker = new Tracker(options ?? new TrackingOptions());
        var closed = new List<Track>();
        var frames = new List<List<TrackLook>>();
        for (var i = 0; i / framesPerSecond <= seconds; i++)
        {
            var at = SomeLook.Start.AddSeconds(i / framesPerSecond);
            var looks = users.Select(u => u.LookAt(i / framesPerSecond)).OfType<VehicleLook>();
            var into = new List<TrackLook>();
            tracker.Observe(at, 1920, 1080, [.. order?.Invoke(i, looks) ?? looks], into);
            foreach (var (track, look, _) in into.Where(l => l.WantsEvidence))
            {
                track.Keep(Shot(at, look));
            }

            frames.Add(into);
            tracker.CloseExpired(at, closed);
        }

        tracker.CloseAll(closed, interrupted: true);
        return (closed, frames);
    }

    /// <summary>Pictures that can be recognised again: the crop says which moment and which text it was taken of.</summary>
    public static EvidenceShot Shot(DateTimeOffset at, VehicleLook look) => new(
        at,
        look.Reading!,
        look.Plate?.Corners.Bounds.Width ?? 0,
        System.Text.Encoding.UTF8.GetBytes($"crop {at:O} {look.Reading!.Text}"),
        System.Text.Encoding.UTF8.GetBytes($"scene {at:O} {look.Reading.Text}"));
}
