namespace Dashiban.Domain.Passages;

/// <summary>A checkpoint: one place, one or more cameras.</summary>
/// <param name="Id">Stable identifier used on the wire, for example <c>xinli-service-area</c>.</param>
/// <param name="NameZh">What the officer sees first, for example 忠县新立高速路服务区.</param>
/// <param name="NameEn">English name.</param>
public sealed record Site(string Id, string NameZh, string NameEn);

/// <summary>Shortest plausible driving time between two sites; order does not matter.</summary>
public sealed record TravelTime(string From, string To, TimeSpan Minimum);

/// <summary>The sites of a county and how far they are apart.</summary>
public sealed record SiteMap(IReadOnlyList<Site> Sites, IReadOnlyList<TravelTime> TravelTimes)
{
    public static SiteMap Empty { get; } = new([], []);

    /// <summary>The site's record; an unknown identifier stands for itself.</summary>
    public Site Of(string id) => Sites.FirstOrDefault(s => s.Id == id) ?? new Site(id, id, id);

    /// <summary>Shortest plausible driving time between two sites; zero within a site, null where nobody has declared one.</summary>
    public TimeSpan? MinimumTravel(string from, string to) => from == to
        ? TimeSpan.Zero
        : TravelTimes.FirstOrDefault(t => (t.From == from && t.To == to) || (t.From == to && t.To == from))?.Minimum;
}
