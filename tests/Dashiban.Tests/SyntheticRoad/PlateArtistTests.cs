using Dashiban.SyntheticRoad.Plates;
using SkiaSharp;

namespace Dashiban.Tests.SyntheticRoad;

public sealed class PlateArtistTests : IDisposable
{
    private readonly PlateArtist _artist = new();

    public static TheoryData<string, PlateStyle> OneOfEachStyle => new()
    {
        { "渝F12345", PlateStyle.Blue },
        { "渝B9A0C7", PlateStyle.Yellow },
        { "鄂D8816学", PlateStyle.Yellow },
        { "川A1234挂", PlateStyle.YellowDouble },
        { "渝AD12345", PlateStyle.GreenSmall },
        { "渝F12345D", PlateStyle.YellowGreen },
        { "渝A0123警", PlateStyle.White },
        { "渝X1234应急", PlateStyle.White },
        { "粤Z1234港", PlateStyle.Black },
        { "使123456", PlateStyle.Black },
    };

    [Theory]
    [MemberData(nameof(OneOfEachStyle))]
    public void A_plate_has_ink_in_every_character_box_and_none_between_them(string text, PlateStyle style)
    {
        var face = new PlateFace(text, style);
        var layout = PlateLayout.Of(face);
        using var picture = _artist.Draw(face);

        Assert.Equal((int)(face.WidthMm * PlateArtist.FilmPixelsPerMm), picture.Width);
        Assert.Equal((int)(face.HeightMm * PlateArtist.FilmPixelsPerMm), picture.Height);
        foreach (var box in layout.Boxes)
        {
            Assert.InRange(Contrast(picture, box.X, box.Y, box.Width, box.Height), 45, 255);
        }

        // GA 36 leaves at least 8 mm between characters; the strip right of each box belongs to the sheet alone.
        foreach (var (box, next) in layout.Boxes.Zip(layout.Boxes.Skip(1)).Where(pair => pair.Second.Y == pair.First.Y && pair.Second.X - pair.First.X < 82))
        {
            var gap = next.X - box.X - box.Width;
            if (layout.Dot is { } dot && dot.X > box.X && dot.X < next.X)
            {
                continue;
            }

            Assert.True(gap >= 8);
            Assert.InRange(Contrast(picture, box.X + box.Width + 2, box.Y + 5, gap - 4, box.Height - 10), 0, 30);
        }
    }

    [Fact]
    public void One_row_plates_follow_the_standard_in_millimetres()
    {
        var layout = PlateLayout.Of(new PlateFace("渝F12345", PlateStyle.Blue));

        Assert.Equal([15.5f, 72.5f, 151.5f, 208.5f, 265.5f, 322.5f, 379.5f], layout.Boxes.Select(box => box.X));
        Assert.All(layout.Boxes, box => Assert.Equal((25f, 45f, 90f), (box.Y, box.Width, box.Height)));
        Assert.Equal((134.5f, 70f), layout.Dot);
    }

    [Fact]
    public void A_text_that_does_not_fit_the_style_is_refused() =>
        Assert.Throws<ArgumentException>(() => PlateLayout.Of(new PlateFace("渝F12345", PlateStyle.GreenSmall)));

    [Fact]
    public void A_plate_face_is_masked_in_logs() =>
        Assert.DoesNotContain("2345", new PlateFace("渝F12345", PlateStyle.Blue).ToString(), StringComparison.Ordinal);

    public void Dispose() => _artist.Dispose();

    /// <summary>Largest difference of luminance from the region's row-wise brightest and darkest pixel.</summary>
    private static int Contrast(SKBitmap picture, float x, float y, float width, float height)
    {
        var largest = 0;
        for (var row = (int)(y * PlateArtist.FilmPixelsPerMm); row < (y + height) * PlateArtist.FilmPixelsPerMm; row++)
        {
            int darkest = 255, brightest = 0;
            for (var column = (int)(x * PlateArtist.FilmPixelsPerMm) + 1; column < ((x + width) * PlateArtist.FilmPixelsPerMm) - 1; column++)
            {
                var pixel = picture.GetPixel(column, row);
                var luminance = ((pixel.Red * 3) + (pixel.Green * 6) + pixel.Blue) / 10;
                darkest = Math.Min(darkest, luminance);
                brightest = Math.Max(brightest, luminance);
            }

            largest = Math.Max(largest, brightest - darkest);
        }

        return largest;
    }
}
