namespace Dashiban.Domain.Correlation;

/// <summary>A fixed stretch of time that a rule judges, half-open: <c>Start ≤ t &lt; End</c>. It never depends on which passages were seen.</summary>
public readonly record struct Period(DateTimeOffset Start, DateTimeOffset End)
{
    public bool Contains(DateTimeOffset time) => Start <= time && time < End;
}
