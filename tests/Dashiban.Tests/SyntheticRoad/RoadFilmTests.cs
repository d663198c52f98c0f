using Dashiban.SyntheticRoad;
using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Plates;
using Dashiban.SyntheticRoad.Script;
using Dashiban.SyntheticRoad.Vehicles;

namespace Dashiban.Tests.SyntheticRoad;

public sealed class RoadFilmTests
{
    private static readonly RoadRenderOptions Small = new() { Width = 960, Height = 540, Duration = TimeSpan.FromSeconds(4), TruthEveryFrames = 1 };

    private static readonly RoadPassage BlackSedan = new()
    {
        At = TimeSpan.FromSeconds(2),
        Vehicle = VehicleKind.Sedan,
        Paint = VehiclePaint.Black,
        Plate = new PlateFace("渝F12345", PlateStyle.Blue),
    };

    [Fact]
    public void The_same_seed_gives_the_same_pixels_whatever_was_painted_before()
    {
        using var first = new RoadFilm(CountyScenes.XinliIn, [BlackSedan], Small);
        using var second = new RoadFilm(CountyScenes.XinliIn, [BlackSedan], Small);

        var straight = Paint(first, 50);
        Paint(second, 42);
        Paint(second, 0);
        var detour = Paint(second, 50);

        Assert.True(straight.AsSpan().SequenceEqual(detour));
    }

    [Fact]
    public void Another_seed_gives_another_picture()
    {
        using var one = new RoadFilm(CountyScenes.XinliIn, [], Small);
        using var other = new RoadFilm(CountyScenes.XinliIn, [], Small with { Seed = 2 });

        Assert.False(Paint(one, 0).AsSpan().SequenceEqual(Paint(other, 0)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_truth_says_where_the_plate_is(bool isApproaching)
    {
        using var film = new RoadFilm(CountyScenes.XinliIn, [BlackSedan with { IsApproaching = isApproaching }], Small);
        var look = film.Truth.Passages.Single().Looks.Single(look => look.Frame == 50);

        var blue = BlueArea(Paint(film, 50), Small.Width, Small.Height);

        // Chroma is at half resolution and the lens spreads it by a pixel or two.
        Assert.InRange(blue.Left, look.PlateCorners[0] - 3, look.PlateCorners[0] + 5);
        Assert.InRange(blue.Top, look.PlateCorners[1] - 3, look.PlateCorners[1] + 5);
        Assert.InRange(blue.Right, look.PlateCorners[4] - 5, look.PlateCorners[4] + 3);
        Assert.InRange(blue.Bottom, look.PlateCorners[5] - 5, look.PlateCorners[5] + 3);
    }

    [Fact]
    public void A_plate_is_wide_enough_to_read_between_reading_line_and_picture_edge()
    {
        foreach (var scene in CountyScenes.All)
        {
            using var film = new RoadFilm(scene, [BlackSedan], Small with { Width = 320, Height = 180 });
            var passage = film.Truth.Passages.Single();

            // A sixth of the usual picture: plates of 110 to 200 pixels there.
            Assert.InRange(passage.Looks.Max(look => look.PlateWidth) * 6, 110, 200);
            Assert.InRange(passage.LeavingSecond - passage.EnteringSecond, 1.2, 4);
        }
    }

    [Fact]
    public void A_coach_that_drives_away_shows_the_two_row_plate()
    {
        var coach = BlackSedan with { Vehicle = VehicleKind.Coach, Plate = new PlateFace("渝F61A90", PlateStyle.Yellow), IsApproaching = false };
        using var film = new RoadFilm(CountyScenes.DashiTown, [coach], Small);

        Assert.Equal(("yellow", "double", "coach_ge20", 45), film.Truth.Passages.Select(p => (p.Colour, p.Layout, p.SeatClass, p.Seats)).Single());
    }

    [Fact]
    public void All_errors_of_a_script_are_named_at_once()
    {
        var error = Assert.Throws<ArgumentException>(() => new RoadFilm(
            CountyScenes.XinliIn,
            [BlackSedan with { Lane = 3 }, BlackSedan, BlackSedan with { At = TimeSpan.FromSeconds(2.1) }],
            Small with { Width = 961 }));

        Assert.Contains("lane 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("leave more time", error.Message, StringComparison.Ordinal);
        Assert.Contains("even picture size", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Paint(RoadFilm film, int frame)
    {
        var picture = new byte[film.FrameBytes];
        film.Paint(frame, picture);
        return picture;
    }

    /// <summary>Bounds of what is as blue as a plate, in pixels.</summary>
    private static (int Left, int Top, int Right, int Bottom) BlueArea(byte[] i420, int width, int height)
    {
        var blue = i420.AsSpan(width * height, width * height / 4);
        var (left, top, right, bottom) = (width, height, 0, 0);
        for (var i = 0; i < blue.Length; i++)
        {
            if (blue[i] > 158)
            {
                var (x, y) = (i % (width / 2) * 2, i / (width / 2) * 2);
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 2), Math.Max(bottom, y + 2));
            }
        }

        return (left, top, right, bottom);
    }
}
