using System.Numerics;
using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Vehicles;

namespace Dashiban.SyntheticRoad.Views;

/// <summary>The outline of a vehicle in the picture plane, also where it lies outside the frame.</summary>
/// <param name="Box">Left, top, right, bottom in pixels.</param>
/// <param name="Area">Pixels that it would cover in an endless picture.</param>
internal readonly record struct Silhouette(Vector4 Box, float Area)
{
    /// <summary>Cells across the box in both directions: an area good to about 2 %.</summary>
    private const int Cells = 64;

    /// <summary>The box of the corners of a body's bounds: cheap, and never smaller than the true one.</summary>
    public static Vector4 BoxAround((Vector3 Low, Vector3 High) bounds, RoadCamera camera, VehiclePose pose)
    {
        var (low, high) = (new Vector2(float.MaxValue), new Vector2(float.MinValue));
        for (var corner = 0; corner < 8; corner++)
        {
            var place = camera.Project(pose.ToWorld(new Vector3(
                (corner & 1) == 0 ? bounds.Low.X : bounds.High.X, (corner & 2) == 0 ? bounds.Low.Y : bounds.High.Y, (corner & 4) == 0 ? bounds.Low.Z : bounds.High.Z)));
            if (place.Z <= 0)
            {
                return Vector4.Zero;
            }

            (low, high) = (Vector2.Min(low, new Vector2(place.X, place.Y)), Vector2.Max(high, new Vector2(place.X, place.Y)));
        }

        return new Vector4(low, high.X, high.Y);
    }

    /// <summary>Null where a part of the vehicle is behind the camera or too close to it.</summary>
    public static Silhouette? Of(VehicleMesh mesh, RoadCamera camera, VehiclePose pose, float nearest)
    {
        var screen = new Vector2[mesh.Vertices.Length];
        var (low, high) = (new Vector2(float.MaxValue), new Vector2(float.MinValue));
        for (var i = 0; i < screen.Length; i++)
        {
            var place = camera.Project(pose.ToWorld(mesh.Vertices[i].Position));
            if (place.Z < nearest)
            {
                return null;
            }

            screen[i] = new Vector2(place.X, place.Y);
            (low, high) = (Vector2.Min(low, screen[i]), Vector2.Max(high, screen[i]));
        }

        var cell = (high - low) / Cells;
        var covered = new bool[Cells * Cells];
        foreach (var triangle in mesh.Triangles)
        {
            Cover(covered, (screen[triangle.A] - low) / cell, (screen[triangle.B] - low) / cell, (screen[triangle.C] - low) / cell);
        }

        return new Silhouette(new Vector4(low, high.X, high.Y), covered.Count(isCovered => isCovered) * cell.X * cell.Y);
    }

    /// <summary>Marks the cells whose middle lies in the triangle.</summary>
    private static void Cover(bool[] covered, Vector2 a, Vector2 b, Vector2 c)
    {
        var area = ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
        if (MathF.Abs(area) < 1e-6f)
        {
            return;
        }

        var (low, high) = (Vector2.Min(a, Vector2.Min(b, c)), Vector2.Max(a, Vector2.Max(b, c)));
        for (var y = Math.Max(0, (int)low.Y); y <= Math.Min(Cells - 1, (int)high.Y); y++)
        {
            for (var x = Math.Max(0, (int)low.X); x <= Math.Min(Cells - 1, (int)high.X); x++)
            {
                var point = new Vector2(x + 0.5f, y + 0.5f) - a;
                var weightB = ((point.X * (c.Y - a.Y)) - (point.Y * (c.X - a.X))) / area;
                var weightC = ((point.Y * (b.X - a.X)) - (point.X * (b.Y - a.Y))) / area;
                if (weightB >= 0 && weightC >= 0 && weightB + weightC <= 1)
                {
                    covered[(y * Cells) + x] = true;
                }
            }
        }
    }
}
