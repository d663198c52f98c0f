using System.Text;
using Dashiban.Testing.Vision;
using Dashiban.Vision.Models;

namespace Dashiban.Tests.Vision;

public class ManifestTests
{
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void Honest_manifests_are_read()
    {
        Assert.Equal(ModelTask.PlateDetection, Parse(TinyModels.DetectorManifest(3)).Task);
        Assert.Equal(TinyModels.Alphabet, Parse(TinyModels.ReaderManifest()).Reading!.Alphabet);
        Assert.Equal(["car_le6", "coach_ge20"], Parse(TinyModels.SeatsManifest()).Classes!.Labels);
    }

    [Theory]
    [InlineData("\"schema\": 1", "\"schema\": 2", "schema is 2")]
    [InlineData("\"license\": \"test\"", "\"license\": \"test\", \"colour\": 1", "colour")]
    [InlineData("\"license\": \"test\"", "\"license\": \"test\", \"license\": \"other\"", "license")]
    [InlineData("\"license\": \"test\",", "", "license")]
    [InlineData("\"license\": \"test\"", "\"license\": null", "license")]
    [InlineData("plate-detection", "plate-guessing", "$.task")]
    [InlineData("plate-detection", "seat-class", "do not fit the task SeatClass")]
    [InlineData("\"letterbox\"", "\"stretch\"", "needs Letterbox")]
    [InlineData("\"std\": [255, 255, 255]", "\"std\": [255, 0, 255]", "three positive stds")]
    [InlineData("\"pad\": 114", "\"pad\": 300", "pad is 300")]
    [InlineData("\"overlap\": 0.4", "\"overlap\": 4", "overlap is 4")]
    [InlineData("[1, 3, 14]", "[1, 3, 13]", "expected [1, rows, 14]")]
    [InlineData("\"tensor\": \"plates\"", "\"tensor\": \"boxes\"", "lists no output boxes")]
    [InlineData("model.onnx", "../../model.onnx", "not the name of an .onnx file")]
    [InlineData("0123456789abcdef0123", "0123456789ABCDEF0123", "64 hexadecimal digits")]
    [InlineData("\"role\": \"main\"", "\"role\": \"photograph\"", "no file with the role main")]
    [InlineData("\"inside\": 0.7", "\"inside\": 0.7, \"secondLook\": { \"plateWidth\": 120, \"maxUpscale\": 3, \"minQuadOverlap\": 0.25, \"minScore\": 0.1, \"unconfirmedFactor\": 0.5, \"keepCornersFrom\": 130 }", "go together")]
    public void A_detector_s_manifest_with_a_lie_in_it_is_refused_by_name(string honest, string lie, string named) =>
        AssertRefused(TinyModels.DetectorManifest(3), honest, lie, named);

    [Theory]
    [InlineData("\"alphabet\": \"_皖A012345\"", "\"alphabet\": \"_皖A012344\"", "has a character twice: 4")]
    [InlineData("\"padChar\": \"_\"", "\"padChar\": \"-\"", "does not contain padChar -")]
    [InlineData("[-1, 8, 9]", "[-1, 8, 10]", "expected [n, slots, 9 characters]")]
    [InlineData("\"yellow\"", "\"purple\"", "purple, which is no plate colour")]
    [InlineData("\"requireAgreement\": false", "\"requireAgreement\": true", "needs a second opinion")]
    [InlineData("\"requireAgreement\": false", "\"requireAgreement\": false, \"again\": { \"below\": 0.9, \"margins\": [] }", "one to four margins")]
    [InlineData("\"requireAgreement\": false", "\"requireAgreement\": false, \"again\": { \"below\": 0.9, \"margins\": [ { \"x\": 0.6, \"y\": 0 } ] }", "one to four margins")]
    [InlineData("\"marginY\": 0.05", "\"marginY\": 0.05, \"doubleRow\": { \"upperTo\": 0.4, \"lowerFrom\": 0.3, \"upperWidth\": 1, \"upperLeft\": 0.8, \"upperRight\": 0.2 }", "does not lie inside the plate")]
    public void A_reader_s_manifest_with_a_lie_in_it_is_refused_by_name(string honest, string lie, string named) =>
        AssertRefused(TinyModels.ReaderManifest(), honest, lie, named);

    [Theory]
    [InlineData("\"coach_ge20\"", "\"car_le6\"", "a label twice")]
    [InlineData("\"coach_ge20\"", "\"boat\"", "boat, which is no seat class")]
    [InlineData("\"stretch\"", "\"ruler\"", "needs Stretch")]
    [InlineData("\"tensor\": \"prob\"", "\"tensor\": \"prob\", \"view\": { \"widthInPlates\": 5.6, \"abovePlates\": 4.6, \"belowPlates\": 1 }", "needs Ruler beside classes.view")]
    [InlineData("\"tensor\": \"prob\"", "\"tensor\": \"prob\", \"view\": { \"widthInPlates\": 0, \"abovePlates\": 4.6, \"belowPlates\": 1 }", "positive width and height")]
    public void A_seat_model_s_manifest_with_a_lie_in_it_is_refused_by_name(string honest, string lie, string named) =>
        AssertRefused(TinyModels.SeatsManifest(), honest, lie, named);

    [Fact]
    public void All_contradictions_are_named_at_once()
    {
        var manifest = TinyModels.DetectorManifest(3).Replace("\"schema\": 1", "\"schema\": 7", StringComparison.Ordinal).Replace("\"pad\": 114", "\"pad\": 999", StringComparison.Ordinal);

        var refusal = Assert.Throws<ModelMismatchException>(() => Parse(manifest));

        Assert.Contains("schema is 7", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("pad is 999", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_that_differ_from_the_manifest_are_refused_with_both_sides()
    {
        var manifest = Parse(TinyModels.DetectorManifest(3));

        var rows = Assert.Throws<ModelMismatchException>(() => Load(TinyModels.Detector(Row(), Row()), manifest));
        Assert.Contains("the manifest says x[1,3,32,64] -> plates[1,3,14]; the file has x[1,3,32,64] -> plates[1,2,14]", rows.Message, StringComparison.Ordinal);

        var name = Assert.Throws<ModelMismatchException>(() => Load(new OnnxFile("y", [1, 3, 32, 64]).Affine("plates", [1, 3, 14], new float[42]).ToBytes(), manifest));
        Assert.Contains("the file has y[1,3,32,64]", name.Message, StringComparison.Ordinal);

        Assert.Contains("cannot be loaded", Assert.Throws<ModelMismatchException>(() => Load([1, 2, 3], manifest)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tiny_detector_answers_what_was_written_into_it()
    {
        using var model = Load(TinyModels.Detector(Row(), Row(), TinyModels.Plate(1, 2, 30, 12, 0.75f)), Parse(TinyModels.DetectorManifest(3)));
        using var run = new OnnxRun(model, maxBatch: 1);

        run.Run(1);

        Assert.Equal(TinyModels.Plate(1, 2, 30, 12, 0.75f), run.Result("plates", 0)[28..].ToArray());
    }

    private static float[] Row() => TinyModels.Plate(0, 0, 10, 5, 0);

    private static ModelManifest Parse(string json) =>
        ModelManifest.Parse(Encoding.UTF8.GetBytes(json.Replace("{sha256}", Hash, StringComparison.Ordinal)), "tiny/0");

    private static OnnxModel Load(byte[] model, ModelManifest manifest) => OnnxModel.Load(model, manifest, manifest.Files[0], threads: 1, "tiny/0");

    private static void AssertRefused(string manifest, string honest, string lie, string named)
    {
        var filled = manifest.Replace("{sha256}", Hash, StringComparison.Ordinal);
        Assert.Contains(honest, filled, StringComparison.Ordinal);
        var refusal = Assert.Throws<ModelMismatchException>(() => Parse(filled.Replace(honest, lie, StringComparison.Ordinal)));
        Assert.StartsWith("tiny/0: manifest.json", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }
}
