using Dashiban.Vision.Reading;

namespace Dashiban.Evaluation;

/// <summary>Seat classes of labelled vehicles whose plate was found, from the picture alone (live, plate class and register weigh more).</summary>
/// <param name="Judged">Vehicles judged, of those labelled.</param>
/// <param name="Right">Vehicles whose most probable class is the labelled one.</param>
/// <param name="BelowThreshold">Vehicles for which the model would rather say "unknown".</param>
/// <param name="SevenPlusFound">Of vans, minibuses and coaches, those whose probability of seven seats and more is 0.5 or higher.</param>
/// <param name="OthersPassed">Of cars, those whose probability is lower.</param>
/// <param name="Confusion">Counts by labelled and by most probable class.</param>
internal sealed record SeatFigures(
    Rate Judged,
    Rate Right,
    Rate BelowThreshold,
    Rate SevenPlusFound,
    Rate OthersPassed,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Confusion)
{
    private static readonly SeatClassLabel[] SevenPlus = [SeatClassLabel.Van7To9, SeatClassLabel.Minibus10To19, SeatClassLabel.CoachGe20];

    public static SeatFigures Of(IReadOnlyCollection<(SeatClassLabel Truth, SeatReading? Reading)> vehicles)
    {
        var judged = vehicles.Where(vehicle => vehicle.Reading is not null).Select(vehicle => (vehicle.Truth, Reading: vehicle.Reading!)).ToList();
        var large = judged.Where(vehicle => SevenPlus.Contains(vehicle.Truth)).ToList();
        var cars = judged.Where(vehicle => vehicle.Truth == SeatClassLabel.CarLe6).ToList();
        return new(
            Rate.From(judged.Count, vehicles.Count),
            Rate.From(judged.Count(vehicle => vehicle.Reading.MostProbable == vehicle.Truth), judged.Count),
            Rate.From(judged.Count(vehicle => vehicle.Reading.Label == SeatClassLabel.Unknown), judged.Count),
            Rate.From(large.Count(vehicle => vehicle.Reading.SevenPlus >= 0.5f), large.Count),
            Rate.From(cars.Count(vehicle => vehicle.Reading.SevenPlus < 0.5f), cars.Count),
            judged.GroupBy(vehicle => vehicle.Truth).OrderBy(truth => truth.Key).ToDictionary(
                truth => SeatClassLabels.Name(truth.Key),
                truth => (IReadOnlyDictionary<string, int>)truth.GroupBy(vehicle => vehicle.Reading.MostProbable).OrderBy(said => said.Key)
                    .ToDictionary(said => SeatClassLabels.Name(said.Key), said => said.Count())));
    }
}
