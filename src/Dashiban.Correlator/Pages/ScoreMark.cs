using System.Globalization;

namespace Dashiban.Correlator.Pages;

/// <summary>A score as the list shows it: a number and one of three tiers.</summary>
internal static class ScoreMark
{
    private const double High = 80;
    private const double Middle = 50;

    public static string Text(double score) => Math.Round(score).ToString(CultureInfo.InvariantCulture);

    public static string Tier(double score) => score switch
    {
        >= High => "high",
        >= Middle => "middle",
        _ => "low",
    };
}
