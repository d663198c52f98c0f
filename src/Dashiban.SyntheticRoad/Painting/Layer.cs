using SkiaSharp;

namespace Dashiban.SyntheticRoad.Painting;

/// <summary>
/// A transparent sheet of the picture's size with depth: one vehicle is drawn on it, softened as a lens does, and laid over
/// the picture. Only the area in use is ever touched.
/// </summary>
internal sealed class Layer(int width, int height)
{
    private readonly uint[] _soft = new uint[width * height];

    public int Width => width;
    public int Height => height;

    /// <summary>R in the lowest byte, then G, B and coverage (0 or 255 before softening).</summary>
    public uint[] Colours { get; } = new uint[width * height];

    /// <summary>1 / depth; 0 where nothing is drawn.</summary>
    public float[] Nearness { get; } = new float[width * height];

    public SKRectI Clip(SKRectI area) => SKRectI.Intersect(area, new SKRectI(0, 0, width, height));

    public void Clear(SKRectI area)
    {
        for (var y = area.Top; y < area.Bottom; y++)
        {
            Array.Clear(Colours, (y * width) + area.Left, area.Width);
            Array.Clear(Nearness, (y * width) + area.Left, area.Width);
        }
    }

    /// <summary>Spreads every pixel over its neighbours with weights 1 2 1 in both directions: the blur of a lens, and smooth outlines.</summary>
    public void Soften(SKRectI area)
    {
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var row = y * width;
            for (var x = area.Left; x < area.Right; x++)
            {
                var left = Colours[row + Math.Max(x - 1, area.Left)];
                var right = Colours[row + Math.Min(x + 1, area.Right - 1)];
                _soft[row + x] = Weighted(left, Colours[row + x], right);
            }
        }

        for (var y = area.Top; y < area.Bottom; y++)
        {
            var above = Math.Max(y - 1, area.Top) * width;
            var below = Math.Min(y + 1, area.Bottom - 1) * width;
            for (var x = area.Left; x < area.Right; x++)
            {
                Colours[(y * width) + x] = Weighted(_soft[above + x], _soft[(y * width) + x], _soft[below + x]);
            }
        }
    }

    /// <summary>Smears vertically over the given number of pixels: what moves during the exposure.</summary>
    public void Smear(SKRectI area, int length)
    {
        for (var y = area.Top; y < area.Bottom; y++)
        {
            for (var x = area.Left; x < area.Right; x++)
            {
                uint even = 0, odd = 0;
                for (var step = 0; step < length; step++)
                {
                    var pixel = Colours[(Math.Min(y + step, area.Bottom - 1) * width) + x];
                    even += pixel & 0x00FF00FF;
                    odd += (pixel >> 8) & 0x00FF00FF;
                }

                _soft[(y * width) + x] = Divide(even, length) | (Divide(odd, length) << 8);
            }
        }

        for (var y = area.Top; y < area.Bottom; y++)
        {
            Array.Copy(_soft, (y * width) + area.Left, Colours, (y * width) + area.Left, area.Width);
        }
    }

    /// <summary>Lays the sheet over a picture of the same size and byte order.</summary>
    public void LayOver(Span<uint> picture, SKRectI area)
    {
        for (var y = area.Top; y < area.Bottom; y++)
        {
            for (var i = (y * width) + area.Left; i < (y * width) + area.Right; i++)
            {
                var over = Colours[i];
                var coverage = over >> 24;
                if (coverage == 0)
                {
                    continue;
                }

                var rest = 256 - (coverage + (coverage >> 7));
                var under = picture[i];
                var even = (over & 0x00FF00FF) + ((((under & 0x00FF00FF) * rest) >> 8) & 0x00FF00FF);
                var odd = ((over >> 8) & 0x000000FF) + (((((under >> 8) & 0x000000FF) * rest) >> 8) & 0x000000FF);
                picture[i] = even | (odd << 8) | 0xFF000000;
            }
        }
    }

    private static uint Weighted(uint a, uint b, uint c)
    {
        var even = (a & 0x00FF00FF) + ((b & 0x00FF00FF) * 2) + (c & 0x00FF00FF) + 0x00020002;
        var odd = ((a >> 8) & 0x00FF00FF) + (((b >> 8) & 0x00FF00FF) * 2) + ((c >> 8) & 0x00FF00FF) + 0x00020002;
        return ((even >> 2) & 0x00FF00FF) | (((odd >> 2) & 0x00FF00FF) << 8);
    }

    private static uint Divide(uint pair, int by) => ((pair & 0xFFFF) / (uint)by) | ((pair >> 16) / (uint)by << 16);
}
