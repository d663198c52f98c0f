using System.Numerics;
using Dashiban.SyntheticRoad.Vehicles;

namespace Dashiban.Tests.SyntheticRoad;

public sealed class VehicleMeshTests
{
    public static TheoryData<VehicleKind> Kinds => [.. Enum.GetValues<VehicleKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_body_has_the_measures_of_its_kind(VehicleKind kind)
    {
        var shape = VehicleShapes.Of(kind);
        var (low, high) = BodyBuilder.Build(shape).Bounds;

        // Bus mirrors hang before the front.
        Assert.InRange(high.X, shape.FrontEnd - 0.05f, shape.FrontEnd + (shape.Mirrors is MirrorForm.Hanging ? 0.35f : 0.05f));
        Assert.InRange(low.X, shape.RearEnd - 0.05f, shape.RearEnd + 0.05f);
        Assert.InRange(high.Z, shape.Height - 0.12f, shape.Height + 0.02f);
        Assert.InRange(low.Z, -0.01f, 0.01f);
        Assert.Equal(-low.Y, high.Y, 2);

        // Mirrors reach over the body by less than 0.35 m on each side.
        Assert.InRange(high.Y - low.Y, shape.Width, shape.Width + 0.7f);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Triangles_are_sound_and_the_hull_faces_outwards(VehicleKind kind)
    {
        var shape = VehicleShapes.Of(kind);
        var mesh = BodyBuilder.Build(shape);
        var middle = new Vector3((shape.FrontEnd + shape.BodyRearEnd) / 2, 0, shape.Height * 0.4f);
        var (outward, hull) = (0f, 0f);
        foreach (var triangle in mesh.Triangles)
        {
            var (a, b, c) = (mesh.Vertices[triangle.A].Position, mesh.Vertices[triangle.B].Position, mesh.Vertices[triangle.C].Position);
            var area = Vector3.Cross(b - a, c - a);
            Assert.True(float.IsFinite(area.Length()) && area.Length() > 0);
            if (triangle.Skin is Skin.Hull)
            {
                hull += area.Length();
                outward += Vector3.Dot(area, ((a + b + c) / 3) - middle) > 0 ? area.Length() : 0;
            }
        }

        Assert.All(mesh.Vertices, vertex => Assert.InRange(vertex.Normal.Length(), 0.999f, 1.001f));
        Assert.True(outward > hull * 0.97, $"{outward} of {hull} square metres face outwards");
    }
}
