using BenchmarkDotNet.Attributes;
using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Models;
using Dashiban.Vision.Reading;
using Dashiban.Vision.Scenes;
using OpenCvSharp;

namespace Dashiban.Benchmarks;

/// <summary>A 640 x 384 input from its planes.</summary>
[MemoryDiagnoser]
public class TensorFillBenchmarks : IDisposable
{
    private readonly PlaneBoard _board = new(640, 384);
    private readonly float[] _tensor = new float[3 * 640 * 384];
    private readonly ModelInput _input = new("x", ChannelOrder.Rgb, ResizeKind.Letterbox, [0, 0, 0], [255, 255, 255], 114);

    [Benchmark]
    public void TensorFill() => Vision.Imaging.TensorFill.Fill(_board, PictureColour.Bt709Limited, _input, _tensor);

    public void Dispose()
    {
        _board.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Sixty-four candidates around eight plates.</summary>
[MemoryDiagnoser]
public class NonMaxSuppressionBenchmarks
{
    private readonly ScoredBox[] _candidates = new ScoredBox[64];
    private readonly ScoredBox[] _work = new ScoredBox[64];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (var i = 0; i < _candidates.Length; i++)
        {
            _candidates[i] = new(i, new Box((i % 8 * 70) + random.Next(8), (i % 4 * 60) + random.Next(5), 60, 20), 0.2f + (random.NextSingle() * 0.7f));
        }
    }

    [Benchmark]
    public int NonMaxSuppression()
    {
        _candidates.CopyTo(_work, 0);
        return Vision.Detecting.NonMaxSuppression.Suppress(_work, 0.4f, 0.7f);
    }
}

/// <summary>One plate's outputs: eight slots and forty-two steps of seventy-seven characters.</summary>
[MemoryDiagnoser]
public class SlotDecodingBenchmarks
{
    private readonly float[] _slots = new float[9 * 77];
    private readonly float[] _steps = new float[42 * 77];
    private readonly CharacterReading[] _text = new CharacterReading[9];
    private readonly SlotDecoder _decoder = new(new TextOutputs(
        "slots", "steps", "colour", ["blue"], string.Concat(Enumerable.Range(0, 77).Select(i => (char)(0x4E00 + i))), (char)0x4E00, 0.8f, false, new PlateCropRecipe(0, 0)));

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        foreach (ref var probability in _slots.AsSpan())
        {
            probability = random.NextSingle();
        }

        foreach (ref var probability in _steps.AsSpan())
        {
            probability = random.NextSingle();
        }
    }

    [Benchmark]
    public bool SlotDecoding() => _decoder.PathSpells(_steps, _text.AsSpan(0, _decoder.Decode(_slots, _text, out _)));
}

/// <summary>The shipped models on a 1080p frame with a drawn plate: whole paths as a lane runs them.</summary>
[MemoryDiagnoser]
public class SceneBenchmarks : IDisposable
{
    private readonly Mat _planes = new(1080 * 3 / 2, 1920, MatType.CV_8UC1, Scalar.All(128));
    private readonly SceneDetections _found = new();
    private readonly SceneDetections _onePlate = new();
    private readonly List<VehicleLook> _looks = [];
    private readonly List<PlateReading> _readings = [];
    private readonly VisionModels _models = VisionModels.Load(ModelCatalog.Open(ModelCatalog.FindDefaultDirectory()), new VisionOptions());
    private readonly PictureSampler _sampler = new();
    private SceneDetector _detector = null!;
    private SceneReader _reader = null!;
    private OnnxModel _plateModel = null!;
    private OnnxModel _seatModel = null!;
    private PlateReader _plates = null!;
    private SeatClassifier _seats = null!;

    private I420Picture Frame => new(_planes, 1920, 1080);

    [GlobalSetup]
    public void Setup()
    {
        _detector = _models.CreateDetector();
        _reader = _models.CreateReader();
        _onePlate.Plates.Add(Plate());
        var catalog = ModelCatalog.Open(ModelCatalog.FindDefaultDirectory());
        (_plateModel, _seatModel) = (Load(catalog, ModelTask.PlateReading), Load(catalog, ModelTask.SeatClass));
        _plates = new PlateReader(_plateModel, maxPlates: 4);
        _seats = new SeatClassifier(_seatModel, maxBatch: 4);
    }

    /// <summary>Scaling, network and suppression for a whole frame.</summary>
    [Benchmark]
    public void DetectFrame() => _detector.Detect(Frame, _found);

    /// <summary>Second look at one candidate; reading and seats only where it is confirmed.</summary>
    [Benchmark]
    public void SecondLook() => _reader.Read(Frame, _onePlate, _looks);

    /// <summary>Rectifying and reading one plate, with the further looks that an unsure one gets: the grey one here is.</summary>
    [Benchmark]
    public PlateReading ReadPlate()
    {
        _plates.Read(Frame, [Plate()], _sampler, _readings);
        return _readings[0];
    }

    /// <summary>Seat class of one vehicle of 500 x 500 pixels.</summary>
    [Benchmark]
    public SeatReading SeatClass()
    {
        _seats.Add(Frame, new Box(600, 300, 500, 500), plate: null, _sampler);
        _seats.Run();
        return _seats.ReadingAt(0);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _seats?.Dispose();
        _plates?.Dispose();
        _seatModel?.Dispose();
        _plateModel?.Dispose();
        _reader?.Dispose();
        _detector?.Dispose();
        _sampler.Dispose();
        _models.Dispose();
        _planes.Dispose();
        GC.SuppressFinalize(this);
    }

    private static PlateDetection Plate() => new(Quad.Of(new Box(800, 700, 120, 40)), 0.9f, false);

    private static OnnxModel Load(ModelCatalog catalog, ModelTask task)
    {
        var entry = catalog.Pick(task, new Dictionary<string, int>())!;
        var manifest = entry.ReadManifest();
        return entry.Load(manifest, manifest.FileFor(FileRole.Main)!, threads: 1);
    }
}
