using Dashiban.Domain.Plates;
using Dashiban.Vision.Reading;

namespace Dashiban.Edge.Tracking;

/// <summary>Pictures taken of one look, so that a passage can carry exactly the frame that it was read from.</summary>
/// <param name="At">Capture time of the frame.</param>
/// <param name="Reading">The reading of that look.</param>
/// <param name="PlateWidth">Width of the plate in the picture, pixels.</param>
/// <param name="PlateCropJpeg">The rectified plate, at most 12 KB.</param>
/// <param name="SceneJpeg">The scene around the vehicle; empty where none was taken.</param>
public sealed record EvidenceShot(
    DateTimeOffset At,
    PlateReading Reading,
    float PlateWidth,
    ReadOnlyMemory<byte> PlateCropJpeg,
    ReadOnlyMemory<byte> SceneJpeg)
{
    /// <summary>The look, for ranking; the ranking does not ask for the layout.</summary>
    internal PlateLook Look => new(At, Reading, PlateLayout.SingleRow, PlateWidth);
}
