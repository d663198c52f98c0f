using SkiaSharp;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>Colours and gloss (0 matt, 255 glass) of what vehicles are made of.</summary>
internal static class Material
{
    public const byte Matt = 12;
    public const byte Lacquer = 160;
    public const byte Glass = 225;
    public const byte Lens = 170;
    public const byte Metal = 250;

    public static readonly SKColor Rubber = new(24, 24, 25);
    public static readonly SKColor Plastic = new(38, 39, 41);
    public static readonly SKColor Chrome = new(196, 200, 204);

    public static SKColor Shade(SKColor colour, float factor) => new(
        (byte)Math.Clamp(colour.Red * factor, 0, 255), (byte)Math.Clamp(colour.Green * factor, 0, 255), (byte)Math.Clamp(colour.Blue * factor, 0, 255));
}
