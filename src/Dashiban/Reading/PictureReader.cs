using System.Diagnostics;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Reading;
using Dashiban.Vision.Scenes;

namespace Dashiban.Reading;

/// <summary>Looks at single pictures with the detector and reader of a live lane. Not safe for several threads.</summary>
internal sealed class PictureReader(VisionModels models) : IDisposable
{
    private readonly SceneDetector _detector = models.CreateDetector();
    private readonly SceneReader _reader = models.CreateReader();
    private readonly SceneDetections _detections = new();
    private readonly List<VehicleLook> _looks = [];

    /// <summary>Gates that the installed models ask for.</summary>
    public PlateGate Gate { get; } = PlateGate.Of(models);

    /// <summary>Below this probability of the likeliest class the seat model's answer is "unknown".</summary>
    public float SeatThreshold { get; } = models.SeatThreshold;

    /// <summary>Everything seen in the picture, and how long it took; the list is overwritten by the next call.</summary>
    public (IReadOnlyList<VehicleLook> Looks, TimeSpan Took) Look(I420Picture picture)
    {
        var start = Stopwatch.GetTimestamp();
        _detector.Detect(picture, _detections);
        _reader.Read(picture, _detections, _looks);
        return (_looks, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Reads a picture that is one plate, and how long it took.</summary>
    public (PlateReading Reading, TimeSpan Took) LookAtPlate(I420Picture picture)
    {
        var start = Stopwatch.GetTimestamp();
        return (_reader.ReadPlate(picture), Stopwatch.GetElapsedTime(start));
    }

    public void Dispose()
    {
        _reader.Dispose();
        _detector.Dispose();
    }
}
