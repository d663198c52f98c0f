namespace Dashiban.Domain.Correlation;

/// <summary>The difference between the findings that stand in the journal and what an examination says now.</summary>
public static class AlertDiff
{
    /// <summary>
    /// Changes that turn <paramref name="standing"/> into the examination's findings, in a fixed order. Standing findings that the
    /// examination did not judge are left alone.
    /// </summary>
    public static IReadOnlyList<AlertChange> Between(IEnumerable<Finding> standing, Examination examination)
    {
        var before = standing
            .Where(f => examination.Judged.Contains((f.Key.Rule, f.Key.PeriodStart)))
            .ToDictionary(f => f.Key);
        var after = examination.Findings.ToDictionary(f => f.Key);
        return
        [
            .. after.Values.Where(f => !before.ContainsKey(f.Key)).Select(f => new AlertChange(AlertChangeKind.Raised, f))
                .Concat(after.Values.Where(f => before.TryGetValue(f.Key, out var old) && !Same(old, f)).Select(f => new AlertChange(AlertChangeKind.Amended, f)))
                .Concat(before.Values.Where(f => !after.ContainsKey(f.Key)).Select(f => new AlertChange(AlertChangeKind.Withdrawn, f)))
                .OrderBy(c => c.Finding.Key.Rule, StringComparer.Ordinal)
                .ThenBy(c => c.Finding.Key.PeriodStart)
                .ThenBy(c => c.Finding.Key.Plate.Value, StringComparer.Ordinal),
        ];
    }

    /// <summary>Equal in everything the officer sees.</summary>
    public static bool Same(Finding one, Finding other) =>
        one.Key == other.Key
        && one.Period == other.Period
        && one.Score.Equals(other.Score)
        && one.Reasons.SequenceEqual(other.Reasons)
        && one.Evidence.SequenceEqual(other.Evidence);
}
