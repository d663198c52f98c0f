using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dashiban.Vision.Imaging;

/// <summary>
/// Cuts an upright part out of a plane and shrinks it: every target pixel is the average of what it covers, parts of pixels
/// included. OpenCV has no area average for a region between pixels or beyond the picture; sampling finely and averaging took a
/// millisecond longer for a seat view (<c>benchmarks/results/micro.md</c>). Keeps one row of scratch memory; not safe for several threads.
/// </summary>
internal sealed class AreaCut
{
    private float[] _sums = [];

    /// <summary>Fills the target, row by row.</summary>
    /// <param name="plane">The plane's samples, rows of <paramref name="width"/>.</param>
    /// <param name="width">Pixels of the plane.</param>
    /// <param name="height">Pixels of the plane.</param>
    /// <param name="part">Plane pixels, counted from corners; may lie outside in part or in whole.</param>
    /// <param name="outside">Sample outside the plane; null repeats the plane's edge.</param>
    /// <param name="target">Samples of the result.</param>
    /// <param name="targetWidth">Pixels of a row of the result.</param>
    public void Cut(ReadOnlySpan<byte> plane, int width, int height, Box part, byte? outside, Span<byte> target, int targetWidth)
    {
        var first = Math.Clamp((int)MathF.Floor(part.X), 0, width - 1);
        var count = Math.Clamp((int)MathF.Ceiling(part.Right), first + 1, width) - first;
        if (_sums.Length < count)
        {
            _sums = new float[count];
        }

        var sums = _sums.AsSpan(0, count);
        var targetHeight = target.Length / targetWidth;
        var down = (double)part.Height / targetHeight;
        for (var row = 0; row < targetHeight; row++)
        {
            SumRows(plane, width, height, part.Y + (row * down), part.Y + ((row + 1) * down), first, outside, sums);
            Average(sums, first, width, part, down, outside, target.Slice(row * targetWidth, targetWidth));
        }
    }

    /// <summary>For each column, the sum of the samples between two heights, a row that is covered in part counting in part.</summary>
    private static void SumRows(
        ReadOnlySpan<byte> plane, int width, int height, double top, double bottom, int first, byte? outside, Span<float> sums)
    {
        var beyond = outside is { } level ? (Math.Max(0, Math.Min(bottom, 0) - top) + Math.Max(0, bottom - Math.Max(top, height))) * level : 0;
        sums.Fill((float)beyond);
        int from = (int)Math.Floor(top), to = (int)Math.Ceiling(bottom);
        if (outside is not null)
        {
            (from, to) = (Math.Max(from, 0), Math.Min(to, height));
        }

        for (var row = from; row < to; row++)
        {
            var share = Math.Min(bottom, row + 1) - Math.Max(top, row);
            AddRow(plane.Slice((Math.Clamp(row, 0, height - 1) * width) + first, sums.Length), (float)share, sums);
        }
    }

    private static void AddRow(ReadOnlySpan<byte> row, float share, Span<float> sums)
    {
        var column = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref var start = ref MemoryMarshal.GetReference(sums);
            for (; column <= row.Length - Vector256<float>.Count; column += Vector256<float>.Count)
            {
                var sum = Vector256.LoadUnsafe(ref start, (nuint)column) + (EightSamples.At(row, column) * share);
                sum.StoreUnsafe(ref start, (nuint)column);
            }
        }

        for (; column < row.Length; column++)
        {
            sums[column] += row[column] * share;
        }
    }

    /// <summary>Averages the columns' sums into one row of the result.</summary>
    private static void Average(ReadOnlySpan<float> sums, int first, int width, Box part, double down, byte? outside, Span<byte> target)
    {
        var across = (double)part.Width / target.Length;
        var leftOf = outside * down ?? sums[0];
        var rightOf = outside * down ?? sums[^1];
        for (var i = 0; i < target.Length; i++)
        {
            var left = part.X + (i * across);
            var right = left + across;
            var total = (Math.Max(0, Math.Min(right, 0) - left) * leftOf) + (Math.Max(0, right - Math.Max(left, width)) * rightOf);

            // What rounding adds beyond the last column weighs nothing.
            double inLeft = Math.Max(left, 0), inRight = Math.Min(right, first + sums.Length);
            for (var column = (int)inLeft; column < inRight; column++)
            {
                total += (Math.Min(inRight, column + 1) - Math.Max(inLeft, column)) * sums[column - first];
            }

            target[i] = (byte)((total / (across * down)) + 0.5);
        }
    }
}
