using SkiaSharp;

namespace Dashiban.SyntheticRoad.Painting;

/// <summary>Turns RGB pixels into planar 4:2:0 (I420) with the BT.709 matrix in video range, as cameras send it.</summary>
internal static class Planes
{
    private const int Shift = 14;

    public static int ByteCount(int width, int height) => width * height * 3 / 2;

    /// <summary>Grows the area to whole 2 x 2 blocks inside the picture.</summary>
    public static SKRectI Even(SKRectI area, int width, int height) => SKRectI.Intersect(
        new SKRectI(area.Left & ~1, area.Top & ~1, (area.Right + 1) & ~1, (area.Bottom + 1) & ~1),
        new SKRectI(0, 0, width, height));

    /// <summary>Converts one even area; the rest of the planes stays as it is.</summary>
    public static void Convert(ReadOnlySpan<uint> pixels, int width, int height, SKRectI area, Span<byte> i420)
    {
        var brightness = i420[..(width * height)];
        var blue = i420.Slice(width * height, width * height / 4);
        var red = i420.Slice(width * height * 5 / 4, width * height / 4);
        for (var y = area.Top; y < area.Bottom; y += 2)
        {
            var upper = y * width;
            var lower = upper + width;
            var chroma = y / 2 * (width / 2);
            for (var x = area.Left; x < area.Right; x += 2)
            {
                var (a, b, c, d) = (pixels[upper + x], pixels[upper + x + 1], pixels[lower + x], pixels[lower + x + 1]);
                brightness[upper + x] = Luma(a);
                brightness[upper + x + 1] = Luma(b);
                brightness[lower + x] = Luma(c);
                brightness[lower + x + 1] = Luma(d);
                var r = (int)((a & 255) + (b & 255) + (c & 255) + (d & 255));
                var g = (int)(((a >> 8) & 255) + ((b >> 8) & 255) + ((c >> 8) & 255) + ((d >> 8) & 255));
                var u = (int)(((a >> 16) & 255) + ((b >> 16) & 255) + ((c >> 16) & 255) + ((d >> 16) & 255));
                const int Half = 1 << (Shift + 1);
                blue[chroma + (x / 2)] = (byte)(128 + (((-1645 * r) + (-5535 * g) + (7180 * u) + Half) >> (Shift + 2)));
                red[chroma + (x / 2)] = (byte)(128 + (((7180 * r) + (-6521 * g) + (-659 * u) + Half) >> (Shift + 2)));
            }
        }
    }

    // BT.709: Y = 16 + 219 (0.2126 R + 0.7152 G + 0.0722 B) / 255; the chroma weights above are 224 / 255 of the standard's.
    private static byte Luma(uint pixel) =>
        (byte)(16 + (((2991 * (int)(pixel & 255)) + (10063 * (int)((pixel >> 8) & 255)) + (1016 * (int)((pixel >> 16) & 255)) + (1 << (Shift - 1))) >> Shift));
}
