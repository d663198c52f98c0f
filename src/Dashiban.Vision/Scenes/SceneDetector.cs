using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;

namespace Dashiban.Vision.Scenes;

/// <summary>The first look at a whole picture: where are plates and vehicles? One per lane; not safe for several threads.</summary>
public sealed class SceneDetector : IDisposable
{
    /// <summary>Replaces the contents of <paramref name="into"/> by what is found in the picture.</summary>
    public void Detect(I420Picture picture, SceneDetections into) => throw new NotImplementedException();

    /// <summary>Replaces the contents of <paramref name="into"/> by the candidates for plates, the surest first.</summary>
    public void Detect(I420Picture picture, List<PlateDetection> into) => throw new NotImplementedException();

    public void Dispose()
    {
    }
}
