using Dashiban.Domain.Correlation;
using Dashiban.Domain.Plates;

namespace Dashiban.Domain.Seats;

/// <summary>Joins the witnesses of a vehicle's seats. Pure.</summary>
public static class SeatFusion
{
    /// <summary>
    /// Log-odds of a register entry: one entry in a thousand is taken to be wrong (typed wrongly, rebuilt, or the plate was
    /// misread). More than the plate class and any picture together can be worth.
    /// </summary>
    public const double RegisterLogOdds = 6.9;

    /// <summary>No model is believed more than this, whatever was measured: its test set is not this county.</summary>
    public const double MaxReliability = 0.95;

    /// <summary>Looks that a picture needs before it can carry a verdict of 7 seats and more without the register.</summary>
    public const int MinPictureLooks = 3;

    /// <summary>
    /// Assumption, not measured: 8 % of the vehicles on small plates seat 7 to 9 (vans, MPV and SUV with a third row). It makes
    /// a model with less than 92 % balanced accuracy unable to carry a small plate alone, which is the intention. The county's
    /// own share takes its place once a register shows it.
    /// </summary>
    public const double SevenPlusOnSmall = 0.08;

    /// <summary>
    /// Assumption, not measured: a quarter of the vehicles on yellow plates at a checkpoint are buses, the rest goods vehicles. A
    /// picture can carry a yellow plate from 75 % balanced accuracy on.
    /// </summary>
    public const double BusOnLarge = 0.25;

    /// <summary>Assumption, not measured: half of the vehicles on large new-energy plates are buses; towns buy electric buses first.</summary>
    public const double BusOnLargeNewEnergy = 0.5;

    /// <summary>All witnesses that there are.</summary>
    /// <param name="plate">Class of the plate.</param>
    /// <param name="registered">Approved seats from the register; null where it does not know the plate.</param>
    /// <param name="body">The seat model's looks.</param>
    /// <param name="trust">How far that model may be believed.</param>
    public static SeatEvidence Fuse(PlateClass plate, int? registered, BodyLooks body, SeatModelTrust trust)
    {
        var witnesses = new List<SeatWitness>(3);
        if (registered is { } seats)
        {
            witnesses.Add(FromRegister(seats));
        }

        if (FromPlate(plate) is { } plateWitness)
        {
            witnesses.Add(plateWitness);
        }

        if (FromPicture(body, plate, trust) is { } pictureWitness)
        {
            witnesses.Add(pictureWitness);
        }

        return witnesses.Count == 0 ? SeatEvidence.None : new SeatEvidence(witnesses);
    }

    /// <summary>What the register says.</summary>
    public static SeatWitness FromRegister(int seats) => new(
        SeatWitnessKind.Register,
        seats >= 7 ? RegisterLogOdds : -RegisterLogOdds,
        seats switch
        {
            >= 20 => SeatClass.CoachGe20,
            >= 10 => SeatClass.Minibus10To19,
            >= 7 => SeatClass.Van7To9,
            _ => SeatClass.CarLe6,
        },
        Seats: seats);

    /// <summary>What the class of the plate says: the share of 7 seats and more among its vehicles. Null for an unknown class.</summary>
    public static SeatWitness? FromPlate(PlateClass plate) => plate == PlateClass.Unknown
        ? null
        : new SeatWitness(SeatWitnessKind.PlateClass, LogOdds(BaseRate(plate)), NamedBy(plate), Plate: plate);

    /// <summary>
    /// What the picture says. Classes that the plate rules out are left out, the rest is a logarithmic pool over the looks. Looks
    /// of one vehicle are anything but independent (correlation taken as 0.5), so ever more of them count at most twice; the cap
    /// is what the model was measured to be worth. Null where there was no look.
    /// </summary>
    public static SeatWitness? FromPicture(BodyLooks body, PlateClass plate, SeatModelTrust trust)
    {
        if (body.Count == 0)
        {
            return null;
        }

        var bodies = PossibleBodies.On(plate, body);
        var cap = LogOdds(Math.Clamp(plate.IsLarge() ? trust.LargePlates : trust.SmallPlates, 0.5, MaxReliability));
        var weight = EffectiveLooks(body.Count) * bodies.Share;
        return new SeatWitness(
            SeatWitnessKind.Picture,
            Math.Clamp(weight * Math.Log(bodies.SevenPlus / bodies.Fewer), -cap, cap),
            bodies.Likeliest,
            Looks: body.Count);
    }

    /// <summary>
    /// Joins what several passages of one vehicle say; their order does not matter. The register and the plate class say the
    /// same each time and count once (the commonest statement, where passages differ). Pictures are averaged, not added: a model
    /// that takes this vehicle for a van does so every day, and repeating it is no further evidence.
    /// </summary>
    public static SeatEvidence Combine(IEnumerable<SeatEvidence> passages)
    {
        var all = passages.SelectMany(p => p.Witnesses).ToLookup(w => w.Kind);
        var witnesses = new List<SeatWitness>(3);
        witnesses.AddRange(Commonest(all[SeatWitnessKind.Register]));
        witnesses.AddRange(Commonest(all[SeatWitnessKind.PlateClass]));
        witnesses.AddRange(Average([.. all[SeatWitnessKind.Picture]]));
        return witnesses.Count == 0 ? SeatEvidence.None : new SeatEvidence(witnesses);
    }

    /// <summary>
    /// <see cref="SeatVerdict.SevenPlus"/> needs a probability of at least one half and, besides, the register or a picture of
    /// at least <see cref="MinPictureLooks"/> looks on a plate whose class allows it. <see cref="SeatVerdict.Truck"/> needs a
    /// class of goods vehicles and a witness who saw one. <see cref="SeatVerdict.UpTo6"/> needs a probability of at most a
    /// quarter and nobody who speaks of this very vehicle (register, picture) pointing the other way. All else is unknown.
    /// </summary>
    public static SeatVerdict Judge(SeatEvidence evidence)
    {
        var register = evidence.Of(SeatWitnessKind.Register);
        var picture = evidence.Of(SeatWitnessKind.Picture);
        var plate = evidence.Of(SeatWitnessKind.PlateClass)?.Plate ?? PlateClass.Unknown;
        if (IsTruck(plate, register, picture))
        {
            return SeatVerdict.Truck;
        }

        var probability = evidence.SevenPlusProbability;
        if (probability >= 0.5 && (register is not null || (AllowsSevenPlus(plate) && picture?.Looks >= MinPictureLooks)))
        {
            return SeatVerdict.SevenPlus;
        }

        var somebodyKnowsBetter = register is { LogOdds: > 0 } || (register is null && picture is null or { LogOdds: > 0 });
        return evidence.Witnesses.Count > 0 && probability <= 0.25 && !somebodyKnowsBetter ? SeatVerdict.UpTo6 : SeatVerdict.Unknown;
    }

    /// <summary>Where two witnesses contradict each other, a sentence that names both; a picture worth less than 4 to 3 contradicts nobody.</summary>
    public static Reason? Contradiction(SeatEvidence evidence)
    {
        if (evidence.Of(SeatWitnessKind.Register) is not { Seats: { } seats } register)
        {
            return null;
        }

        if (evidence.Of(SeatWitnessKind.Picture) is { } picture
            && Math.Abs(picture.LogOdds) >= Math.Log(4.0 / 3)
            && picture.LogOdds > 0 != register.LogOdds > 0)
        {
            var seen = picture.LogOdds > 0 ? ("7 座及以上", "7 seats and more") : ("6 座及以下", "6 seats and fewer");
            return new Reason($"系统判 {seen.Item1}, 登记 {seats} 座", $"The picture says {seen.Item2}, the register {seats}");
        }

        var plate = evidence.Of(SeatWitnessKind.PlateClass)?.Plate ?? PlateClass.Unknown;
        if (plate.IsSmall() && seats > 9)
        {
            return new Reason($"小型号牌至多 9 座, 登记 {seats} 座", $"A small plate allows 9 seats, the register says {seats}");
        }

        return plate.IsLarge() && seats is >= 7 and <= 9
            ? new Reason($"大型号牌为 10 座及以上或货车, 登记 {seats} 座", $"A large plate means 10 seats and more or goods, the register says {seats}")
            : null;
    }

    private static bool IsTruck(PlateClass plate, SeatWitness? register, SeatWitness? picture) => plate switch
    {
        PlateClass.Trailer => true,
        _ when !plate.IsLarge() => false,
        _ when register is not null => register.LogOdds < 0,
        _ => picture is { LogOdds: <= 0, Looks: >= MinPictureLooks },
    };

    private static bool AllowsSevenPlus(PlateClass plate) =>
        plate != PlateClass.Unknown && (plate.Seats().Max is not { } max || max >= 7);

    private static double BaseRate(PlateClass plate) => plate switch
    {
        PlateClass.Large => BusOnLarge,
        PlateClass.LargeNewEnergy => BusOnLargeNewEnergy,
        PlateClass.Trailer or PlateClass.Moped or PlateClass.Tractor => 0.03,
        _ => SevenPlusOnSmall,
    };

    private static SeatClass NamedBy(PlateClass plate) => plate switch
    {
        PlateClass.Trailer => SeatClass.Truck,
        PlateClass.Moped or PlateClass.Tractor => SeatClass.Other,
        _ => SeatClass.Unknown,
    };

    /// <summary>Kish: n equally correlated observations are worth n / (1 + (n − 1)ρ) independent ones.</summary>
    private static double EffectiveLooks(int looks) => looks / (1 + ((looks - 1) * 0.5));

    private static double LogOdds(double probability) => Math.Log(probability / (1 - probability));

    private static IEnumerable<SeatWitness> Commonest(IEnumerable<SeatWitness> witnesses) => witnesses
        .GroupBy(w => w)
        .OrderByDescending(g => g.Count())
        .ThenBy(g => g.Key.Seats)
        .ThenBy(g => g.Key.Plate)
        .ThenBy(g => g.Key.LogOdds)
        .Take(1)
        .Select(g => g.Key);

    private static IEnumerable<SeatWitness> Average(IReadOnlyCollection<SeatWitness> pictures)
    {
        if (pictures.Count == 0)
        {
            yield break;
        }

        // Sorted before adding, so that the order of passages cannot change the last bit of a sum.
        var sorted = pictures.OrderBy(p => p.LogOdds).ThenBy(p => p.Looks).ToList();
        var weights = sorted.Sum(p => EffectiveLooks(p.Looks));
        var body = sorted
            .GroupBy(p => p.Class)
            .OrderByDescending(g => g.Sum(p => p.Looks))
            .ThenBy(g => g.Key)
            .First().Key;
        yield return new SeatWitness(
            SeatWitnessKind.Picture,
            sorted.Sum(p => EffectiveLooks(p.Looks) * p.LogOdds) / weights,
            body,
            Looks: sorted.Sum(p => p.Looks));
    }
}
