using Dashiban.Vision.Imaging;

namespace Dashiban.Vision.Detecting;

/// <summary>One row of a detector's output that passed its threshold.</summary>
/// <param name="Row">Number of the row.</param>
/// <param name="Box">Upright box, input pixels.</param>
/// <param name="Score">0 to 1.</param>
internal readonly record struct ScoredBox(int Row, Box Box, float Score);

/// <summary>Of boxes that show the same thing, keeps the surest.</summary>
internal static class NonMaxSuppression
{
    /// <summary>
    /// Moves the boxes that stay to the front, the surest first (at equal scores the lower row), and returns how many they are.
    /// A box goes if it overlaps a surer one that stays by <paramref name="overlap"/> or more (intersection over union), or if
    /// the shared area is <paramref name="inside"/> or more of the smaller of the two.
    /// </summary>
    public static int Suppress(Span<ScoredBox> boxes, float overlap, float inside)
    {
        boxes.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Row.CompareTo(b.Row));
        var kept = 0;
        foreach (var box in boxes)
        {
            if (!IsShadowed(box.Box, boxes[..kept], overlap, inside))
            {
                boxes[kept++] = box;
            }
        }

        return kept;
    }

    private static bool IsShadowed(Box box, ReadOnlySpan<ScoredBox> kept, float overlap, float inside)
    {
        foreach (var surer in kept)
        {
            var shared = box.SharedArea(surer.Box);
            if (shared > 0
                && (shared >= overlap * (box.Area + surer.Box.Area - shared) || shared >= inside * MathF.Min(box.Area, surer.Box.Area)))
            {
                return true;
            }
        }

        return false;
    }
}
