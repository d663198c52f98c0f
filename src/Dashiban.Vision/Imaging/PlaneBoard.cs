using OpenCvSharp;

namespace Dashiban.Vision.Imaging;

/// <summary>
/// Three planes Y, U and V of the same small size: a part of a picture as a model will see it, before it becomes numbers.
/// Allocated once; owned by whoever made it.
/// </summary>
internal sealed class PlaneBoard : IDisposable
{
    private readonly Mat[] _planes;

    public PlaneBoard(int width, int height)
        : this(width, height, [.. Enumerable.Range(0, 3).Select(_ => new Mat(height, width, MatType.CV_8UC1, Scalar.All(128)))])
    {
    }

    private PlaneBoard(int width, int height, Mat[] planes)
    {
        Width = width;
        Height = height;
        _planes = planes;
        Targets = [.. planes.Select(OutputArray.Create)];
        Sources = [.. planes.Select(InputArray.Create)];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The planes for OpenCV to write to; made once, because making them allocates.</summary>
    public OutputArray[] Targets { get; }

    /// <summary>The planes for OpenCV to read from.</summary>
    public InputArray[] Sources { get; }

    /// <summary>A part of this board that shares its memory. The caller disposes it before this board.</summary>
    public PlaneBoard Part(int x, int y, int width, int height) =>
        new(width, height, [.. _planes.Select(plane => plane.SubMat(new Rect(x, y, width, height)))]);

    /// <summary>All samples of a plane; only for a board that is no part of another.</summary>
    public unsafe Span<byte> Samples(int plane) => new(_planes[plane].DataPointer, Width * Height);

    /// <summary>Fills the board with a grey level.</summary>
    public void Clear(byte luma)
    {
        Samples(0).Fill(luma);
        Samples(1).Fill(128);
        Samples(2).Fill(128);
    }

    public void Dispose()
    {
        for (var plane = 0; plane < 3; plane++)
        {
            Sources[plane].Dispose();
            Targets[plane].Dispose();
            _planes[plane].Dispose();
        }
    }
}
