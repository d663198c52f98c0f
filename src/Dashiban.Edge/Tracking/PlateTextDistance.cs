namespace Dashiban.Edge.Tracking;

/// <summary>How alike two readings of a plate are.</summary>
internal static class PlateTextDistance
{
    /// <summary>Longest text compared; the rest of a longer one is not looked at.</summary>
    private const int MaxLength = 16;

    /// <summary>Fewest characters to change, add or leave out to get from one text to the other (Levenshtein).</summary>
    public static int Between(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        a = a[..Math.Min(a.Length, MaxLength)];
        b = b[..Math.Min(b.Length, MaxLength)];
        Span<int> row = stackalloc int[MaxLength + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(diagonal + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
