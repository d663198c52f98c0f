using Dashiban.Domain.Correlation;
using Dashiban.Domain.Lists;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;

namespace Dashiban.Domain.Rules;

/// <summary>
/// 布控比对: a listed plate was seen, exactly (✓) or with a doubtful character (≈). The reading itself is never changed to fit the
/// list. One lead per plate and day.
/// </summary>
public sealed class Watchlist(IReadOnlyList<WatchEntry> entries) : IRule
{
    public string Name => nameof(Watchlist);

    public RuleScope Scope => RuleScope.Local;

    public Periods Periods => Periods.Days;

    public Finding? Examine(VehicleHistory vehicle, Period period, RuleContext context)
    {
        var best = entries
            .Select(entry => (Entry: entry, Match: Compare(entry, vehicle)))
            .Where(m => m.Match.Passages.Count > 0)
            .OrderBy(m => m.Match.Differences)
            .ThenBy(m => m.Entry.Plate.Value, StringComparer.Ordinal)
            .FirstOrDefault();
        if (best.Entry is null)
        {
            return null;
        }

        var card = new Scorecard();
        Explain(best.Entry, best.Match.Differences, vehicle.Plate, best.Match.Passages, context.Sites, card);
        return new Finding(
            new FindingKey(Name, vehicle.Plate, period.Start), period, card.Score, card.Reasons, [.. best.Match.Passages.Select(p => p.Id)]);
    }

    /// <summary>True where a passage may be that of a listed vehicle while its entry is in force: such a passage is never kept back.</summary>
    public bool MayConcern(Passage passage) =>
        entries.Any(e => e.Listed <= passage.CapturedAt && passage.CapturedAt < e.Until && MayBe(e.Plate, passage));

    /// <summary>
    /// True where a reading may be this plate: every differing character is a doubtful one, and at most one differs, or all that
    /// differ look alike.
    /// </summary>
    internal static bool MayBe(PlateText listed, Passage passage)
    {
        var (want, read) = (listed.Value, passage.Plate.Value);
        if (want.Length != read.Length)
        {
            return false;
        }

        var different = 0;
        for (var i = 0; i < want.Length; i++)
        {
            if (want[i] == read[i])
            {
                continue;
            }

            different++;
            if (passage.CharacterConfidences[i] >= PlateHistory.SureCharacter)
            {
                return false;
            }
        }

        return different <= 1 || PlateKey.Of(listed) == PlateKey.Of(passage.Plate);
    }

    private static (IReadOnlyList<RecordedPassage> Passages, int Differences) Compare(WatchEntry entry, VehicleHistory vehicle)
    {
        var inForce = vehicle.Passages.Where(p => entry.Listed <= p.Passage.CapturedAt && p.Passage.CapturedAt < entry.Until);
        var matched = inForce.Where(p => vehicle.Plate == entry.Plate || MayBe(entry.Plate, p.Passage)).ToArray();
        return (matched, vehicle.Plate == entry.Plate ? 0 : Different(entry.Plate.Value, vehicle.Plate.Value).Count);
    }

    private static List<int> Different(string want, string read) =>
        [.. Enumerable.Range(0, Math.Min(want.Length, read.Length)).Where(i => want[i] != read[i])];

    private static void Explain(
        WatchEntry entry, int differences, PlateText read, IReadOnlyList<RecordedPassage> passages, SiteMap sites, Scorecard card)
    {
        if (differences == 0)
        {
            card.Add(90, "✓ 与布控号牌完全一致", "✓ Exactly the listed plate");
        }
        else
        {
            var places = Different(entry.Plate.Value, read.Value);
            var zh = string.Join("、", places.Select(i => $"第 {i + 1} 位识别为 {read.Value[i]}，布控为 {entry.Plate.Value[i]}"));
            var en = string.Join(", ", places.Select(i => $"character {i + 1} read {read.Value[i]}, listed {entry.Plate.Value[i]}"));
            card.Add(50, $"≈ 与布控号牌近似：{zh}；请人工核对", $"≈ Close to the listed plate: {en}; please check");
        }

        var last = passages[^1].Passage;
        var site = sites.Of(last.Site);
        card.Add(0, $"布控事由：{entry.Reason}（{entry.Authority}，责任人 {entry.Owner}）", $"Listed for: {entry.Reason} ({entry.Authority}, {entry.Owner})");
        card.Add(0, $"当日出现 {passages.Count} 次，最近 {Wording.Clock(last.CapturedAt)} {site.NameZh}", $"Seen {passages.Count} times that day, last at {Wording.Clock(last.CapturedAt)}, {site.NameEn}");
    }
}
