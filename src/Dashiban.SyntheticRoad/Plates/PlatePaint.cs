using SkiaSharp;

namespace Dashiban.SyntheticRoad.Plates;

/// <summary>Colours of one plate style, as a camera in daylight sees them.</summary>
internal readonly record struct PlatePaint(SKColor Sheet, SKColor Ink, SKColor Border)
{
    public static readonly SKColor Red = new(200, 24, 30);

    private static readonly SKColor Yellow = new(247, 190, 10);
    private static readonly SKColor Black = new(18, 18, 20);
    private static readonly SKColor White = new(244, 246, 248);

    public static PlatePaint Of(PlateStyle style) => style switch
    {
        PlateStyle.Blue => new(new SKColor(14, 62, 172), White, White),
        PlateStyle.Yellow or PlateStyle.YellowDouble => new(Yellow, Black, Black),
        PlateStyle.GreenSmall => new(new SKColor(70, 190, 118), Black, Black),
        PlateStyle.YellowGreen => new(new SKColor(66, 184, 110), Black, Black),
        PlateStyle.White => new(new SKColor(238, 240, 242), Black, Black),
        PlateStyle.Black => new(new SKColor(22, 23, 26), White, White),
        _ => throw new ArgumentOutOfRangeException(nameof(style), style, null),
    };

    /// <summary>Background of the sheet: even, a gradient (small new energy) or two fields (large new energy). The caller disposes it.</summary>
    public static SKShader Ground(PlateFace face)
    {
        var sheet = Of(face.Style).Sheet;
        return face.Style switch
        {
            PlateStyle.GreenSmall => SKShader.CreateLinearGradient(
                new SKPoint(0, 0), new SKPoint(0, face.HeightMm), [new SKColor(232, 246, 238), sheet], [0.1f, 1], SKShaderTileMode.Clamp),
            PlateStyle.YellowGreen => SKShader.CreateLinearGradient(
                new SKPoint(0, 0), new SKPoint(face.WidthMm, 0), [Yellow, Yellow, sheet, sheet], [0, 0.285f, 0.285f, 1], SKShaderTileMode.Clamp),
            _ => SKShader.CreateColor(sheet),
        };
    }
}
