using Dashiban.Vision.Imaging;

namespace Dashiban.Vision.Detecting;

/// <summary>A vehicle found in a picture.</summary>
/// <param name="Box">Its region in picture pixels, clipped to the picture.</param>
/// <param name="Confidence">0 to 1.</param>
public readonly record struct VehicleBox(Box Box, float Confidence);
