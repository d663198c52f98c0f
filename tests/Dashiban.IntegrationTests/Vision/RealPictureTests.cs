using Dashiban.Evaluation;
using Dashiban.Reading;
using Dashiban.Testing.Vision;
using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Models;
using Dashiban.Vision.Reading;
using Dashiban.Vision.Scenes;
using OpenCvSharp;

namespace Dashiban.IntegrationTests.Vision;

/// <summary>The shipped models on labelled photographs. The floors catch a broken path, not a point more or less.</summary>
public class RealPictureTests
{
    [Theory]
    [InlineData("toll", 0.97, 0.93)]
    [InlineData("easypr", 0.97, 0.95)]
    [InlineData("ccpd", 0.90, 0.80)]
    [InlineData("lprnet-crops", 1.0, 0.93)]
    public void Shipped_models_find_and_read_at_least_what_they_did(string set, double found, double exact)
    {
        var folder = Folder(set);
        using var models = VisionModels.Load(ModelCatalog.Open(ModelCatalog.FindDefaultDirectory()), new VisionOptions());

        var report = Assert.Single(EvaluationRun.Over(folder, models, withPassages: false, TimeProvider.System, _ => { }).Report.Sets);

        Assert.InRange(report.Plates!.Found.Share!.Value, found, 1);
        Assert.InRange(report.Plates.Exact.Share!.Value, exact, 1);
        Assert.InRange(report.Plates.AcceptedWrong.Share!.Value, 0, 0.03);
    }

    /// <summary>
    /// The live path scales and turns the Y, U and V planes and converts colour last. This twin converts the photograph's full
    /// colour first, as the networks' training did, and must not read more than a percent of the plates better.
    /// </summary>
    [Theory]
    [InlineData("bit")]
    [InlineData("lprnet-crops")]
    public void Reading_from_planes_costs_nothing_against_reading_from_full_colour(string set)
    {
        var sets = LabelledSet.Find(Folder(set));
        var catalog = ModelCatalog.Open(ModelCatalog.FindDefaultDirectory());
        using var models = VisionModels.Load(catalog, new VisionOptions());
        using var reader = new PictureReader(models);
        var entry = catalog.Pick(ModelTask.PlateReading, new Dictionary<string, int>())!;
        var manifest = entry.ReadManifest();
        using var model = entry.Load(manifest, manifest.FileFor(FileRole.Main)!, threads: 1);
        using var run = new OnnxRun(model, maxBatch: 1);
        int planar = 0, full = 0, plates = 0;
        foreach (var picture in sets[0].Pictures)
        {
            var file = File.ReadAllBytes(picture.Path);
            using var photograph = Photograph.Decode(file);
            using var bgr = Cv2.ImDecode(file, ImreadModes.Color);
            foreach (var (row, plate, reading) in Pairs(sets[0], picture, photograph, reader, manifest))
            {
                plates++;
                planar += new PlateOutcome(row, reading, false).IsExact ? 1 : 0;
                full += new PlateOutcome(row, FullColourTwin(bgr, plate, manifest, run), false).IsExact ? 1 : 0;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{set}: {planar} of {plates} from planes, {full} from full colour");
        Assert.True(planar >= full - Math.Max(2, plates / 100), $"{planar} of {plates} from planes, {full} from full colour");
    }

    private static IEnumerable<(LabelRow Row, PlateDetection Plate, PlateReading Reading)> Pairs(
        LabelledSet set, LabelledPicture picture, Photograph photograph, PictureReader reader, ModelManifest manifest)
    {
        if (set.IsPlateCrops)
        {
            var whole = PlateRectifier.WholePicture(photograph.Picture, manifest.Reading!.Crop);
            yield return (picture.Rows[0], new PlateDetection(whole, 1, false), reader.LookAtPlate(photograph.Picture).Reading);
            yield break;
        }

        var looks = reader.Look(photograph.Picture).Looks;
        foreach (var row in picture.Rows.Where(row => row.Text.Length > 0 && row.Corners is not null))
        {
            var look = looks.Where(look => look.Plate is not null).MaxBy(look => look.Plate!.Value.Corners.IntersectionOverUnion(row.Corners!.Value));
            if (look is not null && look.Plate!.Value.Corners.IntersectionOverUnion(row.Corners!.Value) >= 0.4f)
            {
                yield return (row, look.Plate!.Value, look.Reading!);
            }
        }
    }

    /// <summary>Corners to a BGR crop, two rows cut and laid side by side, normalised pixel by pixel.</summary>
    private static PlateReading FullColourTwin(Mat bgr, PlateDetection plate, ModelManifest manifest, OnnxRun run)
    {
        var (width, height) = (manifest.Files[0].Width, manifest.Files[0].Height);
        var recipe = manifest.Reading!.Crop;
        var high = plate.IsDoubleRow ? 2 * height : height;
        Point2f To(double u, double v) => new(
            (float)((u + recipe.MarginX) / (1 + (2 * recipe.MarginX)) * width) - 0.5f, (float)((v + recipe.MarginY) / (1 + (2 * recipe.MarginY)) * high) - 0.5f);
        Point2f From(PicturePoint corner) => new(corner.X - 0.5f, corner.Y - 0.5f);
        using var map = Cv2.GetPerspectiveTransform(
            (Point2f[])[From(plate.Corners.TopLeft), From(plate.Corners.TopRight), From(plate.Corners.BottomRight), From(plate.Corners.BottomLeft)],
            (Point2f[])[To(0, 0), To(1, 0), To(1, 1), To(0, 1)]);
        using var upright = new Mat();
        Cv2.WarpPerspective(bgr, upright, map, new Size(width, high), InterpolationFlags.Linear, BorderTypes.Replicate);
        using var crop = plate.IsDoubleRow ? SideBySide(upright, recipe.DoubleRow!, height) : upright.Clone();
        var input = run.Input(0);
        for (var i = 0; i < width * height; i++)
        {
            var pixel = crop.At<Vec3b>(i / width, i % width);
            byte[] rgb = [pixel.Item2, pixel.Item1, pixel.Item0];
            for (var channel = 0; channel < 3; channel++)
            {
                input[(channel * width * height) + i] = (rgb[channel] - manifest.Input.Mean[channel]) / manifest.Input.Std[channel];
            }
        }

        run.Run(1);
        var text = new CharacterReading[manifest.Files[0].Outputs[manifest.Reading!.Slots][1]];
        var count = new SlotDecoder(manifest.Reading).Decode(run.Result(manifest.Reading.Slots, 0), text, out var weakest);
        return new PlateReading(text[..count], weakest, PlateColourClass.Unknown, 0);
    }

    private static Mat SideBySide(Mat upright, DoubleRowRecipe rows, int height)
    {
        using var first = upright.RowRange(0, (int)Math.Round(upright.Rows * rows.UpperTo));
        using var second = upright.RowRange((int)Math.Round(upright.Rows * rows.LowerFrom), upright.Rows);
        using var middle = first.ColRange((int)Math.Round(upright.Cols * rows.UpperLeft), (int)Math.Round(upright.Cols * rows.UpperRight));
        using var upper = middle.Resize(new Size(rows.UpperWidth, height));
        using var lower = second.Resize(new Size(upright.Cols - rows.UpperWidth, height));
        var joined = new Mat();
        Cv2.HConcat([upper, lower], joined);
        return joined;
    }

    private static string Folder(string set)
    {
        var folder = LabelledData.TestOnly(set);
        Assert.SkipWhen(folder is null, LabelledData.Missing(set));
        return folder!;
    }
}
