using OpenCvSharp;

namespace Dashiban.Vision.Imaging;

/// <summary>
/// A picture as every model looks at it: planar 4:2:0 (I420), one 8-bit single-channel matrix of <c>Height * 3 / 2</c> rows
/// and <c>Width</c> columns, the Y plane first, then U and V at a quarter of its size. Width and height are even.
/// </summary>
/// <remarks>
/// Borrowed, never owned: a view of somebody's buffer (a frame of a camera, or a decoded photograph) that must not outlive it.
/// Photographs take the same form, so that <c>dashiban read</c> and a live camera share one code path.
/// </remarks>
public readonly record struct I420Picture(Mat Planes, int Width, int Height);
