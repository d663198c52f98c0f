using CsCheck;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Lists;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Rules;
using Dashiban.Domain.Seats;

namespace Dashiban.Testing;

/// <summary>
/// Random counties: a site map, a few vehicles that shuttle, commute or wander, misread plates, a rule pack with lists, and the
/// passages in an arrival order that has nothing to do with capture order, some of them twice.
/// </summary>
public static class RandomCounty
{
    private static readonly string[] SiteNames = ["a", "b", "c", "d"];
    private static readonly string[] Plates = ["渝B8S501", "渝B85501", "川B8S501", "渝BD1234", "渝BQ1234", "渝A66666"];

    private static readonly PlateColour[] Colours = [PlateColour.Blue, PlateColour.Blue, PlateColour.Unknown, PlateColour.Yellow];

    /// <param name="Pack">Rules, sites and lists.</param>
    /// <param name="Passages">In the order of their numbers.</param>
    /// <param name="Arrivals">The same in the order of arrival, some twice.</param>
    public sealed record World(RulePack Pack, IReadOnlyList<RecordedPassage> Passages, IReadOnlyList<RecordedPassage> Arrivals);

    public static Gen<World> Gen { get; } =
        from sites in CsCheck.Gen.Int[2, 4]
        from plates in CsCheck.Gen.Int[1, Plates.Length]
        from busyFrom in CsCheck.Gen.Int[6, 15]
        from minutes in CsCheck.Gen.Int[5, 45].Array[6]
        from passages in OnePassage(sites, plates, busyFrom).Array[1, 60]
        from allowed in CsCheck.Gen.Bool
        from watched in CsCheck.Gen.Bool
        from order in CsCheck.Gen.Shuffle(Enumerable.Range(0, passages.Length).ToArray())
        from doubled in CsCheck.Gen.Int[0, passages.Length - 1].Array[0, 10]
        let recorded = passages.Select((p, i) => new RecordedPassage(new PassageId(Journeys.Outbox, i + 1), p)).ToArray()
        select new World(Pack(sites, minutes, allowed, watched), recorded, [.. order.Concat(doubled).Select(i => recorded[i])]);

    /// <summary>Three in four on one busy day, the rest spread over nine days; three in four read surely, the rest anyhow.</summary>
    private static Gen<Passage> OnePassage(int sites, int plates, int busyFrom) =>
        from plate in CsCheck.Gen.Int[0, plates - 1].Select(i => Plates[i])
        from site in CsCheck.Gen.Int[0, sites - 1]
        from camera in CsCheck.Gen.Int[1, 2]
        from minute in CsCheck.Gen.Int[0, 9 * 24 * 6]
        from busy in CsCheck.Gen.Int[0, 3]
        from unsure in CsCheck.Gen.Int[0, 3]
        from confidences in CsCheck.Gen.Float[0.5f, 1f].Array[plate.Length]
        from colour in CsCheck.Gen.Int[0, 3].Select(i => Colours[i])
        from seats in CsCheck.Gen.Double[1, 6]
        from heading in CsCheck.Gen.Enum<Heading>()
        select Journeys.Pass(plate, SiteNames[site], Journeys.At(0).AddMinutes(busy > 0 ? busyFrom * 60 + minute % 480 : minute * 10)) with
        {
            Camera = $"{SiteNames[site]}-{camera}",
            CharacterConfidences = unsure == 0 ? confidences : [.. confidences.Select(_ => 0.95f)],
            Colour = colour,
            Heading = heading,
            Seats = new SeatEvidence(
            [
                SeatFusion.FromPlate(PlateClass.Small)!,
                new SeatWitness(SeatWitnessKind.Picture, seats, SeatClass.Van7To9, Looks: 3),
            ]),
        };

    private static RulePack Pack(int sites, int[] minutes, bool allowed, bool watched)
    {
        var pairs = from a in Enumerable.Range(0, sites) from b in Enumerable.Range(a + 1, sites - a - 1) select (a, b);
        var plate = new PlateText(Plates[0]);
        var week = new Period(Journeys.At(0, 1), Journeys.At(0, 3));
        return new RulePack
        {
            Options = new RuleOptions
            {
                RoundTrips = new RoundTripOptions { MinimumTrips = 2 },
                DailyReturn = new DailyReturnOptions { MinimumDays = 2 },
                GateFrequency = new GateFrequencyOptions { MinimumSightings = 5, MinimumDays = 2, BandHours = 6, BandShare = 0.4 },
                ClonedPlate = new ClonedPlateOptions { SureCharacter = 0.55 },
            },
            Sites = new SiteMap(
                [.. SiteNames.Take(sites).Select(s => new Site(s, s, s))],
                [.. pairs.Select((p, i) => new TravelTime(SiteNames[p.a], SiteNames[p.b], TimeSpan.FromMinutes(minutes[i])))]),
            Allowed = allowed ? [new AllowEntry(plate, AllowKind.SchoolTrip, "教委", "研学", week.Start, week.End)] : [],
            Watched = watched ? [new WatchEntry(plate, "协查", "交通执法大队", "值班室", week.Start, week.End)] : [],
        };
    }
}
