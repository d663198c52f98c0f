using System.Numerics;
using CsCheck;
using Dashiban.SyntheticRoad.Plates;
using Dashiban.SyntheticRoad.Vehicles;
using Dashiban.SyntheticRoad.Views;

namespace Dashiban.Tests.SyntheticRoad;

public sealed class RoadViewsTests
{
    private const int Width = 384;
    private const int Height = 224;

    private static readonly Lazy<IReadOnlyList<ViewRow>> Shown = new(() =>
        [.. RoadViews.Pictures(30, 3, Width, Height).SelectMany(picture => picture.Rows.Select(row => row with { Picture = $"{picture.Number}" }))]);

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            foreach (var (name, seed) in new[] { ("a", 1), ("b", 1), ("c", 2) })
            {
                RoadViews.Render(Path.Combine(folder, name), 3, seed, Width, Height, cancellationToken: TestContext.Current.CancellationToken);
            }

            foreach (var file in new[] { "00000.jpg", "00002.jpg", RoadViews.RowsFile })
            {
                var first = File.ReadAllBytes(Path.Combine(folder, "a", file));
                Assert.Equal(first, File.ReadAllBytes(Path.Combine(folder, "b", file)));
                Assert.NotEqual(first, File.ReadAllBytes(Path.Combine(folder, "c", file)));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Rows_have_a_field_for_every_column() =>
        Assert.All(Shown.Value, row => Assert.Equal(ViewRow.Header.Split(',').Length, row.ToString().Split(',').Length));

    [Fact]
    public void A_plate_lies_in_its_vehicles_box_and_is_read_from_left_to_right()
    {
        Assert.All(Shown.Value.Where(row => row.Plate.Length > 0), row =>
        {
            // The plate may stand out of a bowed front by a few pixels in views from the side.
            var slack = 0.06f * (row.Box.Z - row.Box.X);
            Assert.All(row.PlateCorners, corner =>
            {
                Assert.InRange(corner.X, row.Box.X - slack, row.Box.Z + slack);
                Assert.InRange(corner.Y, row.Box.Y - slack, row.Box.W + slack);
            });
            if (row.IsPlateVisible)
            {
                Assert.True(row.PlateCorners[1].X > row.PlateCorners[0].X && row.PlateCorners[2].Y > row.PlateCorners[1].Y);
            }
        });
    }

    [Fact]
    public void A_visible_plate_is_in_the_picture_and_so_is_some_of_its_vehicle()
    {
        Assert.Contains(Shown.Value, row => row.IsPlateVisible);
        Assert.All(Shown.Value, row => Assert.InRange(row.VisibleShare, 0.02f, 1));
        Assert.All(Shown.Value.Where(row => row.IsPlateVisible), row => Assert.All(row.PlateCorners, corner =>
        {
            Assert.InRange(corner.X, 0, Width);
            Assert.InRange(corner.Y, 0, Height);
        }));
    }

    [Fact]
    public void Vehicles_of_one_picture_that_stand_clear_of_others_and_the_edge_are_wholly_visible()
    {
        var clear = Shown.Value.Where(row =>
            row.Box.X > 1 && row.Box.Y > 1 && row.Box.Z < Width - 1 && row.Box.W < Height - 1
            && !Shown.Value.Any(other => other != row && other.Picture == row.Picture && Touch(row.Box, other.Box))).ToList();

        Assert.NotEmpty(clear);
        Assert.All(clear, row => Assert.InRange(row.VisibleShare, 0.99f, 1));
    }

    [Fact]
    public void Plates_fit_the_class_as_GA_36_has_it() =>
        Gen.Int.Sample(seed =>
        {
            var chance = new Random(seed);
            var role = Casting.Choose(chance);
            var face = PlateDealer.Deal(role.Plate, chance);

            var isLarge = face.Style is PlateStyle.Yellow or PlateStyle.YellowGreen;
            Assert.True(role.SeatClass switch
            {
                "car_le6" or "van_7_9" => !isLarge,
                "minibus_10_19" or "coach_ge20" => isLarge,
                _ => true,
            });
            Assert.NotEmpty(PlateLayout.Of(face).Boxes);
        });

    [Fact]
    public void Every_varied_body_is_sound_and_keeps_its_parts_in_order() =>
        Gen.Select(Gen.Enum<VehicleKind>(), Gen.Int).Sample(
            (kind, seed) =>
            {
                var shape = ShapeVariation.Of(kind, new Random(seed));
                var mesh = BodyBuilder.Build(shape);
                var (low, high) = mesh.Bounds;

                Assert.All(mesh.Vertices, vertex => Assert.InRange(vertex.Normal.Length(), 0.999f, 1.001f));
                Assert.InRange(high.X - low.X, 2.5f, 18.5f);
                Assert.InRange(high.Y - low.Y, 1.1f, 3.4f);
                Assert.InRange(high.Z, 1.3f, 5.2f);
                Assert.InRange(low.Z, -0.05f, 0.05f);
                var middle = new Vector3((shape.FrontEnd + shape.BodyRearEnd) / 2, 0, shape.Profile.Max(corner => corner.Z) * 0.4f);
                Assert.InRange(MeshFacing.OutwardShare(mesh, Skin.Hull, middle), 0.95f, 1);
                Assert.True(shape.Windscreen.Upper.Y > shape.Windscreen.Lower.Y + 0.2f && shape.Windscreen.Lower.X > shape.Windscreen.Upper.X - 0.1f);
                Assert.True(shape.Windscreen.Upper.X > shape.RearWindow.Upper.X && shape.FrontEnd > shape.Windscreen.Lower.X - 0.1f);
                Assert.True(shape.Headlamp.Outer > shape.Headlamp.Inner && shape.Headlamp.High > shape.Headlamp.Low);
                Assert.InRange(shape.PlateHeight.Front, shape.Bottom, shape.Windscreen.Lower.Y);
            },
            iter: 150);

    private static bool Touch(Vector4 a, Vector4 b) => a.X - 2 < b.Z && b.X - 2 < a.Z && a.Y - 2 < b.W && b.Y - 2 < a.W;
}
