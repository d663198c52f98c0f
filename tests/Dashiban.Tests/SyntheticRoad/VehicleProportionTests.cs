using CsCheck;
using Dashiban.SyntheticRoad.Vehicles;

namespace Dashiban.Tests.SyntheticRoad;

/// <summary>What tells the classes apart from a camera over the road, held for every body that chance may draw.</summary>
public sealed class VehicleProportionTests
{
    private const int Bodies = 200;

    private static readonly Gen<int> Seeds = Gen.Int[0, 100_000];

    [Fact]
    public void Cars_have_a_bonnet_a_raked_windscreen_and_a_cabin_narrower_at_the_roof() =>
        Gen.Select(OneOf(VehicleKind.Sedan, VehicleKind.Hatchback, VehicleKind.Suv), Seeds).Sample(
            (kind, seed) =>
            {
                var shape = ShapeVariation.Of(kind, new Random(seed));

                Assert.InRange(shape.FrontEnd - shape.Windscreen.Lower.X, 0.75f, 1.75f);
                Assert.InRange(Rake(shape), 40, 72);
                Assert.InRange(RoofShare(shape), 0.5f, 0.95f);
                Assert.InRange(shape.Height, 1.40f, 1.88f);
            },
            iter: Bodies);

    [Fact]
    public void Microvans_are_taller_than_wide_with_hardly_a_nose_and_upright_sides() =>
        Seeds.Sample(
            seed =>
            {
                var shape = ShapeVariation.Of(VehicleKind.Microvan, new Random(seed));

                Assert.True(shape.Height > shape.Width + 0.1f);
                Assert.InRange(shape.FrontEnd - shape.Windscreen.Lower.X, 0.05f, 0.85f);
                Assert.InRange(Rake(shape), 5, 60);
                Assert.InRange(RoofShare(shape), 0.84f, 1);
            },
            iter: Bodies);

    [Fact]
    public void The_glass_of_lorries_and_buses_begins_high_above_the_plate_and_stands_upright() =>
        Gen.Select(
            OneOf(VehicleKind.LightTruck, VehicleKind.HeavyTruck, VehicleKind.Tipper, VehicleKind.Coach, VehicleKind.ShortCoach, VehicleKind.Minibus, VehicleKind.CityBus), Seeds).Sample(
            (kind, seed) =>
            {
                var shape = ShapeVariation.Of(kind, new Random(seed));

                Assert.True(shape.Windscreen.Lower.Y > shape.PlateHeight.Front + 0.3f);
                Assert.InRange(Rake(shape), -12, 40);
            },
            iter: Bodies);

    [Fact]
    public void A_load_faces_outwards_on_all_sides() =>
        Assert.All(Enum.GetValues<CargoForm>(), form =>
        {
            var shape = VehicleShapes.Of(VehicleKind.LightTruck) with { CargoForm = form };
            var (low, high) = shape.Cargo!.Value;
            var middle = (low + high) / 2;
            var mesh = BodyBuilder.Build(shape);

            // The headboard of a trough stands before its middle: its rear half faces the load.
            Assert.InRange(MeshFacing.OutwardShare(mesh, Skin.Cargo, middle), form is CargoForm.Trough ? 0.9f : 0.98f, 1);
        });

    private static Gen<VehicleKind> OneOf(params VehicleKind[] kinds) => Gen.Int[0, kinds.Length - 1].Select(i => kinds[i]);

    /// <summary>Degrees by which the windscreen leans back from upright.</summary>
    private static float Rake(VehicleShape shape)
    {
        var along = shape.Windscreen.Lower - shape.Windscreen.Upper;
        return MathF.Atan2(along.X, -along.Y) * 180 / MathF.PI;
    }

    /// <summary>Width of the cabin at the windscreen's upper edge against that of the doors.</summary>
    private static float RoofShare(VehicleShape shape) =>
        BodyBuilder.HalfWidth(shape, shape.Windscreen.Upper.X, shape.Windscreen.Upper.Y) / BodyBuilder.HalfWidth(shape, shape.Windscreen.Upper.X, shape.BeltLine - 0.2f);
}
