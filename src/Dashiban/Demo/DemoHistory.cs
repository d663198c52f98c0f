using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;
using Dashiban.SyntheticRoad.Plates;

namespace Dashiban.Demo;

/// <summary>
/// The days before the demo: passages with past capture times that travel the same outbox and broker as live ones. A pattern needs days;
/// the live cameras add the passage that completes it. Pure: the same moment gives the same history.
/// </summary>
internal static class DemoHistory
{
    private const int Days = 6;

    private static readonly TimeSpan CloneAgo = TimeSpan.FromMinutes(150);

    /// <summary>Two windows of twelve hours never share a passage of another day and one of today's chain.</summary>
    private static readonly TimeSpan Untold = TimeSpan.FromHours(13);

    /// <summary>Passages before <paramref name="now"/>, by capture time.</summary>
    public static IReadOnlyList<Passage> Before(DateTimeOffset now)
    {
        var told = new List<Passage>();
        for (var day = Days; day >= 1; day--)
        {
            var midnight = CountyTime.StartOf(CountyTime.DateOf(now).AddDays(-day));
            told.AddRange(WorkingDay(midnight).Where(p => p.CapturedAt < now - Untold));
        }

        told.AddRange(Today(now));
        return [.. told.OrderBy(p => p.CapturedAt)];
    }

    /// <summary>
    /// Whether the clone's earlier occurrence and the live one, over at <paramref name="until"/>, lie in one calendar week; a demo in the
    /// last minutes of a Sunday or the first hours of a Monday has no second occurrence in the week, and must raise no lead on it.
    /// </summary>
    public static bool ShowsClone(DateTimeOffset now, DateTimeOffset until) =>
        Periods.Weeks.Containing(now - CloneAgo).All(week => week.Contains(until));

    private static IEnumerable<Passage> WorkingDay(DateTimeOffset midnight)
    {
        // The planted vehicle: to the service area and back, morning and evening; one round trip a time draws no attention yet.
        foreach (var passage in There(DemoScenario.Shuttle, midnight.AddHours(6.6)).Concat(There(DemoScenario.Shuttle, midnight.AddHours(17.2))))
        {
            yield return passage;
        }

        // The licensed coach shuttles all day, the school bus and the declared journey run to a timetable.
        for (var hour = 6.0; hour < 20; hour += 2.5)
        {
            foreach (var passage in There(DemoScenario.LicensedCoach, midnight.AddHours(hour)))
            {
                yield return passage;
            }
        }

        foreach (var vehicle in DemoScenario.Commuters.Append(DemoScenario.SchoolBus).Append(DemoScenario.DeclaredJourney))
        {
            var jitter = TimeSpan.FromMinutes(vehicle.Plate[^1] % 7 * 4);
            foreach (var passage in There(vehicle, midnight.AddHours(7) + jitter).Concat(There(vehicle, midnight.AddHours(17.5) + jitter)))
            {
                yield return passage;
            }
        }

        foreach (var (index, minute) in Enumerable.Range(0, 90).Select(i => (i, Minute: (i * 151) % 1200)))
        {
            yield return Stranger(index, midnight.AddMinutes(120 + minute));
        }
    }

    /// <summary>Chengxi exit → service area in and out → Chengxi exit.</summary>
    private static IEnumerable<Passage> There(DemoVehicle vehicle, DateTimeOffset start)
    {
        yield return Seen(vehicle, DemoScenario.Exit, "chengxi-exit", start);
        yield return Seen(vehicle, DemoScenario.ServiceArea, "xinli-in", start.AddMinutes(31));
        yield return Seen(vehicle, DemoScenario.ServiceArea, "xinli-out", start.AddMinutes(44));
        yield return Seen(vehicle, DemoScenario.Exit, "chengxi-exit", start.AddMinutes(73));
    }

    /// <summary>Two and a half round trips of the planted vehicle; the camera at the service area completes the third.</summary>
    private static IEnumerable<Passage> Today(DateTimeOffset now)
    {
        (double MinutesAgo, bool AtServiceArea)[] stops = [(265, true), (215, false), (172, true), (128, false), (86, true), (41, false)];
        foreach (var (ago, atServiceArea) in stops)
        {
            var at = now.AddMinutes(-ago);
            if (atServiceArea)
            {
                yield return Seen(DemoScenario.Shuttle, DemoScenario.ServiceArea, "xinli-in", at);
                yield return Seen(DemoScenario.Shuttle, DemoScenario.ServiceArea, "xinli-out", at.AddMinutes(9));
            }
            else
            {
                yield return Seen(DemoScenario.Shuttle, DemoScenario.Exit, "chengxi-exit", at);
            }
        }

        // The cloned number was at both ends within six minutes once before.
        yield return Seen(DemoScenario.Cloned, DemoScenario.Exit, "chengxi-exit", now - CloneAgo);
        yield return Seen(DemoScenario.Cloned, DemoScenario.ServiceArea, "xinli-in", now - CloneAgo + TimeSpan.FromMinutes(6));
    }

    private static Passage Stranger(int index, DateTimeOffset at)
    {
        const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
        const string Provinces = "渝川鄂贵湘陕";
        var serial = (index * 7919 + 104729) % 100_000;
        var text = $"{Provinces[index % Provinces.Length]}{Letters[index % Letters.Length]}{serial:00000}";
        var vehicle = new DemoVehicle(new PlateFace(text, PlateStyle.Blue), default, default, 5);
        var camera = DemoScenario.Cameras[index % DemoScenario.Cameras.Count];
        return Seen(vehicle, camera.Site, camera.Scene.Id, at);
    }

    /// <summary>A passage as a camera would have voted it.</summary>
    internal static Passage Seen(DemoVehicle vehicle, string site, string camera, DateTimeOffset at)
    {
        var colour = vehicle.Face.Style switch
        {
            PlateStyle.Blue => PlateColour.Blue,
            PlateStyle.GreenSmall => PlateColour.Green,
            PlateStyle.YellowGreen => PlateColour.YellowGreen,
            PlateStyle.White => PlateColour.White,
            PlateStyle.Black => PlateColour.Black,
            _ => PlateColour.Yellow,
        };
        var plate = PlateGrammar.Judge(vehicle.Plate, colour, PlateLayout.SingleRow).Class;
        return new Passage
        {
            Site = site,
            Camera = camera,
            CapturedAt = at,
            FirstSeenAt = at.AddSeconds(-1.2),
            LastSeenAt = at.AddSeconds(0.8),
            Plate = new PlateText(vehicle.Plate),
            Colour = colour,
            Layout = PlateLayout.SingleRow,
            CharacterConfidences = [.. vehicle.Plate.Select(_ => 0.97f)],
            AgreeingLooks = 9,
            Looks = 10,
            Heading = Heading.Approaching,
            ClockOffset = TimeSpan.Zero,
            Seats = SeatFusion.Fuse(plate, vehicle.Seats, new BodyLooks(), SeatModelTrust.Unmeasured),
        };
    }
}
