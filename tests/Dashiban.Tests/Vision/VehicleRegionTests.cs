using CsCheck;
using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Scenes;

namespace Dashiban.Tests.Vision;

public class VehicleRegionTests
{
    [Fact]
    public void Two_vehicles_side_by_side_never_share_a_plate() =>
        Gen.Select(
                Gen.Select(Gen.Float[0, 900], Gen.Float[0, 500], Gen.Float[40, 120], (x, y, width) => Plate(x, y, width)).Array[0, 6],
                Gen.Select(Gen.Float[0, 700], Gen.Float[0, 300], Gen.Float[100, 600], (x, y, width) => new VehicleBox(new Box(x, y, width, width), 0.9f)).Array[0, 6])
            .Sample((plates, vehicles) =>
            {
                var owners = new int[plates.Length];

                VehicleRegion.Assign(plates, vehicles, owners);

                var owned = owners.Where(owner => owner >= 0).ToList();
                Assert.Equal(owned.Count, owned.Distinct().Count());
                Assert.All(plates.Zip(owners), pair => Assert.True(pair.Second < 0 || vehicles[pair.Second].Box.Contains(pair.First.Corners.Centre)));
                Assert.All(
                    plates.Zip(owners).Where(pair => pair.Second < 0),
                    pair => Assert.All(vehicles.Index(), vehicle => Assert.True(owned.Contains(vehicle.Index) || !vehicle.Item.Box.Contains(pair.First.Corners.Centre))));
            });

    [Fact]
    public void A_plate_belongs_to_the_vehicle_that_it_sits_low_and_central_in()
    {
        var owners = new int[1];
        VehicleBox[] vehicles = [new(new Box(0, 0, 1000, 400), 0.9f), new(new Box(300, 100, 420, 320), 0.8f)];

        VehicleRegion.Assign([Plate(460, 360, 100)], vehicles, owners);

        Assert.Equal(1, owners[0]);
    }

    [Fact]
    public void The_region_inferred_from_a_plate_lies_in_the_picture_around_it() =>
        Gen.Select(Gen.Float[0, 900], Gen.Float[0, 500], Gen.Float[30, 300]).Sample((x, y, width) =>
        {
            var plate = Plate(x, y, width).Corners;

            var region = VehicleRegion.FromPlate(plate, 1000, 600);

            Assert.True(region.X >= 0 && region.Y >= 0 && region.Right <= 1000.01f && region.Bottom <= 600.01f);
            Assert.True(plate.Centre.X >= 1000 || plate.Centre.Y >= 600 || region.Contains(plate.Centre));
        });

    private static PlateDetection Plate(float x, float y, float width) => new(Quad.Of(new Box(x, y, width, width * 140 / 440)), 0.9f, false);
}
