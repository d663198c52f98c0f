using CsCheck;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;

namespace Dashiban.Testing;

/// <summary>Passages for tests, typical and generated.</summary>
public static class SomePassages
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(8));

    private static readonly Gen<string> Plates =
        from province in Gen.Char["渝川鄂贵"]
        from tail in Gen.Char["ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"].Array[6, 7]
        select province + new string(tail);

    private static readonly Gen<SeatWitness> Witnesses = Gen.Select(
        Gen.Enum<SeatWitnessKind>(), Gen.Double[-20, 20], Gen.Enum<SeatClass>(), Gen.Int[0, 60].Nullable(), Gen.Int[0, 100], Gen.Enum<PlateClass>(),
        (kind, odds, body, seats, looks, plate) => new SeatWitness(kind, odds, body, seats, looks, plate));

    /// <summary>Every kind of passage that may leave an edge.</summary>
    public static Gen<Passage> Any { get; } =
        from plate in Plates
        from confidences in Gen.Float[0, 1].Array[plate.Length]
        from at in Gen.Long[0, 400L * 24 * 3600 * 1000]
        from before in Gen.Int[0, 60_000]
        from after in Gen.Int[0, 60_000]
        from looks in Gen.Int[0, 200]
        from agreeing in Gen.Int[0, looks]
        from witnesses in Witnesses.List[0, 4]
        from kinds in Gen.Select(Gen.Enum<PlateColour>(), Gen.Enum<PlateLayout>(), Gen.Enum<Heading>(), Gen.Bool)
        from offset in Gen.Int[-5_000, 5_000].Nullable()
        from scene in Gen.Bool
        from crop in Gen.Byte.Array[0, 400]
        let captured = Monday.AddMilliseconds(at)
        select new Passage
        {
            Site = "xinli-service-area",
            Camera = "xinli-in",
            CapturedAt = captured,
            FirstSeenAt = captured.AddMilliseconds(-before),
            LastSeenAt = captured.AddMilliseconds(after),
            Plate = new PlateText(plate),
            Colour = kinds.Item1,
            Layout = kinds.Item2,
            CharacterConfidences = confidences,
            AgreeingLooks = agreeing,
            Looks = looks,
            Seats = new SeatEvidence(witnesses),
            Heading = kinds.Item3,
            Interrupted = kinds.Item4,
            ClockOffset = offset is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
            SceneSha256 = scene ? new string('a', 64) : null,
            PlateCropJpeg = crop.Length == 0 ? ReadOnlyMemory<byte>.Empty : new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 }.Concat(crop).ToArray(),
        };

    /// <summary>A minibus read well by one camera.</summary>
    public static Passage Minibus(string plate = "渝BD1234", DateTimeOffset? at = null, string site = "xinli-service-area", string camera = "xinli-in") => new()
    {
        Site = site,
        Camera = camera,
        CapturedAt = at ?? Monday,
        FirstSeenAt = (at ?? Monday).AddSeconds(-2),
        LastSeenAt = (at ?? Monday).AddSeconds(1),
        Plate = new PlateText(plate),
        Colour = PlateColour.Yellow,
        Layout = PlateLayout.SingleRow,
        CharacterConfidences = [.. Enumerable.Repeat(0.99f, plate.Length)],
        AgreeingLooks = 9,
        Looks = 11,
        Seats = new SeatEvidence([
            new SeatWitness(SeatWitnessKind.PlateClass, -1.1, SeatClass.Unknown, Plate: PlateClass.Large),
            new SeatWitness(SeatWitnessKind.Picture, 2.2, SeatClass.Minibus10To19, Looks: 11)]),
        Heading = Heading.Approaching,
    };

    /// <summary>A private car, read as well: nothing hints at seven seats.</summary>
    public static Passage Car(string plate = "渝A12345", DateTimeOffset? at = null) => Minibus(plate, at) with
    {
        Colour = PlateColour.Blue,
        Seats = new SeatEvidence([
            new SeatWitness(SeatWitnessKind.PlateClass, -2.4, SeatClass.Unknown, Plate: PlateClass.Small),
            new SeatWitness(SeatWitnessKind.Picture, -3, SeatClass.CarLe6, Looks: 11)]),
    };
}
