using Dashiban.Edge.Detection;

namespace Dashiban.Tests.Detection;

public sealed class MotionGateTests
{
    private const int Width = 384;
    private const int Height = 216;
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly MotionGate _gate = new(new MotionOptions());

    [Fact]
    public void The_first_picture_is_looked_at_and_a_still_road_is_not()
    {
        Assert.True(Opens(Road(), 0));
        Assert.All(Enumerable.Range(1, 20), i => Assert.False(Opens(Road(), i / 12.0)));
    }

    [Fact]
    public void Noise_does_not_open_the_gate()
    {
        Opens(Road(noise: new Random(0)), 0);
        Assert.All(Enumerable.Range(1, 20), i => Assert.False(Opens(Road(noise: new Random(i)), i / 12.0)));
    }

    [Fact]
    public void A_vehicle_opens_the_gate_wherever_it_is()
    {
        Opens(Road(), 0);
        Assert.False(Opens(Road(), 0.1));
        Assert.True(Opens(WithVehicle(Road(), 10, 10, 30, 24), 0.2));
        Assert.True(Opens(WithVehicle(Road(), 340, 180, 30, 24), 0.3));
    }

    [Fact]
    public void A_still_scene_is_looked_at_again_now_and_then()
    {
        var looks = Enumerable.Range(0, 121).Count(i => Opens(Road(), i / 12.0)); // ten seconds
        Assert.Equal(6, looks);
    }

    [Fact]
    public void A_vehicle_that_stands_still_is_not_blanked_while_it_is_seen()
    {
        Opens(Road(), 0);
        var standing = WithVehicle(Road(), 100, 100, 60, 48);
        for (var second = 0.5; second < 120; second += 0.1)
        {
            Assert.True(Opens(standing, second), $"after {second:0.0} s");
            _gate.SawVehicle(Noon.AddSeconds(second));
        }
    }

    [Fact]
    public void After_the_last_vehicle_everything_is_looked_at_for_as_long_as_its_track_may_live()
    {
        Opens(Road(), 0);
        _gate.SawVehicle(Noon.AddSeconds(1));
        Assert.True(Opens(Road(), 1.2));
        Assert.True(Opens(Road(), 5));
        Assert.False(Opens(Road(), 5.1));
    }

    [Fact]
    public void Switched_off_it_lets_everything_through()
    {
        var gate = new MotionGate(new MotionOptions { SkipEmptyRoad = false });
        Assert.All(Enumerable.Range(0, 20), i => Assert.True(gate.Opens(Road(), Width, Noon.AddSeconds(i / 12.0))));
    }

    [Theory]
    [InlineData(64, 48)]
    [InlineData(352, 288)]
    [InlineData(2560, 1440)]
    public void Every_picture_size_has_a_thumbnail(int width, int height)
    {
        var luma = new byte[width * height];
        Assert.True(_gate.Opens(luma, width, Noon));
        Assert.False(_gate.Opens(luma, width, Noon));
        luma.AsSpan(luma.Length / 2).Fill(200);
        Assert.True(_gate.Opens(luma, width, Noon));
    }

    [Fact]
    public void A_picture_costs_no_allocation()
    {
        var luma = Road();
        Opens(luma, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1; i < 100; i++)
        {
            Opens(luma, i / 12.0);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private bool Opens(byte[] luma, double second) => _gate.Opens(luma, Width, Noon.AddSeconds(second));

    private static byte[] Road(Random? noise = null)
    {
        var luma = new byte[Width * Height];
        for (var i = 0; i < luma.Length; i++)
        {
            luma[i] = (byte)(90 + (i / Width / 8) + (noise?.Next(-12, 13) ?? 0));
        }

        return luma;
    }

    private static byte[] WithVehicle(byte[] luma, int left, int top, int width, int height)
    {
        for (var y = top; y < top + height; y++)
        {
            luma.AsSpan((y * Width) + left, width).Fill(30);
        }

        return luma;
    }
}
