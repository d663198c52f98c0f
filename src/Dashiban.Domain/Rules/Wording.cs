using System.Globalization;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;

namespace Dashiban.Domain.Rules;

/// <summary>Times and places as reasons say them: county time, Chinese and English.</summary>
internal static class Wording
{
    private const int TimesShown = 4;

    public static string Clock(DateTimeOffset time) => CountyTime.Of(time).ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Times(IEnumerable<RoundTrip> trips, string separator)
    {
        var spans = trips.Select(t => $"{Clock(t.Start)}–{Clock(t.End)}").ToArray();
        return spans.Length <= TimesShown
            ? string.Join(separator, spans)
            : $"{string.Join(separator, spans[..(TimesShown - 1)])}{separator}…{separator}{spans[^1]}";
    }

    public static (string Zh, string En) Way(Shuttle shuttle, SiteMap sites)
    {
        var (home, far) = (sites.Of(shuttle.Home), sites.Of(shuttle.Far));
        return shuttle.Home == shuttle.Far
            ? ($"{home.NameZh}进出", $"in and out at {home.NameEn}")
            : ($"{home.NameZh}→{far.NameZh}→{home.NameZh}", $"{home.NameEn} → {far.NameEn} → {home.NameEn}");
    }
}
