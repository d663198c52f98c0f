using System.Numerics;
using System.Runtime.CompilerServices;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Painting;

/// <summary>
/// A surface picture with ever smaller copies, so that far surfaces do not flicker: red, green, blue and gloss (0 matt, 255
/// glass) in 8 bits each.
/// </summary>
internal sealed class Texture
{
    private readonly uint[][] _levels;
    private readonly int[] _widths;
    private readonly int[] _heights;

    /// <param name="pixels">Row by row, R in the lowest byte, then G, B and gloss.</param>
    public Texture(uint[] pixels, int width, int height)
    {
        var levels = new List<uint[]> { pixels };
        var widths = new List<int> { width };
        var heights = new List<int> { height };
        while (widths[^1] > 2 && heights[^1] > 2)
        {
            levels.Add(Halve(levels[^1], widths[^1], heights[^1]));
            widths.Add(widths[^1] / 2);
            heights.Add(heights[^1] / 2);
        }

        (_levels, _widths, _heights) = ([.. levels], [.. widths], [.. heights]);
    }

    public int Levels => _levels.Length;

    /// <summary>One colour everywhere.</summary>
    public static Texture Even(SKColor colour, byte gloss) => new([Pack(colour, gloss)], 1, 1);

    /// <summary>Takes the colours of the picture and one gloss for all of it.</summary>
    public static Texture From(SKBitmap picture, byte gloss)
    {
        var pixels = new uint[picture.Width * picture.Height];
        var source = picture.Pixels;
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = Pack(source[i], gloss);
        }

        return new Texture(pixels, picture.Width, picture.Height);
    }

    public static uint Pack(SKColor colour, byte gloss) => (uint)(colour.Red | (colour.Green << 8) | (colour.Blue << 16) | (gloss << 24));

    /// <summary>Bilinear sample; u and v in pixels of level 0, clamped to the picture. Each part 0 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector4 Sample(float u, float v, int level)
    {
        level = Math.Min(level, _levels.Length - 1);
        var pixels = _levels[level];
        var (width, height) = (_widths[level], _heights[level]);
        var scale = 1f / (1 << level);
        u = Math.Clamp((u * scale) - 0.5f, 0, width - 1);
        v = Math.Clamp((v * scale) - 0.5f, 0, height - 1);
        var (left, top) = ((int)u, (int)v);
        var (right, bottom) = (Math.Min(left + 1, width - 1), Math.Min(top + 1, height - 1));
        var upper = Vector4.Lerp(Unpack(pixels[(top * width) + left]), Unpack(pixels[(top * width) + right]), u - left);
        var lower = Vector4.Lerp(Unpack(pixels[(bottom * width) + left]), Unpack(pixels[(bottom * width) + right]), u - left);
        return Vector4.Lerp(upper, lower, v - top);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector4 Unpack(uint pixel) =>
        new Vector4(pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255, pixel >> 24) * (1 / 255f);

    private static uint[] Halve(uint[] pixels, int width, int height)
    {
        var (halfWidth, halfHeight) = (width / 2, height / 2);
        var half = new uint[halfWidth * halfHeight];
        for (var y = 0; y < halfHeight; y++)
        {
            for (var x = 0; x < halfWidth; x++)
            {
                var corner = (y * 2 * width) + (x * 2);
                var sum = Unpack(pixels[corner]) + Unpack(pixels[corner + 1]) + Unpack(pixels[corner + width]) + Unpack(pixels[corner + width + 1]);
                sum *= 255 / 4f;
                half[(y * halfWidth) + x] = (uint)(sum.X + 0.5f) | ((uint)(sum.Y + 0.5f) << 8) | ((uint)(sum.Z + 0.5f) << 16) | ((uint)(sum.W + 0.5f) << 24);
            }
        }

        return half;
    }
}
