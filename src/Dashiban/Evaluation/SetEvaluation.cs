using System.Diagnostics;
using Dashiban.Reading;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Reading;
using Dashiban.Vision.Scenes;

namespace Dashiban.Evaluation;

/// <summary>Runs the live code over one labelled set and counts.</summary>
internal sealed class SetEvaluation(LabelledSet set, PictureReader reader)
{
    private const float FoundFrom = 0.4f;

    private readonly List<PlateOutcome> _plates = [];
    private readonly List<(SeatClassLabel, SeatReading?)> _vehicles = [];
    private readonly List<double> _milliseconds = [];
    private readonly List<double> _processorMilliseconds = [];
    private int _falsePlates;
    private int _falsePlatesAccepted;

    /// <summary>Looks at every picture.</summary>
    /// <exception cref="UnreadablePictureException">A picture of the set cannot be read.</exception>
    public SetReport Run()
    {
        foreach (var picture in set.Pictures)
        {
            using var photograph = Photograph.Decode(File.ReadAllBytes(picture.Path));
            if (set.IsPlateCrops)
            {
                Timed(() => reader.LookAtPlate(photograph.Picture), out var reading);
                _plates.Add(Outcome(picture.Rows[0], reading, detectionConfidence: 1, SceneReader.LooksDoubleRow(photograph.Picture)));
            }
            else
            {
                Timed(() => reader.Look(photograph.Picture), out var looks);
                Count(picture, looks);
            }
        }

        return Report();
    }

    /// <summary>Gives each labelled plate the detection that overlaps it most; what is left over is false.</summary>
    private void Count(LabelledPicture picture, IReadOnlyList<VehicleLook> looks)
    {
        var free = looks.Where(look => look.Plate is not null).ToList();
        var pairs =
            from row in picture.Rows
            where row.Corners is not null
            from look in free
            let overlap = row.Corners!.Value.IntersectionOverUnion(look.Plate!.Value.Corners)
            where overlap >= FoundFrom
            orderby overlap descending
            select (Row: row, Look: look);
        var found = new Dictionary<LabelRow, VehicleLook>(ReferenceEqualityComparer.Instance);
        foreach (var (row, look) in pairs.ToList())
        {
            if (!found.ContainsKey(row) && free.Remove(look))
            {
                found.Add(row, look);
            }
        }

        foreach (var row in picture.Rows)
        {
            Count(row, found.GetValueOrDefault(row));
        }

        _falsePlates += free.Count;
        _falsePlatesAccepted += free.Count(look => Outcome(picture.Rows[0], look.Reading, look.Plate!.Value.Confidence, look.Plate!.Value.IsDoubleRow).IsAccepted);
    }

    private void Count(LabelRow row, VehicleLook? look)
    {
        if (row.Text.Length > 0)
        {
            _plates.Add(Outcome(row, look?.Reading, look?.Plate?.Confidence ?? 0, look?.Plate?.IsDoubleRow ?? false));
        }

        if (SeatClassLabels.TryParse(row.SeatClass, out var truth))
        {
            _vehicles.Add((truth, look?.Seats));
        }
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
        set.IsPlateCrops ? null : new FalsePlates(_falsePlates, _falsePlatesAccepted),
        Calibration.Of([.. _plates.Where(plate => plate.Reading is not null).Select(plate => (plate.Reading!.WeakestConfidence, plate.IsExact))]),
        _vehicles.Count == 0 ? null : SeatFigures.Of(_vehicles),
        new Timing(Percentile(_milliseconds, 0.5), Percentile(_milliseconds, 0.95), Percentile(_processorMilliseconds, 0.5)));

    private static double Percentile(List<double> values, double share)
    {
        values.Sort();
        return Math.Round(values[(int)Math.Round(share * (values.Count - 1))], 2);
    }
}
