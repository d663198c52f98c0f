using CsCheck;
using Dashiban.Correlator.Pages;
using Dashiban.Domain.Passages;
using Dashiban.Testing;

namespace Dashiban.Tests.Feed;

public sealed class DiagramPlanTests
{
    [Fact]
    public void Nothing_passed_means_no_diagram() => Assert.Null(DiagramPlan.Of([]));

    [Fact]
    public void Every_passage_stands_inside_on_its_own_site_in_time_order() => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 90_000]).List[1, 40].Sample(steps =>
    {
        var at = SomePassages.Monday;
        var timeline = new List<RecordedPassage>();
        foreach (var (site, seconds) in steps)
        {
            at = at.AddSeconds(seconds);
            timeline.Add(new(new(Guid.Empty, timeline.Count), SomePassages.Minibus(at: at, site: $"site-{site}")));
        }

        var plan = DiagramPlan.Of(timeline)!;

        Assert.Equal(timeline.Select(recorded => recorded.Id), plan.Points.Select(point => point.Passage.Id));
        Assert.All(plan.Points, point => Assert.InRange(point.X, DiagramPlan.Left, DiagramPlan.Width - DiagramPlan.Right));
        Assert.All(plan.Points, point => Assert.Equal(plan.Rows.Single(row => row.Site == point.Passage.Passage.Site).Y, point.Y));
        Assert.Equal(plan.Points.Select(point => point.X).Order(), plan.Points.Select(point => point.X));
        Assert.InRange(plan.Ticks.Count, 0, 60);
        Assert.True(plan.Rows[^1].Y < plan.Height);
    });

    [Fact]
    public void Ticks_fall_on_county_hours()
    {
        var plan = DiagramPlan.Of([Passing(0), Passing(330)])!;

        Assert.Equal(["08:00", "09:00", "10:00", "11:00", "12:00", "13:00"], plan.Ticks.Select(tick => tick.Label));
    }

    private static RecordedPassage Passing(int minutes) => new(new(Guid.Empty, minutes), SomePassages.Minibus(at: SomePassages.Monday.AddMinutes(minutes)));
}
