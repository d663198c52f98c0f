using Dashiban.Vision.Imaging;

namespace Dashiban.Vision.Scenes;

/// <summary>
/// The second look, at full resolution: confirms plates, reads them in one batch and judges every vehicle's seats. One per lane;
/// not safe for several threads.
/// </summary>
public sealed class SceneReader : IDisposable
{
    /// <summary>
    /// Replaces the contents of <paramref name="into"/> by one look per vehicle. Every confirmed plate belongs to exactly one
    /// of them; a vehicle without a plate is there too.
    /// </summary>
    public void Read(I420Picture picture, SceneDetections detections, List<VehicleLook> into) => throw new NotImplementedException();

    public void Dispose()
    {
    }
}
