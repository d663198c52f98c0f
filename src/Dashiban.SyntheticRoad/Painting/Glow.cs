using System.Numerics;
using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Vehicles;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Painting;

/// <summary>Lit lamps at night: their glare in the lens and the light they throw on the road.</summary>
internal static class Glow
{
    /// <summary>Metres around a vehicle that its lamps light.</summary>
    public const float Reach = 4.5f;

    public static void Paint(SKCanvas canvas, RoadCamera camera, VehicleShape shape, VehiclePose pose, bool showsFront, SKRectI area)
    {
        canvas.Save();
        canvas.ClipRect(area);
        if (showsFront)
        {
            PaintBeam(canvas, camera, shape, pose);
        }

        var (low, high, inner, outer) = showsFront ? shape.Headlamp : shape.TailLamp;
        var x = showsFront ? shape.FrontEnd - (shape.NoseBow * 0.5f) : shape.RearEnd;
        foreach (var side in new[] { -1f, 1f })
        {
            var at = pose.ToWorld(new Vector3(x, side * float.Lerp(inner, outer, 0.4f), (low + high) / 2));
            var screen = camera.Project(at);
            if (screen.Z > 2)
            {
                PaintLamp(canvas, new SKPoint(screen.X, screen.Y), camera.PixelsPerMetre(at), showsFront);
            }
        }

        canvas.Restore();
    }

    private static void PaintLamp(SKCanvas canvas, SKPoint at, float scale, bool isHeadlamp)
    {
        var (core, halo) = isHeadlamp ? (new SKColor(255, 250, 236), new SKColor(150, 146, 132)) : (new SKColor(255, 90, 70), new SKColor(120, 14, 10));
        Disc(canvas, at, scale * (isHeadlamp ? 0.42f : 0.26f), halo.WithAlpha(150));
        Disc(canvas, at, scale * (isHeadlamp ? 0.15f : 0.10f), core);
        Disc(canvas, at, scale * (isHeadlamp ? 0.10f : 0.05f), core);
    }

    private static void Disc(SKCanvas canvas, SKPoint at, float radius, SKColor colour)
    {
        using var shader = SKShader.CreateRadialGradient(at, radius, [colour, colour.WithAlpha((byte)(colour.Alpha / 4)), colour.WithAlpha(0)], [0, 0.45f, 1], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader, BlendMode = SKBlendMode.Plus };
        canvas.DrawCircle(at, radius, paint);
    }

    /// <summary>The dipped beam: a soft patch of light on the road before the vehicle.</summary>
    private static void PaintBeam(SKCanvas canvas, RoadCamera camera, VehicleShape shape, VehiclePose pose)
    {
        var centre = pose.ToWorld(new Vector3(shape.FrontEnd + (Reach * 0.5f), 0, 0));
        canvas.Save();
        canvas.SetMatrix(camera.PlaneToPicture(centre, pose.Turn(Vector3.UnitY), pose.Turn(-Vector3.UnitX) * (Reach / 4)));
        Disc(canvas, new SKPoint(0, 0), 1.7f, new SKColor(62, 58, 50));
        canvas.Restore();
    }
}
