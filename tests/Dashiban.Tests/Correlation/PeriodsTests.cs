using CsCheck;
using Dashiban.Domain.Correlation;

namespace Dashiban.Tests.Correlation;

public sealed class PeriodsTests
{
    private static readonly Gen<DateTimeOffset> Times =
        Gen.Long[0, 40L * 366 * 24 * 3600].Select(s => new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(s));

    private static readonly (Periods Grid, int PerMoment)[] Grids =
        [(Periods.Days, 1), (Periods.HalfDays, 2), (Periods.Weeks, 1), (Periods.Months, 1)];

    [Fact]
    public void Every_moment_lies_in_its_periods() => Times.Sample(time =>
    {
        foreach (var (grid, count) in Grids)
        {
            var periods = grid.Containing(time).ToArray();
            Assert.Equal(count, periods.Length);
            Assert.All(periods, p => Assert.True(p.Contains(time)));
            Assert.All(periods, p => Assert.Contains(p, grid.Containing(p.Start)));
            Assert.All(periods, p => Assert.DoesNotContain(p, grid.Containing(p.End)));
        }
    });

    [Fact]
    public void Overlapping_is_symmetric() => Times.Sample(time =>
    {
        foreach (var (grid, _) in Grids)
        {
            var period = grid.Containing(time).First();
            Assert.All(grid.Overlapping(period), other => Assert.Contains(period, grid.Overlapping(other)));
        }
    });

    [Fact]
    public void Weeks_begin_on_monday_and_months_on_the_first_in_county_time()
    {
        var sundayNight = new DateTimeOffset(2026, 3, 1, 23, 30, 0, CountyTime.Offset);
        Assert.Equal(new DateTimeOffset(2026, 2, 23, 0, 0, 0, CountyTime.Offset), Periods.Weeks.Containing(sundayNight).Single().Start);
        var newMonthInTheCountyOnly = new DateTimeOffset(2026, 2, 28, 17, 0, 0, TimeSpan.Zero);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, CountyTime.Offset), Periods.Months.Containing(newMonthInTheCountyOnly).Single().Start);
    }
}
