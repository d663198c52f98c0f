namespace Dashiban.Domain.Passages;

/// <summary>The one order in which passages are looked at: it depends on nothing but the passages.</summary>
public static class PassageOrder
{
    public static IOrderedEnumerable<RecordedPassage> ByTime(this IEnumerable<RecordedPassage> passages) => passages
        .OrderBy(p => p.Passage.CapturedAt)
        .ThenBy(p => p.Id.Outbox)
        .ThenBy(p => p.Id.Sequence);
}
