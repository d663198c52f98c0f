using System.Numerics;
using System.Runtime.InteropServices;
using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Painting;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Scenery;

/// <summary>Puts the drawn scenery into its light: haze and lens by day, darkness with lamps by night.</summary>
internal static class SceneLight
{
    /// <summary>A new picture, softened like the vehicles; the caller disposes it.</summary>
    public static SKBitmap Apply(SKBitmap scenery, RoadCamera camera, bool night)
    {
        var lit = new SKBitmap(scenery.Info);
        using (var canvas = new SKCanvas(lit))
        {
            using var blur = SKImageFilter.CreateBlur(0.75f, 0.75f);
            using var paint = new SKPaint { ImageFilter = blur };
            using var image = SKImage.FromBitmap(scenery);
            canvas.DrawImage(image, 0, 0, SKSamplingOptions.Default, paint);
        }

        var pixels = MemoryMarshal.Cast<byte, uint>(lit.GetPixelSpan());
        var ground = camera.PlaneToPicture(Vector3.Zero, Vector3.UnitX, Vector3.UnitY).Invert();
        var (width, height) = (lit.Width, lit.Height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var scale = 1 / ((ground.Persp0 * x) + (ground.Persp1 * y) + ground.Persp2);
                var on = new Vector2(((ground.ScaleX * x) + (ground.SkewX * y) + ground.TransX) * scale, ((ground.SkewY * x) + (ground.ScaleY * y) + ground.TransY) * scale);
                ref var pixel = ref pixels[(y * width) + x];
                var colour = new Vector3(pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255) / 255;
                var corner = new Vector2((x / (float)width) - 0.5f, (y / (float)height) - 0.5f);
                colour = (night ? Night(colour, on) : Day(colour, on)) * (1 - (0.28f * corner.LengthSquared()));
                colour = Vector3.Clamp(colour, Vector3.Zero, Vector3.One) * 255.5f;
                pixel = (uint)colour.X | ((uint)colour.Y << 8) | ((uint)colour.Z << 16) | 0xFF000000;
            }
        }

        return lit;
    }

    private static Vector3 Day(Vector3 colour, Vector2 on)
    {
        var haze = Math.Clamp((on.Y - 18) / 160, 0, 0.35f);
        return Vector3.Lerp(colour * 1.04f, new Vector3(0.74f, 0.77f, 0.79f), haze);
    }

    private static Vector3 Night(Vector3 colour, Vector2 on)
    {
        // The fill light of the camera's pole on the lanes, and one warm street lamp further out.
        var distance = MathF.Max(6, on.Y);
        var beside = MathF.Exp(-on.X * on.X / 22);
        var fill = Lighting.FillAt(distance) * 0.30f * beside;
        var lamp = 0.16f * MathF.Exp(-(((on.X - 4) * (on.X - 4)) + ((on.Y - 34) * (on.Y - 34) * 0.35f)) / 30);
        var light = new Vector3(0.012f, 0.013f, 0.017f) + (new Vector3(0.95f, 0.98f, 1.0f) * fill) + (new Vector3(1.0f, 0.80f, 0.52f) * lamp);
        return Vector3.SquareRoot(colour * colour * light);
    }
}
