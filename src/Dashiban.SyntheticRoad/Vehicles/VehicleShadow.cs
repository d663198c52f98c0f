using Dashiban.SyntheticRoad.Painting;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>
/// The darkness under and beside a vehicle as a picture seen from above: the light of the sky that
/// the body keeps off the road, soft around it and deep beneath it.
/// </summary>
internal static class VehicleShadow
{
    public const float PixelsPerMetre = 25;

    /// <summary>Metres around the body that the picture covers.</summary>
    public const float Margin = 2.5f;

    /// <summary>Coverage with the body's front upwards: pixel = ((y + half width + margin), (front + margin - x)) * scale.</summary>
    public static SKImage Draw(VehicleShape shape, Lighting lighting)
    {
        var half = shape.Width / 2;
        var info = new SKImageInfo((int)((shape.Width + (2 * Margin)) * PixelsPerMetre), (int)((shape.FrontEnd - shape.RearEnd + (2 * Margin)) * PixelsPerMetre), SKColorType.Rgba8888, SKAlphaType.Premul);
        using var picture = new SKBitmap(info);
        using var canvas = new SKCanvas(picture);
        canvas.Clear(SKColors.Transparent);
        canvas.Scale(PixelsPerMetre);
        canvas.Translate(half + Margin, shape.FrontEnd + Margin);
        canvas.Scale(1, -1);
        var foot = new SKRect(-half + 0.05f, shape.RearEnd + 0.1f, half - 0.05f, shape.FrontEnd - 0.12f);
        DrawSoft(canvas, foot, 0.55f, lighting.IsNight ? (byte)110 : (byte)120);
        DrawSoft(canvas, foot, 0.12f, lighting.IsNight ? (byte)120 : (byte)170);
        canvas.Flush();
        return SKImage.FromBitmap(picture);
    }

    private static void DrawSoft(SKCanvas canvas, SKRect foot, float softness, byte strength)
    {
        using var blur = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, softness / 2);
        using var paint = new SKPaint { IsAntialias = true, Color = new SKColor(0, 0, 0, strength), MaskFilter = blur };
        canvas.DrawRoundRect(foot, 0.25f, 0.25f, paint);
    }
}
