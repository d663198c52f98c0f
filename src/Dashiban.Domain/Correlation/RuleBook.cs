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
    /// The stretch of time whose passages decide what passages captured at these times (at least one) change: load these, no more.
    /// </summary>
    public Period SpanOf(params IReadOnlyCollection<DateTimeOffset> times)
    {
        var periods = rules
            .SelectMany(r => Neighbours(r.Periods, Neighbours(r.Periods, times.SelectMany(r.Periods.Containing))))
            .Append(new Period(times.Min(), times.Max().AddTicks(1)))
            .ToArray();
        return new Period(periods.Min(p => p.Start), periods.Max(p => p.End));
    }

    /// <summary>Judges every period that a passage captured at this time can have changed.</summary>
    public Examination Examine(PlateHistory history, DateTimeOffset time, RuleContext context) => Examine(history, [time], context);

    /// <summary>
    /// Judges every period that a passage captured at one of these times can have changed. A finding whose evidence is
    /// contained in that of an overlapping period is the same story told shorter and is left out.
    /// </summary>
    /// <param name="history">At least the bucket's passages within <see cref="SpanOf"/>; more do no harm.</param>
    /// <param name="times">Capture time of the passage that arrived, or of all those to be judged again.</param>
    /// <param name="context">Sites, coverage, allow list.</param>
    public Examination Examine(PlateHistory history, IReadOnlyCollection<DateTimeOffset> times, RuleContext context)
    {
        var judged = new HashSet<(string, DateTimeOffset)>();
        var findings = new List<Finding>();
        var vehicles = new Dictionary<Period, IReadOnlyList<VehicleHistory>>();
        foreach (var rule in rules)
        {
            var shown = Neighbours(rule.Periods, times.SelectMany(rule.Periods.Containing));
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
