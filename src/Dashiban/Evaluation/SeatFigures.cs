using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;
using Dashiban.Vision.Reading;

namespace Dashiban.Evaluation;

/// <summary>Seat classes of labelled vehicles whose plate was found.</summary>
/// <param name="Judged">Vehicles judged, of those labelled.</param>
/// <param name="PictureAlone">What the picture says by itself.</param>
/// <param name="WithPlate">What it says of the bodies that can carry such a plate; the class is the one that was read, as live.</param>
internal sealed record SeatFigures(Rate Judged, SeatAnswers PictureAlone, SeatAnswers WithPlate)
{
    /// <summary>Figures over vehicles; those without a reading were not judged.</summary>
    /// <param name="vehicles">The labelled class, the reading, and the class of the plate as read.</param>
    /// <param name="threshold">Probability of the likeliest class below which the answer is "unknown".</param>
    public static SeatFigures Of(IReadOnlyCollection<(SeatClassLabel Truth, SeatReading? Reading, PlateClass Plate)> vehicles, float threshold)
    {
        var judged = vehicles.Where(vehicle => vehicle.Reading is not null).ToList();
        SeatAnswers Answers(Func<PlateClass, PlateClass> seen) =>
            SeatAnswers.Of([.. judged.Select(vehicle => (vehicle.Truth, Bodies(vehicle.Reading!, seen(vehicle.Plate))))], threshold);
        return new(Rate.From(judged.Count, vehicles.Count), Answers(_ => PlateClass.Unknown), Answers(plate => plate));
    }

    private static PossibleBodies Bodies(SeatReading reading, PlateClass plate)
    {
        var look = new BodyLooks();
        look.Add(reading.Probabilities);
        return PossibleBodies.On(plate, look);
    }
}

/// <summary>How right the answers are, "unknown" left out but for the first figure.</summary>
/// <param name="Answered">Vehicles for which the answer is not "unknown".</param>
/// <param name="Right">Of these, those whose likeliest class is the labelled one.</param>
/// <param name="SevenPlusFound">Of vans, minibuses and coaches, those taken for seven seats and more.</param>
/// <param name="OthersPassed">Of cars, those that were not.</param>
/// <param name="SevenPlusBalanced">Mean of the two shares: 0.5 is guessing; null where one has nothing to count.</param>
/// <param name="VansFound">Of vans and MPV, those taken for seven seats and more.</param>
/// <param name="BusesFound">Of minibuses and coaches, those taken for one.</param>
/// <param name="TrucksTakenForPassenger">Of trucks, those taken for a car, van, minibus or coach.</param>
/// <param name="Confusion">Counts by labelled and by likeliest class, "unknown" where that is the answer.</param>
internal sealed record SeatAnswers(
    Rate Answered,
    Rate Right,
    Rate SevenPlusFound,
    Rate OthersPassed,
    double? SevenPlusBalanced,
    Rate VansFound,
    Rate BusesFound,
    Rate TrucksTakenForPassenger,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Confusion)
{
    private static readonly SeatClassLabel[] Buses = [SeatClassLabel.Minibus10To19, SeatClassLabel.CoachGe20];
    private static readonly SeatClassLabel[] SevenPlus = [SeatClassLabel.Van7To9, .. Buses];
    private static readonly SeatClassLabel[] Passenger = [SeatClassLabel.CarLe6, .. SevenPlus];

    public static SeatAnswers Of(IReadOnlyList<(SeatClassLabel Truth, PossibleBodies Bodies)> vehicles, float threshold)
    {
        var answers = vehicles.Select(vehicle => (vehicle.Truth, vehicle.Bodies, Said: Said(vehicle.Bodies, threshold))).ToList();
        var answered = answers.Where(answer => answer.Said != SeatClassLabel.Unknown).ToList();
        Rate Share(Func<SeatClassLabel, bool> truth, Func<(SeatClassLabel Truth, PossibleBodies Bodies, SeatClassLabel Said), bool> counts)
        {
            var group = answered.Where(answer => truth(answer.Truth)).ToList();
            return Rate.From(group.Count(counts), group.Count);
        }

        var found = Share(SevenPlus.Contains, answer => answer.Bodies.SevenPlus >= answer.Bodies.Fewer);
        var passed = Share(truth => truth == SeatClassLabel.CarLe6, answer => answer.Bodies.SevenPlus < answer.Bodies.Fewer);
        return new(
            Rate.From(answered.Count, answers.Count),
            Rate.From(answered.Count(answer => answer.Said == answer.Truth), answered.Count),
            found,
            passed,
            found.Share is { } a && passed.Share is { } b ? Math.Round((a + b) / 2, 4) : null,
            Share(truth => truth == SeatClassLabel.Van7To9, answer => answer.Bodies.SevenPlus >= answer.Bodies.Fewer),
            Share(Buses.Contains, answer => Buses.Contains(answer.Said)),
            Share(truth => truth == SeatClassLabel.Truck, answer => Passenger.Contains(answer.Said)),
            answers.GroupBy(answer => answer.Truth).OrderBy(truth => truth.Key).ToDictionary(
                truth => SeatClassLabels.Name(truth.Key),
                truth => (IReadOnlyDictionary<string, int>)truth.GroupBy(answer => answer.Said).OrderBy(said => said.Key)
                    .ToDictionary(said => SeatClassLabels.Name(said.Key), said => said.Count())));
    }

    private static SeatClassLabel Said(PossibleBodies bodies, float threshold) =>
        bodies.LikeliestShare >= threshold ? (SeatClassLabel)bodies.Likeliest : SeatClassLabel.Unknown;
}
