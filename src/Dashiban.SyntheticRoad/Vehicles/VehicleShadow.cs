using System.Numerics;
using Dashiban.SyntheticRoad.Camera;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>
/// The darkness under and beside a vehicle, seen from above: the light of the sky that the body keeps off the road, soft
/// around it and deep beneath it.
/// </summary>
internal sealed class VehicleShadow
{
    /// <summary>Metres around the body that the shadow reaches.</summary>
    public const float Margin = 0.8f;

    private const float PixelsPerMetre = 25;

    private readonly byte[] _coverage;
    private readonly int _width;
    private readonly int _height;
    private readonly Vector3 _corner;

    public VehicleShadow(VehicleShape shape)
    {
        var half = shape.Width / 2;
        _width = (int)((shape.Width + (2 * Margin)) * PixelsPerMetre);
        _height = (int)((shape.FrontEnd - shape.RearEnd + (2 * Margin)) * PixelsPerMetre);
        _corner = new Vector3(shape.FrontEnd + Margin, -half - Margin, 0);
        using var picture = new SKBitmap(new SKImageInfo(_width, _height, SKColorType.Alpha8, SKAlphaType.Premul));
        using var canvas = new SKCanvas(picture);
        canvas.Clear(SKColors.Transparent);
        canvas.Scale(PixelsPerMetre);
        canvas.Translate(half + Margin, shape.FrontEnd + Margin);
        canvas.Scale(1, -1);
        var foot = new SKRect(-half + 0.05f, shape.RearEnd + 0.1f, half - 0.05f, shape.FrontEnd - 0.12f);
        DrawSoft(canvas, foot, 0.55f, 120);
        DrawSoft(canvas, foot, 0.12f, 170);
        canvas.Flush();
        _coverage = picture.GetPixelSpan().ToArray();
    }

    /// <summary>Darkens the road in the area of a picture under a vehicle that stands there.</summary>
    public void Darken(Span<uint> picture, int pictureWidth, SKRectI area, RoadCamera camera, VehiclePose pose)
    {
        const float PerPixel = 1 / PixelsPerMetre;
        var toRoad = camera.PlaneToPicture(pose.ToWorld(_corner), pose.Turn(Vector3.UnitY) * PerPixel, pose.Turn(-Vector3.UnitX) * PerPixel).Invert();
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var start = new Vector3(
                (toRoad.SkewX * (y + 0.5f)) + toRoad.TransX, (toRoad.ScaleY * (y + 0.5f)) + toRoad.TransY, (toRoad.Persp1 * (y + 0.5f)) + toRoad.Persp2);
            var step = new Vector3(toRoad.ScaleX, toRoad.SkewY, toRoad.Persp0);
            for (var x = area.Left; x < area.Right; x++)
            {
                var on = start + (step * (x + 0.5f));
                var scale = 1 / on.Z;
                var coverage = At((on.X * scale) - 0.5f, (on.Y * scale) - 0.5f);
                if (coverage > 0)
                {
                    ref var pixel = ref picture[(y * pictureWidth) + x];
                    var light = 256 - (uint)coverage;
                    pixel = ((((pixel & 0x00FF00FF) * light) >> 8) & 0x00FF00FF) | (((pixel >> 8) & 0x000000FF) * light & 0x0000FF00) | 0xFF000000;
                }
            }
        }
    }

    private float At(float u, float v)
    {
        if (!(u >= 0 && v >= 0 && u < _width - 1 && v < _height - 1))
        {
            return 0;
        }

        var (left, top) = ((int)u, (int)v);
        var corner = (top * _width) + left;
        var upper = float.Lerp(_coverage[corner], _coverage[corner + 1], u - left);
        var lower = float.Lerp(_coverage[corner + _width], _coverage[corner + _width + 1], u - left);
        return float.Lerp(upper, lower, v - top);
    }

    private static void DrawSoft(SKCanvas canvas, SKRect foot, float softness, byte strength)
    {
        using var blur = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, softness / 2);
        using var paint = new SKPaint { IsAntialias = true, Color = new SKColor(0, 0, 0, strength), MaskFilter = blur };
        canvas.DrawRoundRect(foot, 0.25f, 0.25f, paint);
    }
}
