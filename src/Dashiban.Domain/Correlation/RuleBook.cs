namespace Dashiban.Domain.Correlation;

/// <summary>What the rules say of one bucket around one moment.</summary>
/// <param name="Judged">The findings that could exist were looked for exactly here: a standing finding of one of these that is not among <paramref name="Findings"/> no longer holds.</param>
/// <param name="Findings">What holds.</param>
public sealed record Examination(IReadOnlySet<(string Rule, DateTimeOffset PeriodStart)> Judged, IReadOnlyList<Finding> Findings);

/// <summary>All rules in force, and how their findings of overlapping periods go together. Stateless; safe for many threads.</summary>
public sealed class RuleBook(IReadOnlyList<IRule> rules)
{
    public IReadOnlyList<IRule> Rules => rules;

    /// <summary>The rules that an edge can judge by itself.</summary>
    public RuleBook Local() => new([.. rules.Where(r => r.Scope == RuleScope.Local)]);

    /// <summary>
    /// The stretch of time whose passages decide what a passage captured at <paramref name="time"/> changes: load these, no more.
    /// </summary>
    public Period SpanOf(DateTimeOffset time)
    {
        var start = time;
        var end = time.AddTicks(1);
        foreach (var period in rules.SelectMany(r => Neighbours(r.Periods, Neighbours(r.Periods, r.Periods.Containing(time)))))
        {
            start = period.Start < start ? period.Start : start;
            end = period.End > end ? period.End : end;
        }

        return new Period(start, end);
    }

    /// <summary>The end of the last period that a passage captured at <paramref name="time"/> belongs to.</summary>
    public DateTimeOffset LastPeriodEnd(DateTimeOffset time) =>
        rules.SelectMany(r => r.Periods.Containing(time)).Select(p => p.End).DefaultIfEmpty(time).Max();

    /// <summary>
    /// Judges every period that a passage captured at <paramref name="time"/> can have changed. A finding whose evidence is
    /// contained in that of an overlapping period is the same story told shorter and is left out.
    /// </summary>
    /// <param name="history">At least the bucket's passages within <see cref="SpanOf"/>; more do no harm.</param>
    /// <param name="time">Capture time of the passage that arrived.</param>
    /// <param name="context">Sites, coverage, allow list.</param>
    public Examination Examine(PlateHistory history, DateTimeOffset time, RuleContext context)
    {
        var judged = new HashSet<(string, DateTimeOffset)>();
        var findings = new List<Finding>();
        var vehicles = new Dictionary<Period, IReadOnlyList<VehicleHistory>>();
        foreach (var rule in rules)
        {
            var shown = Neighbours(rule.Periods, rule.Periods.Containing(time));
            judged.UnionWith(shown.Select(p => (rule.Name, p.Start)));
            var raw = Neighbours(rule.Periods, shown).SelectMany(Judge).ToArray();
            findings.AddRange(raw.Where(f => shown.Contains(f.Period) && !raw.Any(other => Tells(other, f))));

            IEnumerable<Finding> Judge(Period period)
            {
                if (!vehicles.TryGetValue(period, out var present))
                {
                    vehicles[period] = present = history.Within(period).Vehicles();
                }

                return OnePerKey(present.Select(v => rule.Examine(v, period, context)).OfType<Finding>());
            }
        }

        return new Examination(judged, findings);
    }

    private static HashSet<Period> Neighbours(Periods grid, IEnumerable<Period> periods) =>
        [.. periods.SelectMany(grid.Overlapping)];

    /// <summary>Two vehicles with one number (blue and yellow) share a key; the stronger finding stands for both.</summary>
    private static IEnumerable<Finding> OnePerKey(IEnumerable<Finding> findings) => findings
        .GroupBy(f => f.Key)
        .Select(g => g.OrderByDescending(f => f.Score).ThenByDescending(f => f.Evidence.Count).First());

    private static bool Tells(Finding other, Finding finding)
    {
        if (other.Key == finding.Key || other.Key.Plate != finding.Key.Plate || other.Evidence.Count < finding.Evidence.Count)
        {
            return false;
        }

        var wider = other.Evidence.Count > finding.Evidence.Count || other.Key.PeriodStart < finding.Key.PeriodStart;
        return wider && finding.Evidence.All(other.Evidence.Contains);
    }
}
