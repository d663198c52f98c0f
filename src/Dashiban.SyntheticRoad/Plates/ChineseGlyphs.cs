using SkiaSharp;

namespace Dashiban.SyntheticRoad.Plates;

/// <summary>
/// Outlines of Chinese characters from the system's Noto Sans CJK: provinces and special characters of plates, signs, lettering.
/// </summary>
internal sealed class ChineseGlyphs : IDisposable
{
    private const string FontFile = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

    /// <summary>Position of Simplified Chinese in the collection (JP, KR, SC, TC, HK and then the monospaced ones).</summary>
    private const int SimplifiedChinese = 2;

    private readonly SKTypeface _typeface;
    private readonly SKFont _font;

    public ChineseGlyphs()
    {
        _typeface = (File.Exists(FontFile) ? SKTypeface.FromFile(FontFile, SimplifiedChinese) : null)
            ?? throw new InvalidOperationException($"The font {FontFile} cannot be read. Install the Debian package fonts-noto-cjk (apt-get install fonts-noto-cjk).");
        _font = new SKFont(_typeface, 100);
    }

    public SKTypeface Typeface => _typeface;

    /// <summary>A font for lettering of any size: letters keep their distances when drawn small or in perspective. The caller disposes it.</summary>
    public static SKFont Lettering(SKTypeface typeface, float size) =>
        new(typeface, size) { LinearMetrics = true, Subpixel = true, Hinting = SKFontHinting.None, Embolden = true };

    /// <summary>Outline of one character, its ink stretched to the box. The caller disposes the path.</summary>
    public SKPath Path(char character, SKRect box)
    {
        var glyph = _font.GetGlyph(character);
        var path = glyph == 0 ? null : _font.GetGlyphPath(glyph);
        if (path is null)
        {
            throw new ArgumentException($"The font has no glyph for U+{(int)character:X4}.", nameof(character));
        }

        var ink = path.TightBounds;
        var stretch = SKMatrix.CreateTranslation(-ink.Left, -ink.Top)
            .PostConcat(SKMatrix.CreateScale(box.Width / ink.Width, box.Height / ink.Height))
            .PostConcat(SKMatrix.CreateTranslation(box.Left, box.Top));
        path.Transform(stretch);
        return path;
    }

    public void Dispose()
    {
        _font.Dispose();
        _typeface.Dispose();
    }
}
