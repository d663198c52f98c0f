using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;

namespace Dashiban.Domain.Rules;

/// <summary>往返穿梭: several round trips within half a day.</summary>
public sealed class RoundTrips(RuleOptions options) : PatternRule(options)
{
    /// <summary>A stay at the far end no longer than this speaks for setting down and turning round.</summary>
    private static readonly TimeSpan ShortStay = TimeSpan.FromHours(1);

    private readonly RoundTripOptions _options = options.RoundTrips;

    public override string Name => nameof(RoundTrips);

    public override Periods Periods => Periods.HalfDays;

    internal override IReadOnlyList<RecordedPassage> Find(VehicleHistory vehicle, RuleContext context, Scorecard card)
    {
        var shuttles = Trips.Of(vehicle, context.Sites, TimeSpan.FromSeconds(_options.SameSightingSeconds))
            .Where(s => s.Trips.Count >= _options.MinimumTrips)
            .ToArray();
        if (shuttles.Length == 0)
        {
            return [];
        }

        Explain(shuttles[0], context.Sites, card);
        return [.. shuttles.SelectMany(s => s.Trips).SelectMany(t => t.Passages).Distinct().ByTime()];
    }

    private void Explain(Shuttle shuttle, SiteMap sites, Scorecard card)
    {
        var count = shuttle.Trips.Count;
        var (zh, en) = Wording.Way(shuttle, sites);
        card.Add(
            Math.Min(70, 50 + 5 * (count - _options.MinimumTrips)),
            $"半天内往返 {count} 次：{zh}（{Wording.Times(shuttle.Trips, "、")}）",
            $"{count} round trips within half a day: {en} ({Wording.Times(shuttle.Trips, ", ")})");
        // One passage at the far end tells when the vehicle was there and nothing of how long.
        var stays = shuttle.Trips
            .Where(t => t.Away.Count > 1)
            .Select(t => t.Away[^1].Passage.CapturedAt - t.Away[0].Passage.CapturedAt).Order().ToArray();
        if (shuttle.Home != shuttle.Far && stays.Length > 0 && stays[stays.Length / 2] is var stay && stay <= ShortStay)
        {
            card.Add(10, $"折返停留短，中位 {stay.TotalMinutes:0} 分钟", $"Turns round quickly: half of the stays are at most {stay.TotalMinutes:0} minutes");
        }
    }
}
