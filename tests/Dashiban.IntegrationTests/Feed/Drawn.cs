using Dashiban.SyntheticRoad.Plates;
using SkiaSharp;

namespace Dashiban.IntegrationTests.Feed;

/// <summary>Pictures for pages: a plate, and a van on a road that carries it.</summary>
internal static class Drawn
{
    public static byte[] Crop(string plate, int width = 220)
    {
        using var artist = new PlateArtist();
        using var drawn = artist.Draw(new(plate, PlateStyle.Blue));
        using var scaled = drawn.Resize(new SKImageInfo(width, width * drawn.Height / drawn.Width), SKSamplingOptions.Default);
        return Jpeg(scaled, 85);
    }

    public static byte[] Scene(string plate)
    {
        using var picture = new SKBitmap(1280, 720);
        using var canvas = new SKCanvas(picture);
        canvas.Clear(new SKColor(150, 168, 180));
        Polygon(canvas, new(92, 96, 100), (420, 250), (860, 250), (1280, 720), (0, 720));
        Polygon(canvas, new(230, 230, 225), (636, 250), (644, 250), (668, 720), (612, 720));
        Polygon(canvas, new(84, 110, 82), (0, 300), (400, 250), (0, 700));
        Polygon(canvas, new(84, 110, 82), (880, 250), (1280, 300), (1280, 700));
        Round(canvas, new(30, 34, 40), 356, 610, 100, 60);
        Round(canvas, new(30, 34, 40), 684, 610, 100, 60);
        Round(canvas, new(205, 210, 214), 330, 250, 480, 390);
        Round(canvas, new(46, 58, 70), 362, 280, 416, 140);
        Round(canvas, new(248, 244, 220), 348, 470, 80, 46);
        Round(canvas, new(248, 244, 220), 712, 470, 80, 46);
        Round(canvas, new(60, 64, 70), 440, 470, 260, 60);
        using var artist = new PlateArtist();
        using var drawn = artist.Draw(new(plate, PlateStyle.Blue));
        canvas.DrawBitmap(drawn, SKRect.Create(480, 552, 180, 57), new SKSamplingOptions(SKFilterMode.Linear));
        canvas.Flush();
        return Jpeg(picture, 80);
    }

    private static void Polygon(SKCanvas canvas, SKColor colour, params (int X, int Y)[] corners)
    {
        using var outline = new SKPathBuilder();
        outline.AddPoly([.. corners.Select(corner => new SKPoint(corner.X, corner.Y))], close: true);
        using var path = outline.Detach();
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        canvas.DrawPath(path, paint);
    }

    private static void Round(SKCanvas canvas, SKColor colour, int x, int y, int width, int height)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        canvas.DrawRoundRect(SKRect.Create(x, y, width, height), 18, 18, paint);
    }

    private static byte[] Jpeg(SKBitmap picture, int quality)
    {
        using var data = picture.Encode(SKEncodedImageFormat.Jpeg, quality);
        return data.ToArray();
    }
}
