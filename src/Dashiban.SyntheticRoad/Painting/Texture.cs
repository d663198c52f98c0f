using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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

    /// <param name="pixels">Row by row, R in the lowest byte, then G, B and gloss; at least 2 x 2.</param>
    public Texture(uint[] pixels, int width, int height)
    {
        var levels = new List<uint[]> { pixels };
        var widths = new List<int> { width };
        var heights = new List<int> { height };
        while (widths[^1] > 3 && heights[^1] > 3)
        {
            levels.Add(Halve(levels[^1], widths[^1], heights[^1]));
            widths.Add(widths[^1] / 2);
            heights.Add(heights[^1] / 2);
        }

        (_levels, _widths, _heights) = ([.. levels], [.. widths], [.. heights]);
    }

    public int Levels => _levels.Length;

    /// <summary>One colour everywhere.</summary>
    public static Texture Even(SKColor colour, byte gloss) => new([.. Enumerable.Repeat(Pack(colour, gloss), 4)], 2, 2);

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
        var pixels = _levels[level];
        var width = _widths[level];
        var scale = 256f / (1 << level);

        // Positions and weights as whole numbers with 8 binary places: four pixels are mixed two parts at a time.
        var x = Math.Clamp((int)(u * scale) - 128, 0, ((width - 1) << 8) - 1);
        var y = Math.Clamp((int)(v * scale) - 128, 0, ((_heights[level] - 1) << 8) - 1);
        var corner = ((y >> 8) * width) + (x >> 8);
        var across = (uint)(x & 255);
        var upper = Mix(pixels[corner], pixels[corner + 1], across);
        var lower = Mix(pixels[corner + width], pixels[corner + width + 1], across);
        return Unpack(Mix(upper, lower, (uint)(y & 255)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(uint a, uint b, uint weight)
    {
        var rest = 256 - weight;
        var even = (((a & 0x00FF00FF) * rest) + ((b & 0x00FF00FF) * weight)) >> 8;
        var odd = (((a >> 8) & 0x00FF00FF) * rest) + (((b >> 8) & 0x00FF00FF) * weight);
        return (even & 0x00FF00FF) | (odd & 0xFF00FF00);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector4 Unpack(uint pixel)
    {
        var words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(pixel).AsByte());
        return Vector128.ConvertToSingle(Vector128.WidenLower(words).AsInt32()).AsVector4() * (1 / 255f);
    }

    private static uint[] Halve(uint[] pixels, int width, int height)
    {
        var (halfWidth, halfHeight) = (width / 2, height / 2);
        var half = new uint[halfWidth * halfHeight];
        for (var y = 0; y < halfHeight; y++)
        {
            for (var x = 0; x < halfWidth; x++)
            {
                var corner = (y * 2 * width) + (x * 2);
                var (a, b, c, d) = (pixels[corner], pixels[corner + 1], pixels[corner + width], pixels[corner + width + 1]);

                // The means of two parts at a time: sums of four bytes fit into 16 bits.
                var even = (a & 0x00FF00FF) + (b & 0x00FF00FF) + (c & 0x00FF00FF) + (d & 0x00FF00FF) + 0x00020002;
                var odd = ((a >> 8) & 0x00FF00FF) + ((b >> 8) & 0x00FF00FF) + ((c >> 8) & 0x00FF00FF) + ((d >> 8) & 0x00FF00FF) + 0x00020002;
                half[(y * halfWidth) + x] = ((even >> 2) & 0x00FF00FF) | ((odd << 6) & 0xFF00FF00);
            }
        }

        return half;
    }
}
