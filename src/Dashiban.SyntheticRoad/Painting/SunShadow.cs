using System.Numerics;
using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Vehicles;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Painting;

/// <summary>The shadow that the sun casts beside a vehicle: the convex outline of the body, laid on the road along the rays.</summary>
internal static class SunShadow
{
    /// <summary>Below this the sky lights everything from all sides.</summary>
    private const float FaintestSun = 0.25f;

    public static void Paint(SKCanvas canvas, RoadCamera camera, VehicleMesh body, VehiclePose pose, LightConditions light)
    {
        if (light.IsNight || light.Sunshine < FaintestSun)
        {
            return;
        }

        var slope = light.SunDirection / light.SunDirection.Z;
        var onRoad = new List<Vector2>(body.Vertices.Length);
        foreach (var vertex in body.Vertices)
        {
            var point = pose.ToWorld(vertex.Position);
            onRoad.Add(new Vector2(point.X - (slope.X * point.Z), point.Y - (slope.Y * point.Z)));
        }

        var screen = Hull(onRoad).Select(point => camera.Project(new Vector3(point, 0))).ToList();
        if (screen.Exists(point => point.Z < 1))
        {
            return;
        }

        using var builder = new SKPathBuilder();
        builder.AddPoly([.. screen.Select(point => new SKPoint(point.X, point.Y))], close: true);
        using var path = builder.Detach();
        using var paint = new SKPaint { IsAntialias = true, Color = new SKColor(6, 8, 14, (byte)Math.Clamp(170 * light.Sunshine, 0, 150)) };
        canvas.DrawPath(path, paint);
    }

    /// <summary>The convex hull, counter-clockwise: two chains over the points sorted from left to right.</summary>
    internal static List<Vector2> Hull(List<Vector2> points)
    {
        points.Sort((a, b) => a.X != b.X ? a.X.CompareTo(b.X) : a.Y.CompareTo(b.Y));
        var hull = Chain(points);
        points.Reverse();
        hull.AddRange(Chain(points));
        return hull;
    }

    private static List<Vector2> Chain(List<Vector2> points)
    {
        var chain = new List<Vector2>();
        foreach (var point in points)
        {
            while (chain.Count > 1 && Turn(chain[^2], chain[^1], point) <= 0)
            {
                chain.RemoveAt(chain.Count - 1);
            }

            chain.Add(point);
        }

        // The last point begins the other chain.
        chain.RemoveAt(chain.Count - 1);
        return chain;
    }

    private static float Turn(Vector2 a, Vector2 b, Vector2 c) => ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
}
