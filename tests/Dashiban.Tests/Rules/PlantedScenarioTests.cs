using Dashiban.Domain.Correlation;
using Dashiban.Domain.Lists;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Rules;
using Dashiban.Testing;
using Dashiban.Tests.Register;
using static Dashiban.Testing.Journeys;

namespace Dashiban.Tests.Rules;

/// <summary>The vehicles of the county that must, and must not, reach the officer.</summary>
public sealed class PlantedScenarioTests
{
    private const string Van = "渝BK3721";

    [Fact]
    public void A_seven_seater_on_its_third_round_trip_raises_a_lead_with_counts_and_times()
    {
        var journeys = new Journeys();
        foreach (var hour in new[] { 8.0, 10.5, 13.0 })
        {
            journeys.ThereAndBack(Van, "xinli", "chengxi", At(hour));
        }

        var finding = Assert.Single(Found(journeys));
        Assert.Equal(nameof(RoundTrips), finding.Key.Rule);
        Assert.StartsWith("半天内往返 3 次：新立服务区→澄溪出口→新立服务区（08:00–09:40、10:30–12:10、13:00–14:40）", finding.Reasons[0].Zh);
        Assert.Equal(9, finding.Evidence.Count);
        Assert.InRange(finding.Score, 60, 100);
    }

    [Fact]
    public void Two_round_trips_raise_nothing() =>
        Assert.Empty(Found(new Journeys().ThereAndBack(Van, "xinli", "chengxi", At(8)).ThereAndBack(Van, "xinli", "chengxi", At(10.5))));

    [Fact]
    public void Trips_across_midnight_are_counted_together()
    {
        var journeys = new Journeys();
        foreach (var hour in new[] { 20.0, 22.5, 25.0 })
        {
            journeys.ThereAndBack(Van, "xinli", "chengxi", At(hour));
        }

        Assert.Single(Found(journeys), f => f.Key.Rule == nameof(RoundTrips));
    }

    [Fact]
    public void The_same_trips_in_two_overlapping_half_days_are_one_lead()
    {
        var journeys = new Journeys();
        foreach (var hour in new[] { 12.5, 14.2, 16.0 })
        {
            journeys.ThereAndBack(Van, "xinli", "chengxi", At(hour));
        }

        Assert.Single(Found(journeys));
    }

    [Fact]
    public void Going_in_and_out_of_one_site_counts_once_per_cycle()
    {
        var journeys = new Journeys();
        foreach (var hour in new[] { 8.0, 9.5, 11.0, 12.5 })
        {
            journeys.Add(Pass(Van, "xinli", At(hour)) with { Camera = "xinli-in" });
            journeys.Add(Pass(Van, "xinli", At(hour + 0.4)) with { Camera = "xinli-out" });
        }

        var finding = Assert.Single(Found(journeys));
        Assert.StartsWith("半天内往返 3 次：新立服务区进出", finding.Reasons[0].Zh);
    }

    [Fact]
    public void Two_cameras_that_see_one_drive_past_make_no_round_trip()
    {
        var journeys = new Journeys();
        for (var hour = 6; hour < 18; hour++)
        {
            journeys.Add(Pass(Van, "xinli", At(hour)) with { Camera = "xinli-1" });
            journeys.Add(Pass(Van, "xinli", At(hour).AddSeconds(4)) with { Camera = "xinli-2" });
        }

        Assert.DoesNotContain(Found(journeys), f => f.Key.Rule == nameof(RoundTrips));
    }

    [Fact]
    public void A_van_that_returns_five_days_of_a_week_raises_a_lead()
    {
        var journeys = new Journeys();
        for (var day = 0; day < 5; day++)
        {
            journeys.ThereAndBack(Van, "xinli", "chengxi", At(8 + day % 2, day));
        }

        var finding = Assert.Single(Found(journeys));
        Assert.Equal(nameof(DailyReturn), finding.Key.Rule);
        Assert.StartsWith("一周内 5 天有往返，共 5 次", finding.Reasons[0].Zh);
        Assert.Contains(finding.Reasons, r => r.Zh.Contains("通勤", StringComparison.Ordinal));
    }

    [Fact]
    public void A_van_at_one_gate_at_the_same_hours_all_month_raises_a_lead()
    {
        var journeys = new Journeys();
        for (var day = 0; day < 15; day++)
        {
            journeys.Add(Van, "chengxi", At(11.2, day)).Add(Van, "chengxi", At(13.1, day));
        }

        var finding = Assert.Single(Found(journeys));
        Assert.Equal(nameof(GateFrequency), finding.Key.Rule);
        Assert.Contains(finding.Reasons, r => r.Zh.Contains("30 次集中在 11:00–14:00", StringComparison.Ordinal));
    }

    [Fact]
    public void Commuters_in_five_seaters_raise_nothing()
    {
        var journeys = new Journeys();
        for (var day = 0; day < 7; day++)
        {
            for (var trip = 0; trip < 4; trip++)
            {
                journeys.ThereAndBack("渝B12345", "xinli", "dashi", At(7 + 3 * trip, day), FiveSeats);
            }
        }

        Assert.Empty(Found(journeys));
    }

    [Theory]
    [InlineData(AllowKind.LicensedCarrier)]
    [InlineData(AllowKind.SchoolTrip)]
    [InlineData(AllowKind.DeclaredJourney)]
    [InlineData(AllowKind.MobilityAid)]
    public void Exempt_vehicles_raise_nothing_while_the_exemption_lasts(AllowKind kind)
    {
        var journeys = new Journeys();
        for (var day = 0; day < 6; day++)
        {
            foreach (var hour in new[] { 8.0, 10.5, 13.0 })
            {
                journeys.ThereAndBack(Van, "xinli", "chengxi", At(hour, day));
            }
        }

        Assert.Empty(Found(journeys, Exempt(kind, At(0), At(0, 7))));
        var afterIt = Found(journeys, Exempt(kind, At(0), At(0, 5)));
        Assert.Equal(At(0, 5), Assert.Single(afterIt).Period.Start.AddHours(-6));
    }

    [Fact]
    public void A_cloned_plate_of_an_exempt_vehicle_is_still_told_in_its_own_queue()
    {
        var journeys = new Journeys()
            .Add(Van, "xinli", At(9)).Add(Van, "dashi", At(9.1))
            .Add(Van, "xinli", At(15)).Add(Van, "dashi", At(15.1));

        var finding = Assert.Single(Found(journeys, Exempt(AllowKind.LicensedCarrier, At(0), At(0, 7))));
        Assert.Equal(nameof(ClonedPlate), finding.Key.Rule);
        Assert.StartsWith("2 次异地同号：09:00 新立服务区 与 09:06 大石场镇，相隔 6 分钟，最快也需 40 分钟", finding.Reasons[0].Zh);
    }

    [Fact]
    public void One_impossible_trip_is_not_enough_unless_the_vehicles_look_different()
    {
        Assert.Empty(Found(new Journeys().Add(Van, "xinli", At(9)).Add(Van, "dashi", At(9.1))));
        var finding = Assert.Single(Found(new Journeys()
            .Add(Van, "xinli", At(9))
            .Add(Pass(Van, "dashi", At(9.1)) with { Colour = PlateColour.Green })));
        Assert.Equal(nameof(ClonedPlate), finding.Key.Rule);
    }

    [Fact]
    public void A_clock_that_is_off_by_an_hour_accuses_nobody()
    {
        var journeys = new Journeys();
        for (var day = 0; day < 3; day++)
        {
            journeys.Add(Van, "xinli", At(9, day));
            journeys.Add(Pass(Van, "dashi", At(9.1, day)) with { ClockOffset = TimeSpan.FromHours(-1) });
        }

        Assert.Empty(Found(journeys));
    }

    [Fact]
    public void Unsure_readings_accuse_nobody_of_a_cloned_plate()
    {
        var journeys = new Journeys();
        for (var day = 0; day < 3; day++)
        {
            journeys.Add(Van, "xinli", At(9, day)).Add(Pass(Van, "dashi", At(9.1, day), confidence: 0.8f));
        }

        Assert.Empty(Found(journeys));
    }

    [Fact]
    public void A_watched_plate_is_told_exactly_or_with_the_differing_character()
    {
        RulePack pack = new()
        {
            Sites = County,
            Watched = [new WatchEntry(new PlateText("渝BK3721"), "协查", "交通执法大队", "值班室", At(0), At(0, 7))],
        };
        var exact = Assert.Single(Found(new Journeys().Add(Van, "xinli", At(9), FiveSeats), pack));
        Assert.Equal("✓ 与布控号牌完全一致（+90）", exact.Reasons[0].Zh);

        float[] doubtful = [0.99f, 0.99f, 0.99f, 0.99f, 0.6f, 0.99f, 0.99f];
        var near = Assert.Single(Found(new Journeys().Add(Pass("渝BK3121", "xinli", At(9), FiveSeats) with { CharacterConfidences = doubtful }), pack));
        Assert.StartsWith("≈ 与布控号牌近似：第 5 位识别为 1，布控为 7；请人工核对", near.Reasons[0].Zh);
        Assert.Equal("渝BK3121", near.Key.Plate.Value);

        Assert.Empty(Found(new Journeys().Add("渝BK3121", "xinli", At(9), FiveSeats), pack));
        Assert.Empty(Found(new Journeys().Add(Van, "xinli", At(9, 8), FiveSeats), pack));
    }

    [Fact]
    public void No_reason_contains_the_plate()
    {
        var journeys = new Journeys();
        for (var day = 0; day < 6; day++)
        {
            foreach (var hour in new[] { 8.0, 10.5, 13.0 })
            {
                journeys.ThereAndBack(Van, "xinli", "chengxi", At(hour, day));
            }
        }

        foreach (var reason in Found(journeys).SelectMany(f => f.Reasons))
        {
            Assert.DoesNotContain("K3721", reason.Zh + reason.En, StringComparison.Ordinal);
        }
    }

    private static RulePack Exempt(AllowKind kind, DateTimeOffset from, DateTimeOffset until) => new()
    {
        Sites = County,
        Allowed = [new AllowEntry(new PlateText(Van), kind, "运管所", "持证", from, until)],
    };

    private static IReadOnlyList<Finding> Found(Journeys journeys, RulePack? pack = null) =>
        ConfluenceTests.Record(pack ?? new RulePack { Sites = County }, journeys.All).Standing();
}
