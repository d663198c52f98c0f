using Dashiban.Evaluation;
using Dashiban.Vision.Imaging;
using OpenCvSharp;

namespace Dashiban.Tests.Evaluation;

public class SimulatedApproachTests
{
    private static readonly Quad Plate = Quad.Of(new Box(360, 300, 110, 35));

    [Fact]
    public void The_plate_is_where_the_simulation_says()
    {
        using var road = Road();

        foreach (var (frame, plate) in SimulatedApproach.Of(road, Plate, new Random(7)))
        {
            using (frame)
            {
                Assert.True(Luma(frame, plate.Centre.X, plate.Centre.Y) > 130);
                Assert.True(Luma(frame, plate.Centre.X, plate.TopLeft.Y - plate.Height) < 90);
                Assert.True(Luma(frame, plate.TopLeft.X - (plate.Width * 0.2f), plate.Centre.Y) < 90);
            }
        }
    }

    [Fact]
    public void The_vehicle_grows_to_the_size_of_the_photograph()
    {
        using var road = Road();
        var widths = new List<float>();
        foreach (var (frame, plate) in SimulatedApproach.Of(road, Plate, new Random(7)))
        {
            frame.Dispose();
            widths.Add(plate.Width);
        }

        Assert.Equal(SimulatedApproach.Looks, widths.Count);
        Assert.Equal(widths.Order(), widths);
        Assert.Equal(55, widths[0], 1f);
        Assert.Equal(110, widths[^1], 1f);
    }

    [Fact]
    public void A_passage_with_one_wrong_text_is_not_exact()
    {
        var row = new LabelRow("粤B12345", "blue", "single", Plate, "car_le6");

        var figures = PassageFigures.Of(
        [
            new(row, ["粤B12345"], 8, 8),
            new(row, ["粤B12345", "粤B12346"], 8, 6),
            new(row, [], 4, 2),
        ]);

        Assert.Equal((2, 1, 1), (figures.Published.Count, figures.Exact.Count, figures.PublishedWrong.Count));
        Assert.Equal((16, 24), (figures.ExactLooks.Count, figures.ExactLooks.Of));
    }

    private static Mat Road()
    {
        var road = new Mat(480, 640, MatType.CV_8UC3, Scalar.All(60));
        road.Rectangle(new Rect(360, 300, 110, 35), Scalar.All(210), thickness: -1);
        return road;
    }

    private static byte Luma(Photograph frame, float x, float y) => frame.Picture.Planes.At<byte>((int)y, (int)x);
}
