using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;

namespace Dashiban.Testing;

/// <summary>Passages as tests say them: who, where, when. Numbers them per outbox as an edge would.</summary>
public sealed class Journeys
{
    public static readonly Guid Outbox = Guid.Parse("0e1f2a3b-0000-4000-8000-000000000001");

    /// <summary>Three sites half an hour and more apart.</summary>
    public static readonly SiteMap County = new(
        [
            new Site("xinli", "新立服务区", "Xinli service area"),
            new Site("chengxi", "澄溪出口", "Chengxi exit"),
            new Site("dashi", "大石场镇", "Dashi town"),
        ],
        [
            new TravelTime("xinli", "chengxi", TimeSpan.FromMinutes(25)),
            new TravelTime("xinli", "dashi", TimeSpan.FromMinutes(40)),
            new TravelTime("chengxi", "dashi", TimeSpan.FromMinutes(15)),
        ]);

    /// <summary>A register entry of seven seats.</summary>
    public static readonly SeatEvidence SevenSeats = new([SeatFusion.FromRegister(7)]);

    /// <summary>A register entry of five seats.</summary>
    public static readonly SeatEvidence FiveSeats = new([SeatFusion.FromRegister(5)]);

    private readonly List<RecordedPassage> _passages = [];

    public IReadOnlyList<RecordedPassage> All => _passages;

    /// <summary>Monday 2 March 2026, county time, plus days, at an hour such as 8.5 for half past eight.</summary>
    public static DateTimeOffset At(double hour, int day = 0) =>
        new DateTimeOffset(2026, 3, 2, 0, 0, 0, CountyTime.Offset).AddDays(day).AddSeconds(Math.Round(hour * 3600));

    /// <summary>One sure passage.</summary>
    public static Passage Pass(string plate, string site, DateTimeOffset at, SeatEvidence? seats = null, float confidence = 0.99f) => new()
    {
        Site = site,
        Camera = $"{site}-1",
        CapturedAt = at,
        FirstSeenAt = at.AddSeconds(-1),
        LastSeenAt = at.AddSeconds(1),
        Plate = new PlateText(plate),
        Colour = PlateColour.Blue,
        Layout = PlateLayout.SingleRow,
        CharacterConfidences = [.. Enumerable.Repeat(confidence, plate.Length)],
        AgreeingLooks = 5,
        Looks = 6,
        Seats = seats ?? SevenSeats,
        Heading = Heading.Approaching,
    };

    public Journeys Add(Passage passage)
    {
        _passages.Add(new RecordedPassage(new PassageId(Outbox, _passages.Count + 1), passage));
        return this;
    }

    public Journeys Add(string plate, string site, DateTimeOffset at, SeatEvidence? seats = null) => Add(Pass(plate, site, at, seats));

    /// <summary>There and back: leaves <paramref name="from"/> at the hour, half an hour each way, quarter of an hour there.</summary>
    public Journeys ThereAndBack(string plate, string from, string to, DateTimeOffset at, SeatEvidence? seats = null) => this
        .Add(plate, from, at, seats)
        .Add(plate, to, at.AddMinutes(45), seats)
        .Add(plate, from, at.AddMinutes(100), seats);
}
