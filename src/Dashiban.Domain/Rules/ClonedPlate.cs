using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;

namespace Dashiban.Domain.Rules;

/// <summary>
/// 疑似套牌: one number at two sites faster than anyone can drive. Asks neither for seats nor for the allow list, since the owner of
/// the number may be the victim; its leads stand in a queue of their own.
/// </summary>
public sealed class ClonedPlate(RuleOptions options) : IRule
{
    private readonly ClonedPlateOptions _options = options.ClonedPlate;

    public string Name => nameof(ClonedPlate);

    public RuleScope Scope => RuleScope.Global;

    public Periods Periods => Periods.Weeks;

    public Finding? Examine(VehicleHistory vehicle, Period period, RuleContext context)
    {
        var jumps = Jumps(vehicle, context.Sites);
        if (jumps.Count == 0)
        {
            return null;
        }

        var differing = jumps.FirstOrDefault(j => LookDifferent(j.From.Passage, j.To.Passage));
        if (jumps.Count < _options.MinimumOccurrences && differing is null)
        {
            return null;
        }

        var card = new Scorecard();
        Explain(jumps, differing, context.Sites, card);
        var evidence = jumps.SelectMany(j => new[] { j.From, j.To }).Distinct().Select(p => p.Id);
        return new Finding(new FindingKey(Name, vehicle.Plate, period.Start), period, card.Score, card.Reasons, [.. evidence]);
    }

    /// <summary>Impossible trips; no passage belongs to two of them, so that one stray reading is one occurrence.</summary>
    private List<Jump> Jumps(VehicleHistory vehicle, SiteMap sites)
    {
        var sure = vehicle.Passages
            .Where(p => p.Passage.Plate == vehicle.Plate && p.Passage.WeakestCharacter >= _options.SureCharacter)
            .ToArray();
        var jumps = new List<Jump>();
        for (var i = 0; i + 1 < sure.Length; i++)
        {
            if (Impossible(sure[i], sure[i + 1], sites) is { } jump)
            {
                jumps.Add(jump);
                i++;
            }
        }

        return jumps;
    }

    private Jump? Impossible(RecordedPassage from, RecordedPassage to, SiteMap sites)
    {
        if (from.Passage.Site == to.Passage.Site || sites.MinimumTravel(from.Passage.Site, to.Passage.Site) is not { } least)
        {
            return null;
        }

        var taken = (Corrected(to.Passage) - Corrected(from.Passage)).Duration();
        var longest = taken + ClockError(from.Passage) + ClockError(to.Passage);
        return longest < least * _options.TravelShare ? new Jump(from, to, taken, least) : null;
    }

    private static DateTimeOffset Corrected(Passage passage) => passage.CapturedAt - (passage.ClockOffset ?? TimeSpan.Zero);

    /// <summary>A measured offset may itself be wrong by as much as it corrects.</summary>
    private TimeSpan ClockError(Passage passage) =>
        passage.ClockOffset?.Duration() ?? TimeSpan.FromSeconds(_options.UnmeasuredClockSeconds);

    private static bool LookDifferent(Passage one, Passage other) =>
        (one.Colour != other.Colour && one.Colour != PlateColour.Unknown && other.Colour != PlateColour.Unknown)
        || (BodyOf(one) is { } a && BodyOf(other) is { } b && a != b);

    /// <summary>The body that most sure looks of one passage named; null where the pictures are not sure.</summary>
    private static SeatClass? BodyOf(Passage passage) => passage.Seats.Witnesses
        .Where(w => w.Kind == SeatWitnessKind.Picture && w.Looks > 1 && w.Class is not (SeatClass.Unknown or SeatClass.Other))
        .OrderByDescending(w => Math.Abs(w.LogOdds))
        .Select(w => (SeatClass?)w.Class)
        .FirstOrDefault();

    private static void Explain(List<Jump> jumps, Jump? differing, SiteMap sites, Scorecard card)
    {
        var first = jumps[0];
        var (from, to) = (sites.Of(first.From.Passage.Site), sites.Of(first.To.Passage.Site));
        card.Add(
            Math.Min(70, 40 + 15 * (jumps.Count - 1)),
            $"{jumps.Count} 次异地同号：{Wording.Clock(first.From.Passage.CapturedAt)} {from.NameZh} 与 {Wording.Clock(first.To.Passage.CapturedAt)} {to.NameZh}，相隔 {first.Taken.TotalMinutes:0} 分钟，最快也需 {first.Least.TotalMinutes:0} 分钟",
            $"{jumps.Count} times in two places: {from.NameEn} at {Wording.Clock(first.From.Passage.CapturedAt)} and {to.NameEn} at {Wording.Clock(first.To.Passage.CapturedAt)}, {first.Taken.TotalMinutes:0} minutes apart where {first.Least.TotalMinutes:0} are needed at least");
        if (differing is not null)
        {
            card.Add(30, "两地车辆的号牌颜色或车型不同", "Plate colour or body differ between the two places");
        }

        card.Add(0, "号牌所有人可能是受害者，请先核对两地照片", "The owner of the number may be the victim: compare the pictures first");
    }

    private sealed record Jump(RecordedPassage From, RecordedPassage To, TimeSpan Taken, TimeSpan Least);
}
