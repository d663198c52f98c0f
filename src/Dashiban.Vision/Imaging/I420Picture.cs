using OpenCvSharp;

namespace Dashiban.Vision.Imaging;

/// <summary>
/// A picture as every model looks at it: planar 4:2:0 (I420), one 8-bit single-channel matrix of <c>Height * 3 / 2</c> rows
/// and <c>Width</c> columns, the Y plane first, then U and V at a quarter of its size. Width and height are even.
/// </summary>
/// <param name="Planes">The samples; continuous in memory.</param>
/// <param name="Width">Pixels, even.</param>
/// <param name="Height">Pixels, even.</param>
/// <param name="Colour">What the samples mean; cameras of 720 lines and more send the default.</param>
/// <remarks>
/// Borrowed, never owned: a view of somebody's buffer (a frame of a camera, or a decoded photograph) that must not outlive it.
/// Photographs take the same form, so that <c>dashiban read</c> and a live camera share one code path.
/// </remarks>
public readonly record struct I420Picture(Mat Planes, int Width, int Height, PictureColour Colour = PictureColour.Bt709Limited)
{
    /// <summary>The samples of a plane (0 Y, 1 U, 2 V), row by row, and its size in pixels. Valid while the matrix lives.</summary>
    internal unsafe ReadOnlySpan<byte> Samples(int plane, out int width, out int height)
    {
        (width, height) = plane == 0 ? (Width, Height) : (Width / 2, Height / 2);
        var before = plane == 0 ? 0 : (Width * Height) + ((plane - 1) * width * height);
        return new(Planes.DataPointer + before, width * height);
    }
}
