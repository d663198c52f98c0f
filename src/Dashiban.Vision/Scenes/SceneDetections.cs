using Dashiban.Vision.Detecting;

namespace Dashiban.Vision.Scenes;

/// <summary>What the detectors found in one picture. One instance is filled again and again, so that a frame allocates nothing.</summary>
public sealed class SceneDetections
{
    /// <summary>
    /// Candidates for plates, the surest first. They passed the low threshold of the first look only; the reader's second look
    /// decides which of them are plates.
    /// </summary>
    public List<PlateDetection> Plates { get; } = [];

    /// <summary>Vehicles; empty while no vehicle detector is installed.</summary>
    public List<VehicleBox> Vehicles { get; } = [];

    /// <summary>True where there is nothing to read.</summary>
    public bool IsEmpty => Plates.Count == 0 && Vehicles.Count == 0;

    /// <summary>Forgets everything and keeps the memory.</summary>
    public void Clear()
    {
        Plates.Clear();
        Vehicles.Clear();
    }
}
