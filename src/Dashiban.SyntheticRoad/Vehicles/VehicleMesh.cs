using System.Numerics;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>Which picture a triangle takes its surface from.</summary>
internal enum Skin : byte
{
    /// <summary>Front, rear, side or top, whichever the surface faces most: chosen per pixel.</summary>
    Hull,
    Front,
    Rear,
    Side,
    Top,
    Cargo,
    Tyre,
    Trim,
    FrontPlate,
    RearPlate,
}

/// <summary>A corner of the mesh, in metres: x forward from the vehicle's middle, y to its left, z up from the road.</summary>
internal readonly record struct MeshVertex(Vector3 Position, Vector3 Normal);

/// <summary>Three vertices, counter-clockwise seen from outside, with one skin.</summary>
internal readonly record struct MeshTriangle(int A, int B, int C, Skin Skin);

/// <summary>Surface of a vehicle.</summary>
internal sealed record VehicleMesh(MeshVertex[] Vertices, MeshTriangle[] Triangles)
{
    /// <summary>Smallest and largest coordinate of all vertices.</summary>
    public (Vector3 Low, Vector3 High) Bounds
    {
        get
        {
            var low = new Vector3(float.MaxValue);
            var high = new Vector3(float.MinValue);
            foreach (var vertex in Vertices)
            {
                low = Vector3.Min(low, vertex.Position);
                high = Vector3.Max(high, vertex.Position);
            }

            return (low, high);
        }
    }
}
