using CsCheck;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Testing;
using static Dashiban.Testing.Journeys;

namespace Dashiban.Tests.Correlation;

public sealed class PlateHistoryTests
{
    [Fact]
    public void An_unsure_province_joins_the_vehicle_that_was_read_well()
    {
        var journeys = new Journeys().Add("渝BK3721", "xinli", At(8)).Add("渝BK3721", "xinli", At(9)).Add(Unsure("川BK3721", 0, At(10)));
        var vehicle = Assert.Single(new PlateHistory(journeys.All).Vehicles());
        Assert.Equal("渝BK3721", vehicle.Plate.Value);
        Assert.Equal(3, vehicle.Passages.Count);
    }

    [Fact]
    public void A_sure_province_is_another_vehicle()
    {
        var journeys = new Journeys().Add("渝BK3721", "xinli", At(8)).Add("渝BK3721", "xinli", At(9)).Add("川BK3721", "xinli", At(10));
        Assert.Equal(["川BK3721", "渝BK3721"], new PlateHistory(journeys.All).Vehicles().Select(v => v.Plate.Value));
    }

    [Fact]
    public void A_better_reading_that_comes_later_repairs_the_grouping()
    {
        var journeys = new Journeys().Add(Unsure("川BK8S01", 0, At(8))).Add(Unsure("渝BK8501", 4, At(9)));
        journeys.Add("渝BK8S01", "xinli", At(10));
        var vehicle = Assert.Single(new PlateHistory(journeys.All).Vehicles());
        Assert.Equal("渝BK8S01", vehicle.Plate.Value);
    }

    [Fact]
    public void Blue_and_yellow_plates_of_one_number_are_two_vehicles_but_one_odd_colour_is_not()
    {
        var journeys = new Journeys();
        for (var i = 0; i < 3; i++)
        {
            journeys.Add("渝BK3721", "xinli", At(8 + i)).Add(Pass("渝BK3721", "xinli", At(8.5 + i)) with { Colour = PlateColour.Yellow });
        }

        journeys.Add(Pass("渝BK3721", "xinli", At(12)) with { Colour = PlateColour.Green });
        var vehicles = new PlateHistory(journeys.All).Vehicles();
        Assert.Equal([(PlateColour.Blue, 4), (PlateColour.Yellow, 3)], vehicles.Select(v => (v.Colour, v.Passages.Count)));
    }

    [Fact]
    public void The_same_set_gives_the_same_vehicles_and_loses_no_passage() => RandomCounty.Gen.Sample(world =>
    {
        foreach (var bucket in world.Passages.GroupBy(p => PlateKey.Of(p.Passage.Plate)))
        {
            var one = new PlateHistory(bucket).Vehicles();
            var other = new PlateHistory(world.Arrivals.Where(p => PlateKey.Of(p.Passage.Plate) == bucket.Key)).Vehicles();
            Assert.Equal(one.Select(v => v.Plate), other.Select(v => v.Plate));
            Assert.Equal(one.Select(Ids), other.Select(Ids));
            Assert.Equal(bucket.Select(p => p.Id.Sequence).Order(), one.SelectMany(v => v.Passages).Select(p => p.Id.Sequence).Order());
        }
    });

    private static string Ids(VehicleHistory vehicle) => string.Join(',', vehicle.Passages.Select(p => p.Id.Sequence));

    private static Passage Unsure(string plate, int position, DateTimeOffset at)
    {
        var pass = Pass(plate, "xinli", at);
        return pass with { CharacterConfidences = [.. pass.CharacterConfidences.Select((c, i) => i == position ? 0.5f : c)] };
    }
}
