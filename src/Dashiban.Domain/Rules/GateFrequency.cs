using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;

namespace Dashiban.Domain.Rules;

/// <summary>定点频现: one site many times a month, mostly at the same hours.</summary>
public sealed class GateFrequency(RuleOptions options) : PatternRule(options)
{
    private readonly TimeSpan _sameSighting = TimeSpan.FromSeconds(options.RoundTrips.SameSightingSeconds);
    private readonly GateFrequencyOptions _options = options.GateFrequency;

    public override string Name => nameof(GateFrequency);

    public override Periods Periods => Periods.Months;

    internal override IReadOnlyList<RecordedPassage> Find(VehicleHistory vehicle, RuleContext context, Scorecard card)
    {
        var best = vehicle.Passages
            .GroupBy(p => p.Passage.Site)
            .Select(g => (Site: g.Key, Sightings: Trips.Sightings(g, _sameSighting).Select(s => s[0]).ToArray()))
            .Where(g => g.Sightings.Length >= _options.MinimumSightings)
            .OrderByDescending(g => g.Sightings.Length)
            .ThenBy(g => g.Site, StringComparer.Ordinal)
            .FirstOrDefault();
        if (best.Sightings is null)
        {
            return [];
        }

        var days = best.Sightings.Select(p => CountyTime.DateOf(p.Passage.CapturedAt)).Distinct().Count();
        var (from, inside) = BusiestBand(best.Sightings);
        if (days < _options.MinimumDays || inside < _options.BandShare * best.Sightings.Length)
        {
            return [];
        }

        Explain(context.Sites.Of(best.Site), best.Sightings.Length, days, from, inside, card);
        return best.Sightings;
    }

    private (int FromHour, int Inside) BusiestBand(RecordedPassage[] sightings)
    {
        var hours = sightings.Select(p => CountyTime.Of(p.Passage.CapturedAt).Hour).ToArray();
        return Enumerable.Range(0, 24)
            .Select(from => (from, hours.Count(h => (h - from + 24) % 24 < _options.BandHours)))
            .MaxBy(band => band.Item2);
    }

    private void Explain(Site site, int count, int days, int from, int inside, Scorecard card)
    {
        var to = (from + _options.BandHours) % 24;
        card.Add(
            Math.Min(60, 40 + (count - _options.MinimumSightings)),
            $"本月在{site.NameZh}出现 {count} 次，分布于 {days} 天",
            $"{count} times at {site.NameEn} this month, on {days} days");
        card.Add(
            15,
            $"其中 {inside} 次集中在 {from:00}:00–{to:00}:00",
            $"{inside} of them between {from:00}:00 and {to:00}:00");
    }
}
