using System.Numerics;
using Dashiban.SyntheticRoad.Vehicles;

namespace Dashiban.Tests.SyntheticRoad;

/// <summary>Which way the surfaces of a mesh face: one turned inwards would be lit and hidden wrongly.</summary>
internal static class MeshFacing
{
    /// <summary>Share of the surface of one skin that faces away from a point, 0 to 1.</summary>
    public static float OutwardShare(VehicleMesh mesh, Skin skin, Vector3 middle)
    {
        var (outward, whole) = (0f, 0f);
        foreach (var triangle in mesh.Triangles.Where(triangle => triangle.Skin == skin))
        {
            var (a, b, c) = (mesh.Vertices[triangle.A].Position, mesh.Vertices[triangle.B].Position, mesh.Vertices[triangle.C].Position);
            var area = Vector3.Cross(b - a, c - a);
            whole += area.Length();
            outward += Vector3.Dot(area, ((a + b + c) / 3) - middle) > 0 ? area.Length() : 0;
        }

        return outward / whole;
    }
}
