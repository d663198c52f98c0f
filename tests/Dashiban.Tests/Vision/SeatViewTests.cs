using CsCheck;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Models;
using Dashiban.Vision.Reading;

namespace Dashiban.Tests.Vision;

public class SeatViewTests
{
    private static readonly ClassScores Ruler = new("prob", ["car_le6"], 0.6f, View: new RulerView(5.6f, 4.6f, 1f));

    [Fact]
    public void The_plate_is_the_ruler_and_the_vehicle_s_box_does_not_matter() =>
        Gen.Select(Gen.Float[-200, 900], Gen.Float[-200, 500], Gen.Float[10, 300], Gen.Float[1, 900]).Sample((x, y, width, other) =>
        {
            var plate = Quad.Of(new Box(x, y, width, width * 140 / 440));

            var seen = SeatView.Of(Ruler, new Box(other, other, other, other), plate);

            Assert.Equal(5.6f * width, seen.Width, 0.01f);
            Assert.Equal(5.6f * width, seen.Height, 0.01f);
            Assert.Equal(plate.Centre.X, seen.Centre.X, 0.05f);
            Assert.Equal(plate.Centre.Y - (4.6f * width), seen.Y, 0.05f);
        });

    [Fact]
    public void Without_a_plate_the_vehicle_s_width_stands_in_for_four_of_them()
    {
        var seen = SeatView.Of(Ruler, new Box(100, 50, 400, 300), plate: null);

        Assert.Equal(new Box(20, 290 - 460, 560, 560), seen);
    }

    [Fact]
    public void A_model_without_a_view_sees_the_vehicle_and_its_margin()
    {
        var seen = SeatView.Of(Ruler with { View = null, Margin = 0.1f }, new Box(100, 50, 400, 300), Quad.Of(new Box(1, 2, 3, 4)));

        Assert.Equal(new Box(60, 20, 480, 360), seen);
    }
}
