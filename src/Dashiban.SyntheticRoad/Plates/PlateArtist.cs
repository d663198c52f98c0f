using SkiaSharp;

namespace Dashiban.SyntheticRoad.Plates;

/// <summary>
/// Draws plates to GA 36 geometry: 440 x 140, 480 x 140 or 440 x 220 mm, 45 x 90 mm characters of 10 mm stroke, separator
/// dot, bolts and border. Safe for one thread at a time; owns the font it draws Chinese characters with.
/// </summary>
/// <param name="pixelsPerMm">Resolution of a drawn plate; twice what the nearest camera position needs.</param>
internal sealed class PlateArtist(float pixelsPerMm = PlateArtist.FilmPixelsPerMm) : IDisposable
{
    /// <summary>Resolution for the demo's films, 1920 pixels wide.</summary>
    public const float FilmPixelsPerMm = 1.5f;

    private const float Stroke = 10;

    private readonly ChineseGlyphs _chinese = new();

    /// <summary>Draws the plate, transparent outside its rounded corners. The caller disposes the picture.</summary>
    public SKBitmap Draw(PlateFace face)
    {
        var layout = PlateLayout.Of(face);
        var picture = new SKBitmap(new SKImageInfo((int)(face.WidthMm * pixelsPerMm), (int)(face.HeightMm * pixelsPerMm), SKColorType.Rgba8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(picture);
        canvas.Clear(SKColors.Transparent);
        canvas.Scale(pixelsPerMm);
        DrawSheet(canvas, face);
        foreach (var box in layout.Boxes)
        {
            DrawCharacter(canvas, box, PlatePaint.Of(face.Style));
        }

        if (layout.Dot is { } dot)
        {
            using var ink = Fill(PlatePaint.Of(face.Style).Ink);
            canvas.DrawCircle(dot.X, dot.Y, Stroke / 2, ink);
        }

        DrawBolts(canvas, face);
        return picture;
    }

    /// <summary>The typeface of its Chinese characters, for other lettering; belongs to the artist.</summary>
    public SKTypeface Typeface => _chinese.Typeface;

    public void Dispose() => _chinese.Dispose();

    private static void DrawSheet(SKCanvas canvas, PlateFace face)
    {
        var paint = PlatePaint.Of(face.Style);
        var sheet = SKRect.Create(face.WidthMm, face.HeightMm);
        using var ground = new SKPaint { IsAntialias = true, Shader = PlatePaint.Ground(face) };
        canvas.DrawRoundRect(sheet, 10, 10, ground);
        using var border = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 2.5f, Color = paint.Border };
        var inset = sheet;
        inset.Inflate(-4.5f, -4.5f);
        canvas.DrawRoundRect(inset, 7, 7, border);
    }

    private void DrawCharacter(SKCanvas canvas, CharacterBox box, PlatePaint paint)
    {
        var place = SKRect.Create(box.X, box.Y, box.Width, box.Height);
        var colour = box.IsRed ? PlatePaint.Red : paint.Ink;
        canvas.Save();
        canvas.ClipRect(place, SKClipOperation.Intersect, antialias: true);
        if (CharacterStrokes.Has(box.Character))
        {
            DrawStrokes(canvas, box, place, colour);
        }
        else
        {
            DrawChinese(canvas, box, place, colour);
        }

        canvas.Restore();
    }

    private static void DrawStrokes(SKCanvas canvas, CharacterBox box, SKRect place, SKColor colour)
    {
        using var path = CharacterStrokes.Path(box.Character);
        path.Transform(SKMatrix.CreateScale(place.Width / 45, place.Height / 90).PostConcat(SKMatrix.CreateTranslation(place.Left, place.Top)));
        using var pen = new SKPaint
        {
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = box.Height > 100 ? 14 : Stroke,
            StrokeMiter = 6,
            Color = colour,
        };
        canvas.DrawPath(path, pen);
    }

    private void DrawChinese(SKCanvas canvas, CharacterBox box, SKRect place, SKColor colour)
    {
        // The font's strokes become too thin where the box squeezes them; a uniform contour gives them back their weight,
        // and the box is inset by half of it so that the ink ends at the box.
        const float Contour = 2.6f;
        place.Inflate(-Contour / 2, -Contour / 2);
        using var path = _chinese.Path(box.Character, place);
        using var pen = new SKPaint
        {
            IsAntialias = true,
            Style = SKPaintStyle.StrokeAndFill,
            StrokeWidth = Contour,
            StrokeJoin = SKStrokeJoin.Miter,
            Color = colour,
        };
        canvas.DrawPath(path, pen);
    }

    private static void DrawBolts(SKCanvas canvas, PlateFace face)
    {
        using var head = Fill(new SKColor(196, 198, 200));
        using var shade = Fill(new SKColor(90, 92, 96));
        float[] columns = face.HeightMm > 140 ? [145, 295] : [face.WidthMm * 0.25f, face.WidthMm * 0.75f];
        foreach (var x in columns)
        {
            foreach (var y in new[] { 12.5f, face.HeightMm - 12.5f })
            {
                canvas.DrawCircle(x + 0.8f, y + 0.8f, 5.5f, shade);
                canvas.DrawCircle(x, y, 5, head);
            }
        }
    }

    private static SKPaint Fill(SKColor colour) => new() { IsAntialias = true, Color = colour };
}
