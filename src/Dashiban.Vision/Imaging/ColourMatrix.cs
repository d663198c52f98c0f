namespace Dashiban.Vision.Imaging;

/// <summary>
/// The numbers behind a <see cref="PictureColour"/>: R = y + RedV·v, G = y − GreenU·u − GreenV·v, B = y + BlueU·u with
/// y = (Y − LumaOffset)·LumaScale, u = U − 128, v = V − 128, all results 0 to 255.
/// </summary>
internal readonly record struct ColourMatrix(float LumaOffset, float LumaScale, float RedV, float GreenU, float GreenV, float BlueU)
{
    /// <summary>Luma weights kR and kB by ITU-R BT.601-7 §2.5.1 and BT.709-6 §3.2; limited range by BT.709-6 §3.6.</summary>
    public static ColourMatrix Of(PictureColour colour) => colour switch
    {
        PictureColour.Bt709Limited => From(0.2126f, 0.0722f, limited: true),
        PictureColour.Bt601Limited => From(0.299f, 0.114f, limited: true),
        PictureColour.Bt709Full => From(0.2126f, 0.0722f, limited: false),
        _ => From(0.299f, 0.114f, limited: false),
    };

    /// <summary>The Y sample of a grey level; its U and V are 128.</summary>
    public byte Luma(int grey) => (byte)MathF.Round((grey / LumaScale) + LumaOffset);

    private static ColourMatrix From(float red, float blue, bool limited)
    {
        var green = 1 - red - blue;
        var chroma = limited ? 255f / 224f : 1f;
        return new(
            limited ? 16 : 0,
            limited ? 255f / 219f : 1,
            chroma * 2 * (1 - red),
            chroma * 2 * (1 - blue) * blue / green,
            chroma * 2 * (1 - red) * red / green,
            chroma * 2 * (1 - blue));
    }
}
