namespace Dashiban.SyntheticRoad.Plates;

/// <summary>What a drawn plate shows.</summary>
/// <param name="Text">Characters in reading order without the separator dot, for instance <c>渝F12345</c>.</param>
/// <param name="Style">Colours and rows.</param>
public sealed record PlateFace(string Text, PlateStyle Style)
{
    /// <summary>Width in mm (GA 36): 480 for new energy plates, otherwise 440.</summary>
    public int WidthMm => Style is PlateStyle.GreenSmall or PlateStyle.YellowGreen ? 480 : 440;

    /// <summary>Height in mm (GA 36): 220 with two rows, otherwise 140.</summary>
    public int HeightMm => Style is PlateStyle.YellowDouble ? 220 : 140;

    /// <summary>Masked: the province and the issuing letter only, since a plate is personal data even when invented.</summary>
    public override string ToString() => $"{Text[..Math.Min(2, Text.Length)]}*** ({Style})";
}
