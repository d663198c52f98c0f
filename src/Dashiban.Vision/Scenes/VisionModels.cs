using Dashiban.Vision.Models;
using OpenCvSharp;

namespace Dashiban.Vision.Scenes;

/// <summary>
/// The loaded models, one session each, shared by all lanes. Safe to use from several threads; detectors and readers made from
/// it are not, and must be disposed before it.
/// </summary>
public sealed class VisionModels : IDisposable
{
    private readonly List<OnnxModel> _sessions = [];
    private readonly VisionOptions _options;

    private VisionModels(VisionOptions options) => _options = options;

    /// <summary>What is loaded, one entry per task.</summary>
    public IReadOnlyDictionary<ModelTask, ModelManifest> Manifests => _sessions
        .Where(session => session.File.Role == FileRole.Main)
        .ToDictionary(session => session.Manifest.Task, session => session.Manifest);

    /// <summary>A detection's confidence from which a plate is believed; the reader drops what lies below.</summary>
    public float DetectionThreshold => Manifests[ModelTask.PlateDetection].Plates!.Threshold;

    /// <summary>A reading whose weakest character lies below this is not accepted.</summary>
    public float MinCharacterConfidence => Manifests[ModelTask.PlateReading].Reading!.MinCharacterConfidence;

    /// <summary>Whether a reading is accepted only where the reader's second opinion says the same.</summary>
    public bool RequireAgreement => Manifests[ModelTask.PlateReading].Reading!.RequireAgreement;

    /// <summary>Below this probability of the likeliest class the seat model's answer is "unknown".</summary>
    public float SeatThreshold => Manifests[ModelTask.SeatClass].Classes!.Threshold;

    /// <summary>How often the seat model is right, as its manifest says; null where nobody has measured it.</summary>
    public ClassReliability? SeatReliability => Manifests[ModelTask.SeatClass].Classes!.Reliability;

    /// <summary>Loads the newest (or pinned) version for every task, after checking each against its manifest.</summary>
    /// <exception cref="ModelMismatchException">A model is missing or not what its manifest says.</exception>
    public static VisionModels Load(ModelCatalog catalog, VisionOptions options)
    {
        // One picture is worked on by one thread; the lanes share the cores among themselves.
        Cv2.SetNumThreads(1);
        // What a damaged picture lacks is said by this program, once and with the file's name.
        Cv2.SetLogLevel(OpenCvSharp.LogLevel.SILENT);
        var models = new VisionModels(options);
        try
        {
            catalog.CheckPins(options.PinnedVersions);
            foreach (var task in Enum.GetValues<ModelTask>())
            {
                models.LoadTask(catalog, task);
            }

            return models;
        }
        catch
        {
            models.Dispose();
            throw;
        }
    }

    /// <summary>A detector for one lane. The caller disposes it.</summary>
    public SceneDetector CreateDetector() => new(
        Sessions(ModelTask.PlateDetection).Where(session => session.File.Role != FileRole.SecondLook),
        Sessions(ModelTask.VehicleDetection),
        _options.MaxPlatesPerPicture);

    /// <summary>A reader for one lane. The caller disposes it.</summary>
    public SceneReader CreateReader() => new(
        Sessions(ModelTask.PlateDetection).FirstOrDefault(session => session.File.Role == FileRole.SecondLook),
        Sessions(ModelTask.PlateReading).First(),
        Sessions(ModelTask.SeatClass).First(),
        DetectionThreshold,
        Manifests[ModelTask.PlateDetection].Plates!.Overlap,
        _options.MaxPlatesPerPicture);

    public void Dispose() => _sessions.ForEach(session => session.Dispose());

    private IEnumerable<OnnxModel> Sessions(ModelTask task) => _sessions.Where(session => session.Manifest.Task == task);

    private void LoadTask(ModelCatalog catalog, ModelTask task)
    {
        if (catalog.Pick(task, _options.PinnedVersions) is { } entry)
        {
            var manifest = entry.ReadManifest();
            foreach (var file in manifest.Files)
            {
                _sessions.Add(entry.Load(manifest, file, _options.IntraOpThreads));
            }
        }
        else if (task != ModelTask.VehicleDetection)
        {
            // Without a vehicle detector the vehicle's region follows from its plate.
            throw new ModelMismatchException($"{catalog.Directory} has no model for the task {task}.");
        }
    }
}
