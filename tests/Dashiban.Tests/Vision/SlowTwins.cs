using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;

namespace Dashiban.Tests.Vision;

/// <summary>The fast paths of the vision library once more, written for the reader and not for the processor.</summary>
internal static class SlowTwins
{
    /// <summary>One pixel by the textbook: ITU-R BT.601 and BT.709, results 0 to 255.</summary>
    public static (double R, double G, double B) Rgb(PictureColour colour, byte y, byte u, byte v)
    {
        var (kr, kb) = colour is PictureColour.Bt601Full or PictureColour.Bt601Limited ? (0.299, 0.114) : (0.2126, 0.0722);
        var limited = colour is PictureColour.Bt601Limited or PictureColour.Bt709Limited;
        var luma = limited ? (y - 16) / 219.0 : y / 255.0;
        var pb = (u - 128) / (limited ? 224.0 : 255.0);
        var pr = (v - 128) / (limited ? 224.0 : 255.0);
        var r = luma + (2 * (1 - kr) * pr);
        var b = luma + (2 * (1 - kb) * pb);
        var g = (luma - (kr * r) - (kb * b)) / (1 - kr - kb);
        return (Level(r), Level(g), Level(b));
    }

    /// <summary>Repeatedly takes the surest box left and strikes out what it shadows.</summary>
    public static List<ScoredBox> Suppress(IEnumerable<ScoredBox> boxes, float overlap, float inside)
    {
        var left = boxes.OrderByDescending(box => box.Score).ThenBy(box => box.Row).ToList();
        var kept = new List<ScoredBox>();
        while (left.Count > 0)
        {
            var best = left[0];
            kept.Add(best);
            left.RemoveAll(box => box == best || IsShadowed(box.Box, best.Box, overlap, inside));
        }

        return kept;
    }

    /// <summary>The surest character of each slot, those that say "none" left out.</summary>
    public static string Slots(float[][] slots, string alphabet, char pad) =>
        string.Concat(slots.Select(slot => alphabet[Array.IndexOf(slot, slot.Max())])).Replace(pad.ToString(), string.Empty, StringComparison.Ordinal);

    /// <summary>The surest character of each step, runs merged, then blanks dropped.</summary>
    public static string Path(float[][] steps, string alphabet, char pad)
    {
        var path = steps.Select(step => alphabet[Array.IndexOf(step, step.Max())]).ToList();
        return string.Concat(path.Where((character, at) => character != pad && (at == 0 || path[at - 1] != character)));
    }

    /// <summary>Bilinear sampling of one plane by the definition; the edge is repeated outside.</summary>
    public static double Bilinear(byte[] plane, int width, int height, double x, double y)
    {
        // Sample values sit in pixel centres, half a pixel from the corners that coordinates count from.
        double cx = x - 0.5, cy = y - 0.5;
        int left = (int)Math.Floor(cx), top = (int)Math.Floor(cy);
        double fx = cx - left, fy = cy - top;
        return ((1 - fy) * (((1 - fx) * At(left, top)) + (fx * At(left + 1, top)))) + (fy * (((1 - fx) * At(left, top + 1)) + (fx * At(left + 1, top + 1))));

        double At(int column, int row) => plane[(Math.Clamp(row, 0, height - 1) * width) + Math.Clamp(column, 0, width - 1)];
    }

    /// <summary>Average of a plane over a rectangle by the definition: every sample counts by the area it shares.</summary>
    public static double Average(byte[] plane, int width, int height, double left, double top, double right, double bottom, byte? outside)
    {
        var total = 0.0;
        for (var row = (int)Math.Floor(top); row < bottom; row++)
        {
            for (var column = (int)Math.Floor(left); column < right; column++)
            {
                var shared = (Math.Min(bottom, row + 1) - Math.Max(top, row)) * (Math.Min(right, column + 1) - Math.Max(left, column));
                var inside = row >= 0 && row < height && column >= 0 && column < width;
                total += shared * (inside || outside is null ? plane[(Math.Clamp(row, 0, height - 1) * width) + Math.Clamp(column, 0, width - 1)] : outside.Value);
            }
        }

        return total / ((right - left) * (bottom - top));
    }

    /// <summary>True where two boxes share so nearly the limit that rounding decides: a quotient and a product may round apart there.</summary>
    public static bool IsRoundingsChoice(IReadOnlyList<ScoredBox> boxes, float overlap, float inside) =>
        boxes.Any(box => boxes.Any(other => other != box && Shares(box.Box, other.Box) is var (union, smaller)
            && (Math.Abs(union - overlap) < 1e-5 || Math.Abs(smaller - inside) < 1e-5)));

    private static bool IsShadowed(Box box, Box by, float overlap, float inside) =>
        Shares(box, by) is var (union, smaller) && union > 0 && (union >= overlap || smaller >= inside);

    /// <summary>The area that two boxes share, of their union and of the smaller one.</summary>
    private static (float Union, float Smaller) Shares(Box box, Box by)
    {
        var width = Math.Max(0, Math.Min(box.Right, by.Right) - Math.Max(box.X, by.X));
        var height = Math.Max(0, Math.Min(box.Bottom, by.Bottom) - Math.Max(box.Y, by.Y));
        var shared = width * height;
        return (shared / (box.Area + by.Area - shared), shared / Math.Min(box.Area, by.Area));
    }

    private static double Level(double share) => Math.Clamp(share * 255, 0, 255);
}
