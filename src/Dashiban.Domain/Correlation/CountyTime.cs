namespace Dashiban.Domain.Correlation;

/// <summary>The clock on the county's walls: China Standard Time, UTC+8 all year, no summer time. Needs no time-zone data.</summary>
public static class CountyTime
{
    public static TimeSpan Offset { get; } = TimeSpan.FromHours(8);

    public static DateTimeOffset Of(DateTimeOffset time) => time.ToOffset(Offset);

    public static DateOnly DateOf(DateTimeOffset time) => DateOnly.FromDateTime(Of(time).DateTime);

    /// <summary>The first instant of a county day.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);
}
