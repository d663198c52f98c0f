using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;

namespace Dashiban.Domain.Rules;

/// <summary>逐日往返: there and back on most days of a week.</summary>
public sealed class DailyReturn(RuleOptions options) : PatternRule(options)
{
    private readonly TimeSpan _sameSighting = TimeSpan.FromSeconds(options.RoundTrips.SameSightingSeconds);
    private readonly DailyReturnOptions _options = options.DailyReturn;

    public override string Name => nameof(DailyReturn);

    public override Periods Periods => Periods.Weeks;

    internal override IReadOnlyList<RecordedPassage> Find(VehicleHistory vehicle, RuleContext context, Scorecard card)
    {
        var best = Trips.Of(vehicle, context.Sites, _sameSighting)
            .OrderByDescending(s => DaysOf(s).Length)
            .FirstOrDefault();
        if (best is null || DaysOf(best).Length < _options.MinimumDays)
        {
            return [];
        }

        Explain(best, context.Sites, card);
        return [.. best.Trips.SelectMany(t => t.Passages).Distinct().ByTime()];
    }

    private static DateOnly[] DaysOf(Shuttle shuttle) => [.. shuttle.Trips.Select(t => CountyTime.DateOf(t.Start)).Distinct()];

    private void Explain(Shuttle shuttle, SiteMap sites, Scorecard card)
    {
        var days = DaysOf(shuttle);
        var (zh, en) = Wording.Way(shuttle, sites);
        card.Add(
            Math.Min(70, 50 + 10 * (days.Length - _options.MinimumDays)),
            $"一周内 {days.Length} 天有往返，共 {shuttle.Trips.Count} 次：{zh}",
            $"Return trips on {days.Length} days of the week, {shuttle.Trips.Count} in all: {en}");
        if (days.All(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)))
        {
            card.Add(0, "仅在工作日往返；也可能是单位班车或通勤，请核对", "Working days only: may be a works bus or a commuter; please check");
        }
    }
}
