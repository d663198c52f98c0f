using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Seats;

namespace Dashiban.Domain.Rules;

/// <summary>
/// What all patterns of repetition share: only vehicles with evidence of seven seats and more, only passages that no exemption
/// covers, and an honest word where cameras were down.
/// </summary>
public abstract class PatternRule(RuleOptions options) : IRule
{
    public abstract string Name { get; }

    public RuleScope Scope => RuleScope.Local;

    public abstract Periods Periods { get; }

    public Finding? Examine(VehicleHistory vehicle, Period period, RuleContext context)
    {
        if (vehicle.Seats.Verdict != SeatVerdict.SevenPlus
            || vehicle.Where(p => !context.AllowList.Covers(vehicle.Plate, p.Passage)) is not { } counted)
        {
            return null;
        }

        var card = new Scorecard();
        var evidence = Find(counted, context, card);
        if (evidence.Count == 0)
        {
            return null;
        }

        SayHowSure(vehicle, evidence, card);
        SayWhatWasNotSeen(period, counted, context, card);
        return new Finding(
            new FindingKey(Name, vehicle.Plate, period.Start), period, card.Score, card.Reasons, [.. evidence.Select(p => p.Id)]);
    }

    /// <summary>The passages that make the pattern, by capture time, and its points; none where there is no pattern.</summary>
    internal abstract IReadOnlyList<RecordedPassage> Find(VehicleHistory vehicle, RuleContext context, Scorecard card);

    private static void SayHowSure(VehicleHistory vehicle, IReadOnlyList<RecordedPassage> evidence, Scorecard card)
    {
        if (vehicle.Seats.Of(SeatWitnessKind.Register) is { } register)
        {
            card.Add(10, $"登记核定载客 {register.Seats} 人", $"Registered for {register.Seats} persons");
        }
        else
        {
            var looks = vehicle.Seats.Of(SeatWitnessKind.Picture)?.Looks ?? 0;
            card.Add(0, $"图像判断为 7 座及以上（{looks} 次观察），尚无登记信息", $"Pictures say 7 seats and more ({looks} looks); no register entry");
        }

        if (vehicle.Seats.Disagreement is { } disagreement)
        {
            card.Add(0, disagreement.Zh, disagreement.En);
        }

        var sure = evidence.Count(p => p.Passage.WeakestCharacter >= PlateHistory.SureCharacter);
        if (sure * 5 >= evidence.Count * 4)
        {
            card.Add(10, $"号牌识别可靠：{evidence.Count} 次中 {sure} 次各字符均清晰", $"Plate read surely in {sure} of {evidence.Count} passages");
        }
        else
        {
            card.Add(0, $"号牌识别欠清晰：{evidence.Count} 次中仅 {sure} 次可靠，请先人工核对", $"Plate read surely in only {sure} of {evidence.Count} passages: check the pictures first");
        }
    }

    private void SayWhatWasNotSeen(Period period, VehicleHistory vehicle, RuleContext context, Scorecard card)
    {
        var until = vehicle.Passages[^1].Passage.CapturedAt;
        foreach (var site in vehicle.Passages.Select(p => p.Passage.Site).Distinct().Order(StringComparer.Ordinal))
        {
            if (context.Coverage.ShareOf(site, period.Start, until) is { } share && share < options.StatedCoverage)
            {
                var (zh, en) = (context.Sites.Of(site).NameZh, context.Sites.Of(site).NameEn);
                card.Add(0, $"{zh}相机在线率仅 {share:P0}，实际次数可能更多", $"Cameras at {en} were up {share:P0} of the time; there may have been more");
            }
        }
    }
}
