using Dashiban.Vision.Models;

namespace Dashiban.Vision.Scenes;

/// <summary>
/// The loaded models, one session each, shared by all lanes. Safe to use from several threads; detectors and readers made from
/// it are not, and must be disposed before it.
/// </summary>
public sealed class VisionModels : IDisposable
{
    /// <summary>Loads the newest (or pinned) version for every task, after checking each against its manifest.</summary>
    /// <exception cref="ModelMismatchException">A model is missing or not what its manifest says.</exception>
    public static VisionModels Load(ModelCatalog catalog, VisionOptions options) => throw new NotImplementedException();

    /// <summary>A detector for one lane. The caller disposes it.</summary>
    public SceneDetector CreateDetector() => throw new NotImplementedException();

    /// <summary>A reader for one lane. The caller disposes it.</summary>
    public SceneReader CreateReader() => throw new NotImplementedException();

    public void Dispose()
    {
    }
}
