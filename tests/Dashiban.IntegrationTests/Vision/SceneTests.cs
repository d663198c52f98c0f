using Dashiban.Testing.Vision;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Models;
using Dashiban.Vision.Reading;
using Dashiban.Vision.Scenes;
using OpenCvSharp;

namespace Dashiban.IntegrationTests.Vision;

/// <summary>The whole vision path over models with known answers, written to a folder.</summary>
public sealed class SceneTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dashiban-vision-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Plates_come_back_in_picture_pixels_with_their_text_and_their_vehicle()
    {
        // Twice the same plate, one below every threshold, and one more; input 64 x 32, picture 640 x 320: scale 10.
        TinyModels.WriteCatalog(_folder, TinyModels.Plate(10, 20, 14, 22, 0.9f), TinyModels.Plate(10, 20, 14, 22, 0.8f), TinyModels.Plate(40, 20, 44, 22, 0.6f), TinyModels.Plate(30, 5, 34, 7, 0.1f));
        using var planes = Plain(640, 320);
        using var models = VisionModels.Load(ModelCatalog.Open(_folder), new VisionOptions());

        var looks = Looks(models, new I420Picture(planes, 640, 320));

        Assert.Equal(2, looks.Count);
        Assert.Equal(Quad.Of(new Box(100, 200, 40, 20)), looks[0].Plate!.Value.Corners);
        Assert.All(looks, look => Assert.Equal(TinyModels.Text, look.Reading!.Text));
        Assert.All(looks, look => Assert.Equal(PlateColourClass.Blue, look.Reading!.Colour));
        Assert.All(looks, look => Assert.Equal(VehicleRegionOrigin.Plate, look.VehicleFrom));
        Assert.All(looks, look => Assert.True(look.Vehicle.Contains(look.Plate!.Value.Corners.Centre)));
    }

    [Theory]
    [InlineData(PictureColour.Bt709Limited, 63, 102, 240, SeatClassLabel.CoachGe20)]
    [InlineData(PictureColour.Bt709Limited, 32, 240, 118, SeatClassLabel.CarLe6)]
    [InlineData(PictureColour.Bt601Full, 76, 85, 255, SeatClassLabel.CoachGe20)]
    [InlineData(PictureColour.Bt601Full, 29, 255, 107, SeatClassLabel.CarLe6)]
    public void A_red_vehicle_is_red_and_a_blue_one_blue_in_every_encoding(PictureColour colour, byte y, byte u, byte v, SeatClassLabel expected)
    {
        TinyModels.WriteCatalog(_folder, TinyModels.Plate(30, 16, 34, 18, 0.9f));
        using var planes = Plain(640, 320, y, u, v);
        using var models = VisionModels.Load(ModelCatalog.Open(_folder), new VisionOptions());

        var look = Assert.Single(Looks(models, new I420Picture(planes, 640, 320, colour)));

        Assert.Equal(expected, look.Seats!.Label);
    }

    [Fact]
    public void A_frame_allocates_nothing_on_the_way_to_its_detections()
    {
        TinyModels.WriteCatalog(_folder, TinyModels.Plate(10, 20, 14, 22, 0.9f), TinyModels.Plate(40, 20, 44, 22, 0.6f));
        using var first = Plain(640, 320);
        using var second = Plain(640, 320);
        using var models = VisionModels.Load(ModelCatalog.Open(_folder), new VisionOptions());
        using var detector = models.CreateDetector();
        var detections = new SceneDetections();
        void TwoFrames()
        {
            detector.Detect(new I420Picture(first, 640, 320), detections);
            detector.Detect(new I420Picture(second, 640, 320), detections);
        }

        TwoFrames();
        TwoFrames();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
        {
            TwoFrames();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Reading_allocates_no_more_than_its_small_results()
    {
        TinyModels.WriteCatalog(_folder, TinyModels.Plate(10, 20, 14, 22, 0.9f), TinyModels.Plate(40, 20, 44, 22, 0.6f));
        using var planes = Plain(640, 320);
        var picture = new I420Picture(planes, 640, 320);
        using var models = VisionModels.Load(ModelCatalog.Open(_folder), new VisionOptions());
        using var detector = models.CreateDetector();
        using var reader = models.CreateReader();
        var detections = new SceneDetections();
        var looks = new List<VehicleLook>();
        detector.Detect(picture, detections);
        reader.Read(picture, detections, looks);
        reader.Read(picture, detections, looks);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
        {
            reader.Read(picture, detections, looks);
        }

        var bytesPerLook = (GC.GetAllocatedBytesForCurrentThread() - before) / 50.0 / looks.Count;
        Assert.InRange(bytesPerLook, 0, 1_000);
    }

    [Fact]
    public void A_model_whose_hash_its_manifest_does_not_know_is_refused_with_both_hashes()
    {
        TinyModels.WriteCatalog(_folder, TinyModels.Plate(0, 0, 4, 2, 0.9f));
        var model = Path.Combine(_folder, "tiny-reader", "0", "model.onnx");
        File.WriteAllBytes(model, [.. File.ReadAllBytes(model), 0]);

        var refusal = Assert.Throws<ModelMismatchException>(() => VisionModels.Load(ModelCatalog.Open(_folder), new VisionOptions()));

        Assert.Matches("^tiny-reader/0: sha256 of model.onnx: the manifest says [0-9a-f]{64}, the file has [0-9a-f]{64}.$", refusal.Message);
    }

    [Fact]
    public void A_manifest_in_another_model_s_folder_is_refused()
    {
        TinyModels.WriteCatalog(_folder, TinyModels.Plate(0, 0, 4, 2, 0.9f));
        Directory.Move(Path.Combine(_folder, "tiny-seats"), Path.Combine(_folder, "other-seats"));

        var refusal = Assert.Throws<ModelMismatchException>(() => VisionModels.Load(ModelCatalog.Open(_folder), new VisionOptions()));

        Assert.Contains("the manifest says tiny-seats/0, the folder other-seats/0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_version_is_used_unless_another_is_pinned()
    {
        TinyModels.WriteCatalog(_folder, TinyModels.Plate(0, 0, 4, 2, 0.9f));
        foreach (var version in (int[])[2, 10])
        {
            TinyModels.Write(_folder, "tiny-seats", TinyModels.Seats(), TinyModels.SeatsManifest().Replace("\"version\": 0", $"\"version\": {version}", StringComparison.Ordinal), version);
        }

        using var newest = VisionModels.Load(ModelCatalog.Open(_folder), new VisionOptions());
        using var pinned = VisionModels.Load(ModelCatalog.Open(_folder), new VisionOptions { PinnedVersions = new Dictionary<string, int> { ["tiny-seats"] = 2 } });

        Assert.Equal(10, newest.Manifests[ModelTask.SeatClass].Version);
        Assert.Equal(2, pinned.Manifests[ModelTask.SeatClass].Version);
        foreach (var (name, version) in ((string, int)[])[("tiny-seats", 3), ("tiny-seat", 2)])
        {
            Assert.Throws<ModelMismatchException>(() => VisionModels.Load(
                ModelCatalog.Open(_folder), new VisionOptions { PinnedVersions = new Dictionary<string, int> { [name] = version } }));
        }
    }

    [Fact]
    public void A_picture_whose_matrix_does_not_fit_is_refused()
    {
        TinyModels.WriteCatalog(_folder, TinyModels.Plate(0, 0, 4, 2, 0.9f));
        using var planes = Plain(640, 320);
        using var models = VisionModels.Load(ModelCatalog.Open(_folder), new VisionOptions());
        using var detector = models.CreateDetector();

        Assert.Throws<ArgumentException>(() => detector.Detect(new I420Picture(planes, 1920, 1080), new SceneDetections()));
    }

    private static List<VehicleLook> Looks(VisionModels models, I420Picture picture)
    {
        using var detector = models.CreateDetector();
        using var reader = models.CreateReader();
        var detections = new SceneDetections();
        var looks = new List<VehicleLook>();
        detector.Detect(picture, detections);
        reader.Read(picture, detections, looks);
        return looks;
    }

    private static Mat Plain(int width, int height, byte y = 100, byte u = 128, byte v = 128)
    {
        var planes = new Mat(height * 3 / 2, width, MatType.CV_8UC1);
        var samples = planes.AsSpan<byte>();
        samples[..(width * height)].Fill(y);
        samples.Slice(width * height, width * height / 4).Fill(u);
        samples[(width * height * 5 / 4)..].Fill(v);
        return planes;
    }
}
