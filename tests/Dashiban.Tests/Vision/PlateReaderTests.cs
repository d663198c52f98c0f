using System.Text;
using Dashiban.Testing.Vision;
using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Models;
using Dashiban.Vision.Reading;
using OpenCvSharp;

namespace Dashiban.Tests.Vision;

/// <summary>A reader that is the surer the brighter its crop, on a bright plate in a dark picture: a wider crop is darker.</summary>
public sealed class PlateReaderTests : IDisposable
{
    private static readonly CropMargin Ordinary = new(0.02f, 0.05f);
    private static readonly CropMargin Wide = new(0.2f, 0.3f);
    private static readonly CropMargin Tight = new(-0.05f, -0.05f);

    private readonly Mat _planes = new(200 * 3 / 2, 400, MatType.CV_8UC1, Scalar.All(128));
    private readonly PictureSampler _sampler = new();

    public PlateReaderTests()
    {
        _planes.Rectangle(new Rect(0, 0, 400, 200), Scalar.All(40), thickness: -1);
        _planes.Rectangle(new Rect(40, 60, 110, 35), Scalar.All(170), thickness: -1);
        _planes.Rectangle(new Rect(240, 60, 110, 35), Scalar.All(235), thickness: -1);
    }

    public void Dispose()
    {
        _planes.Dispose();
        _sampler.Dispose();
    }

    [Fact]
    public void An_unsure_plate_is_looked_at_again_and_the_looks_are_averaged()
    {
        float[] looks = [Weakest(Ordinary), Weakest(Wide), Weakest(Tight)];

        var reading = Read(Ordinary, again: [Wide, Tight], below: 1)[0];

        Assert.True(looks[1] < looks[0] && looks[0] < looks[2]);
        Assert.Equal(looks.Average(), reading.WeakestConfidence, 1e-5f);
        Assert.Equal(TinyModels.Text, reading.Text);
    }

    [Fact]
    public void A_sure_plate_is_not_and_every_plate_keeps_its_own_looks()
    {
        var first = Read(Ordinary, again: [], below: 1);
        var between = (first[0].WeakestConfidence + first[1].WeakestConfidence) / 2;

        var again = Read(Ordinary, again: [Wide, Tight], below: between);

        Assert.True(first[0].WeakestConfidence < between);
        Assert.NotEqual(first[0].WeakestConfidence, again[0].WeakestConfidence);
        Assert.Equal(first[1].WeakestConfidence, again[1].WeakestConfidence);
    }

    private float Weakest(CropMargin margin) => Read(margin, again: [], below: 1)[0].WeakestConfidence;

    private List<PlateReading> Read(CropMargin margin, CropMargin[] again, float below)
    {
        var manifest = Manifest();
        manifest = manifest with
        {
            Reading = manifest.Reading! with
            {
                Crop = new PlateCropRecipe(margin.X, margin.Y),
                Again = again.Length == 0 ? null : new MoreLooks(below, again),
            },
        };
        using var model = OnnxModel.Load(Brightness(), manifest, manifest.Files[0], threads: 1, "tiny/0");
        using var reader = new PlateReader(model, maxPlates: 2);
        var readings = new List<PlateReading>();
        reader.Read(new I420Picture(_planes, 400, 200, PictureColour.Bt601Full), [Plate(40), Plate(240)], _sampler, readings);
        return readings;
    }

    private static byte[] Brightness()
    {
        var surer = new float[8 * TinyModels.Alphabet.Length];
        for (var slot = 0; slot < 8; slot++)
        {
            surer[(slot * TinyModels.Alphabet.Length) + (slot < TinyModels.Text.Length ? TinyModels.Alphabet.IndexOf(TinyModels.Text[slot], StringComparison.Ordinal) : 0)] = 1;
        }

        var bias = surer.Select(value => value * 3).ToArray();
        return new OnnxFile("image", [-1, 3, 48, 168])
            .Affine("slots", [-1, 8, TinyModels.Alphabet.Length], bias, softmax: true, weights: [surer, surer, surer])
            .Affine("colour", [-1, 2], [3, 0], softmax: true)
            .ToBytes();
    }

    private static ModelManifest Manifest() => ModelManifest.Parse(
        Encoding.UTF8.GetBytes(TinyModels.ReaderManifest().Replace("{sha256}", new string('0', 64), StringComparison.Ordinal)), "tiny/0");

    private static PlateDetection Plate(float left) => new(Quad.Of(new Box(left, 60, 110, 35)), 0.9f, IsDoubleRow: false);
}
