namespace Dashiban.Evaluation;

/// <summary>A share with what it was counted on and its 95 % interval.</summary>
/// <param name="Count">How many.</param>
/// <param name="Of">Out of how many.</param>
/// <param name="Share"><paramref name="Count"/> / <paramref name="Of"/>; null where nothing was counted.</param>
/// <param name="Low">Lower end of the Wilson score interval (Wilson 1927), 95 %.</param>
/// <param name="High">Upper end.</param>
internal sealed record Rate(int Count, int Of, double? Share, double? Low, double? High)
{
    private const double Z = 1.959964;

    public static Rate From(int count, int of)
    {
        if (of == 0)
        {
            return new(count, of, null, null, null);
        }

        double share = (double)count / of, z2 = Z * Z / of;
        var centre = (share + (z2 / 2)) / (1 + z2);
        var half = Z * Math.Sqrt((share * (1 - share) / of) + (z2 / (4 * of))) / (1 + z2);
        return new(count, of, Rounded(share), Rounded(Math.Max(0, centre - half)), Rounded(Math.Min(1, centre + half)));
    }

    private static double Rounded(double share) => Math.Round(share, 4);
}
