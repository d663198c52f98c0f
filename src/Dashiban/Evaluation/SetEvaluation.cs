using System.Diagnostics;
using Dashiban.Domain.Plates;
using Dashiban.Reading;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Reading;
using Dashiban.Vision.Scenes;

namespace Dashiban.Evaluation;

/// <summary>Runs the live code over one labelled set and counts.</summary>
/// <param name="set">The set.</param>
/// <param name="reader">The models in use.</param>
/// <param name="approaches">Drives up to every labelled plate; null where single pictures are enough.</param>
internal sealed class SetEvaluation(LabelledSet set, PictureReader reader, ApproachEvaluation? approaches)
{
    private const float PlateFoundFrom = 0.4f;
    private const float VehicleFoundFrom = 0.5f;

    private readonly List<PlateOutcome> _plates = [];
    private readonly List<(SeatClassLabel, SeatReading?, PlateClass)> _vehicles = [];
    private readonly List<bool> _wholeVehiclesFound = [];
    private readonly List<PassageOutcome> _passages = [];
    private readonly List<double> _milliseconds = [];
    private readonly List<double> _processorMilliseconds = [];
    private FalsePlates _falsePlates = new(0, 0, 0, 0);

    /// <summary>What was read of every plate with a text, after <see cref="Run"/>.</summary>
    public IEnumerable<PlateAnswer> Readings =>
        set.Readable.Zip(_plates, (plate, outcome) => new PlateAnswer(set.Name, plate.File, plate.Row, outcome.Reading?.Text ?? ""));

    /// <summary>Looks at every picture.</summary>
    /// <exception cref="UnreadablePictureException">A picture of the set cannot be read.</exception>
    public SetReport Run()
    {
        foreach (var picture in set.Pictures)
        {
            var file = File.ReadAllBytes(picture.Path);
            using var photograph = Photograph.Decode(file);
            if (set.IsPlateCrops)
            {
                Timed(() => reader.LookAtPlate(photograph.Picture), out var reading);
                _plates.Add(Outcome(picture.Rows[0], reading, detectionConfidence: 1, SceneReader.LooksDoubleRow(photograph.Picture)));
            }
            else
            {
                Timed(() => reader.Look(photograph.Picture), out var looks);
                Count(picture, looks);
                _passages.AddRange(approaches?.Of(picture, file) ?? []);
            }
        }

        return Report();
    }

    private void Count(LabelledPicture picture, IReadOnlyList<VehicleLook> looks)
    {
        var free = looks.Where(look => look.Plate is not null).ToList();
        var rows = picture.Rows.Where(row => row.Corners is not null).ToList();
        var found = Pairs(rows, free, (row, look) => row.Corners!.Value.IntersectionOverUnion(look.Plate!.Value.Corners), PlateFoundFrom);
        foreach (var row in picture.Rows)
        {
            Count(row, found.GetValueOrDefault(row));
        }

        var vehicles = picture.WholeVehicles.Select(box => (object)box).ToList();
        var seen = Pairs(vehicles, [.. looks], (box, look) => ((Box)box).IntersectionOverUnion(look.Vehicle), VehicleFoundFrom);
        _wholeVehiclesFound.AddRange(vehicles.Select(seen.ContainsKey));
        free.RemoveAll(found.ContainsValue);
        CountFalse(picture, free);
    }

    /// <summary>Gives each labelled thing the look that overlaps it most, the best pairs first; no look serves two.</summary>
    private static Dictionary<T, VehicleLook> Pairs<T>(List<T> things, List<VehicleLook> looks, Func<T, VehicleLook, float> overlap, float least)
        where T : class
    {
        var pairs =
            from thing in things
            from look in looks
            let shared = overlap(thing, look)
            where shared >= least
            orderby shared descending
            select (thing, look);
        var found = new Dictionary<T, VehicleLook>(ReferenceEqualityComparer.Instance);
        foreach (var (thing, look) in pairs.ToList())
        {
            if (!found.ContainsKey(thing) && looks.Remove(look))
            {
                found.Add(thing, look);
            }
        }

        return found;
    }

    private void Count(LabelRow row, VehicleLook? look)
    {
        if (row.Text.Length > 0)
        {
            _plates.Add(look?.Plate is { } plate
                ? Outcome(row, look.Reading, plate.Confidence, plate.IsDoubleRow) with { Overlap = row.Corners!.Value.IntersectionOverUnion(plate.Corners) }
                : Outcome(row, null, 0, false));
        }

        if (SeatClassLabels.TryParse(row.SeatClass, out var truth))
        {
            var read = look is { Reading: { } reading, Plate: { } at } ? PlateGate.Judge(reading, at.IsDoubleRow).Class : PlateClass.Unknown;
            _vehicles.Add((truth, look?.Seats, read));
        }
    }

    private void CountFalse(LabelledPicture picture, List<VehicleLook> free)
    {
        var accepted = free.Count(look => Outcome(picture.Rows[0], look.Reading, look.Plate!.Value.Confidence, look.Plate!.Value.IsDoubleRow).IsAccepted);
        var certain = picture.HasPlate ? 0 : free.Count;
        _falsePlates = new(
            _falsePlates.Count + free.Count, _falsePlates.Accepted + accepted,
            _falsePlates.WithoutPlate + certain, _falsePlates.PicturesWithoutPlate + (picture.HasPlate ? 0 : 1));
    }

    private PlateOutcome Outcome(LabelRow row, PlateReading? reading, float detectionConfidence, bool isDoubleRow) =>
        new(row, reading, reading is not null && reader.Gate.Objection(reading, detectionConfidence, isDoubleRow) is null);

    private void Timed<T>(Func<(T Result, TimeSpan Took)> look, out T result)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        (result, var took) = look();
        _processorMilliseconds.Add((Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds);
        _milliseconds.Add(took.TotalMilliseconds);
    }

    private SetReport Report() => new(
        set.Name,
        set.Sha256,
        set.IsPlateCrops ? "plate-crops" : "end-to-end",
        set.Pictures.Count,
        PlateOutcome.Figures(_plates),
        _plates.SelectMany(plate => plate.Strata.Select(stratum => (stratum, plate)))
            .GroupBy(pair => pair.stratum, pair => pair.plate)
            .OrderBy(stratum => stratum.Key, StringComparer.Ordinal)
            .ToDictionary(stratum => stratum.Key, stratum => PlateOutcome.Figures([.. stratum])),
        set.IsPlateCrops ? null : _falsePlates,
        _wholeVehiclesFound.Count == 0 ? null : Rate.From(_wholeVehiclesFound.Count(isFound => isFound), _wholeVehiclesFound.Count),
        Calibration.Of([.. _plates.Where(plate => plate.Reading is not null).Select(plate => (plate.Reading!.WeakestConfidence, plate.IsExact))]),
        _vehicles.Count == 0 ? null : SeatFigures.Of(_vehicles, reader.SeatThreshold),
        _passages.Count == 0 ? null : PassageFigures.Of(_passages),
        new Timing(Percentile(_milliseconds, 0.5), Percentile(_milliseconds, 0.95), Percentile(_processorMilliseconds, 0.5)));

    private static double Percentile(List<double> values, double share)
    {
        values.Sort();
        return Math.Round(values[(int)Math.Round(share * (values.Count - 1))], 2);
    }
}
