using CsCheck;
using Dashiban.Correlator.Alerts;

namespace Dashiban.Tests.Feed;

public sealed class AlertLoadTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public void More_than_ten_in_ten_minutes_is_a_flood(int leads, bool flood) =>
        Assert.Equal(flood, AlertLoad.Of(Enumerable.Range(0, leads).Select(i => Now.AddSeconds(-i)), Now, 6).IsFlood);

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    public void The_budget_is_what_an_hour_may_bring(int leads, bool over) =>
        Assert.Equal(over, AlertLoad.Of(Enumerable.Range(0, leads).Select(i => Now.AddMinutes(-i * 5)), Now, 6).IsOverBudget);

    [Fact]
    public void Counts_equal_the_naive_ones() => Gen.Int[-600, 10_000].List[0, 60].Sample(ages =>
    {
        var load = AlertLoad.Of(ages.Select(age => Now.AddSeconds(-age)), Now, 6);
        Assert.Equal(ages.Count(age => age is >= 0 and < 3600), load.LastHour);
        Assert.Equal(ages.Count(age => age is >= 0 and < 600), load.LastTenMinutes);
        var hours = HourCounts.Of(ages.Select(age => Now.AddSeconds(-age)), Now);
        Assert.Equal(load.LastHour, hours[^1]);
        Assert.Equal(ages.Count(age => age is >= 0 and < 86_400), hours.Sum());
    });
}
