using Dashiban.Vision.Imaging;

namespace Dashiban.Vision.Detecting;

/// <summary>Reads the rows of a detector's output: left, top, right, bottom, score, then whatever else a row holds.</summary>
internal static class RowScan
{
    /// <summary>More rows than this above a threshold are no road: the rest is left out.</summary>
    public const int MostRows = 1024;

    /// <summary>Collects the rows whose score is <paramref name="threshold"/> or more; returns how many there are.</summary>
    public static int Collect(ReadOnlySpan<float> rows, int columns, float threshold, Span<ScoredBox> into)
    {
        var count = 0;
        for (int row = 0, at = 0; at + columns <= rows.Length && count < into.Length; row++, at += columns)
        {
            var score = rows[at + 4];
            if (score >= threshold)
            {
                into[count++] = new(row, new Box(rows[at], rows[at + 1], rows[at + 2] - rows[at], rows[at + 3] - rows[at + 1]), score);
            }
        }

        return count;
    }
}
