using System.Runtime.InteropServices;
using Dashiban.SyntheticRoad.Painting;
using Dashiban.SyntheticRoad.Plates;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>
/// Draws one view of a body in metres (a to the right, b up), colour and gloss together. <see cref="Finish"/> hands the
/// result over with the way its pixels follow from body coordinates.
/// </summary>
internal sealed class SkinCanvas : IDisposable
{
    /// <summary>Below this share dust is a film: nobody sees where it lies thicker.</summary>
    private const float LeastPatchyDust = 0.15f;

    private readonly float _pixelsPerMetre;
    private readonly SKRect _area;
    private readonly SKBitmap _colours;
    private readonly SKBitmap _glosses;
    private readonly SKCanvas _colour;
    private readonly SKCanvas _gloss;

    public SkinCanvas(float left, float bottom, float right, float top, SKColor ground, byte gloss, float pixelsPerMetre)
    {
        _pixelsPerMetre = pixelsPerMetre;
        _area = new SKRect(left, top, right, bottom);
        var info = new SKImageInfo((int)((right - left) * _pixelsPerMetre) + 1, (int)((top - bottom) * _pixelsPerMetre) + 1, SKColorType.Rgba8888, SKAlphaType.Opaque);
        (_colours, _glosses) = (new SKBitmap(info), new SKBitmap(info));
        (_colour, _gloss) = (new SKCanvas(_colours), new SKCanvas(_glosses));
        foreach (var canvas in new[] { _colour, _gloss })
        {
            canvas.Scale(_pixelsPerMetre, -_pixelsPerMetre);
            canvas.Translate(-left, -top);
        }

        _colour.Clear(ground);
        _gloss.Clear(Grey(gloss));
    }

    public void Fill(SKColor colour, byte gloss, params float[] points)
    {
        using var path = Polygon(points);
        Fill(path, colour, gloss);
    }

    public void Fill(SKPath path, SKColor colour, byte gloss)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = colour };
        _colour.DrawPath(path, paint);
        paint.Color = Grey(gloss);
        _gloss.DrawPath(path, paint);
    }

    /// <summary>Fills with a gradient from the lower to the upper edge of the path.</summary>
    public void FillShaded(SKPath path, SKColor lower, SKColor upper, byte gloss)
    {
        var bounds = path.Bounds;
        using var shader = SKShader.CreateLinearGradient(new SKPoint(0, bounds.Top), new SKPoint(0, bounds.Bottom), [lower, upper], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { IsAntialias = true, Shader = shader };
        _colour.DrawPath(path, paint);
        using var mask = new SKPaint { IsAntialias = true, Color = Grey(gloss) };
        _gloss.DrawPath(path, mask);
    }

    public void Box(float left, float bottom, float right, float top, float radius, SKColor colour, byte gloss)
    {
        var place = new SKRect(left, bottom, right, top);
        using var paint = new SKPaint { IsAntialias = true, Color = colour };
        _colour.DrawRoundRect(place, radius, radius, paint);
        paint.Color = Grey(gloss);
        _gloss.DrawRoundRect(place, radius, radius, paint);
    }

    public void Oval(float left, float bottom, float right, float top, SKColor colour, byte gloss)
    {
        var place = new SKRect(left, bottom, right, top);
        using var paint = new SKPaint { IsAntialias = true, Color = colour };
        _colour.DrawOval(place, paint);
        paint.Color = Grey(gloss);
        _gloss.DrawOval(place, paint);
    }

    public void Disc(float a, float b, float radius, SKColor colour, byte gloss) => Oval(a - radius, b - radius, a + radius, b + radius, colour, gloss);

    public void Line(SKColor colour, byte gloss, float width, params float[] points)
    {
        using var path = Polygon(points, close: false);
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = width, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round, Color = colour };
        _colour.DrawPath(path, paint);
        paint.Color = Grey(gloss);
        _gloss.DrawPath(path, paint);
    }

    /// <summary>Writes centred text of the given height; readable where a grows to the reader's right.</summary>
    public void Text(string text, float a, float b, float height, SKColor colour, SKTypeface typeface)
    {
        using var font = ChineseGlyphs.Lettering(typeface, height);
        using var paint = new SKPaint { IsAntialias = true, Color = colour };
        _colour.Save();
        _colour.Translate(a, b);
        _colour.Scale(1, -1);
        _colour.DrawText(text, 0, height * 0.36f, SKTextAlign.Center, font, paint);
        _colour.Restore();
    }

    /// <summary>Darkens towards the road: strongest at the lower height, nothing above the upper one.</summary>
    public void Shade(float from, float to, float strength)
    {
        using var shader = SKShader.CreateLinearGradient(new SKPoint(0, from), new SKPoint(0, to), [new SKColor(0, 0, 0, (byte)(255 * strength)), new SKColor(0, 0, 0, 0)], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader };
        _colour.DrawRect(new SKRect(_area.Left, from, _area.Right, to), paint);
    }

    /// <summary>Lays dust over the lower part, densest at the bottom of the view, in patches and runs; dust is matt.</summary>
    /// <param name="seed">Chooses where the patches lie.</param>
    public void Dust(SKColor colour, float strength, float upTo, int seed)
    {
        var place = new SKRect(_area.Left, _area.Bottom, _area.Right, _area.Top);
        using var thin = SKShader.CreateLinearGradient(new SKPoint(0, _area.Bottom), new SKPoint(0, upTo), [colour.WithAlpha((byte)(255 * strength)), colour.WithAlpha((byte)(70 * strength))], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = thin };
        using var matt = new SKPaint { Color = new SKColor(8, 8, 8, (byte)(150 * strength)) };
        if (strength < LeastPatchyDust)
        {
            _colour.DrawRect(place, paint);
            _gloss.DrawRect(place, matt);
            return;
        }

        // Half lies evenly; the rest in splashes a few times higher than wide.
        paint.Color = SKColors.White.WithAlpha(140);
        _colour.DrawRect(place, paint);
        _gloss.DrawRect(place, matt);
        using var noise = SKShader.CreatePerlinNoiseFractalNoise(4f, 1.4f, 3, seed);
        using var splashes = SKShader.CreateCompose(thin, noise, SKBlendMode.DstIn);
        using var splashed = new SKPaint { Shader = splashes };
        _colour.DrawRect(place, splashed);
        _colour.DrawRect(place, splashed);
    }

    /// <summary>A path along the points x, y, x, y … The caller disposes it.</summary>
    public static SKPath Polygon(float[] points, bool close = true)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(points[0], points[1]);
        for (var i = 2; i < points.Length; i += 2)
        {
            builder.LineTo(points[i], points[i + 1]);
        }

        if (close)
        {
            builder.Close();
        }

        return builder.Detach();
    }

    public SkinPicture Finish()
    {
        _colour.Flush();
        _gloss.Flush();
        var colours = Words(_colours);
        var glosses = Words(_glosses);
        var pixels = new uint[colours.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            // Both are R, G, B, opaque from the lowest byte up; a texture keeps its gloss where they keep coverage.
            pixels[i] = (colours[i] & 0x00FFFFFF) | (glosses[i] << 24);
        }

        return new SkinPicture(new Texture(pixels, _colours.Width, _colours.Height), -_area.Left * _pixelsPerMetre, _area.Top * _pixelsPerMetre, _pixelsPerMetre);
    }

    public void Dispose()
    {
        _colour.Dispose();
        _gloss.Dispose();
        _colours.Dispose();
        _glosses.Dispose();
    }

    private static ReadOnlySpan<uint> Words(SKBitmap picture) => MemoryMarshal.Cast<byte, uint>(picture.GetPixelSpan());

    private static SKColor Grey(byte value) => new(value, value, value);
}

/// <summary>A skin: pixel = (offset u + a * scale, offset v - b * scale) for the body coordinates (a, b) of its view.</summary>
internal sealed record SkinPicture(Texture Texture, float OffsetU, float OffsetV, float PixelsPerMetre);
