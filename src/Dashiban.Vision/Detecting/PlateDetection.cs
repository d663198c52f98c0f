using Dashiban.Vision.Imaging;

namespace Dashiban.Vision.Detecting;

/// <summary>A plate found in a picture.</summary>
/// <param name="Corners">Corners in picture pixels, in reading order.</param>
/// <param name="Confidence">0 to 1, after the second look where there was one.</param>
/// <param name="IsDoubleRow">True where the plate has two rows of characters.</param>
public readonly record struct PlateDetection(Quad Corners, float Confidence, bool IsDoubleRow);
