using System.Numerics;
using CsCheck;
using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Painting;
using SkiaSharp;

namespace Dashiban.Tests.SyntheticRoad;

/// <summary>Each fast path of painting against a slow one written from the definition.</summary>
public sealed class PaintingTwinsTests
{
    [Fact]
    public void Planes_follow_BT709_in_video_range() =>
        Gen.UInt.Array[16].Sample(pixels =>
        {
            var planes = new byte[Planes.ByteCount(4, 4)];
            Planes.Convert(pixels, 4, 4, new SKRectI(0, 0, 4, 4), planes);
            for (var i = 0; i < 16; i++)
            {
                var (r, g, b) = Parts(pixels[i]);
                Assert.InRange(planes[i], 15.0 + (219 * ((0.2126 * r) + (0.7152 * g) + (0.0722 * b))), 17 + (219 * ((0.2126 * r) + (0.7152 * g) + (0.0722 * b))));
            }

            (double R, double G, double B)[] block = [Parts(pixels[0]), Parts(pixels[1]), Parts(pixels[4]), Parts(pixels[5])];
            var (red, green, blue) = (block.Average(p => p.R), block.Average(p => p.G), block.Average(p => p.B));
            var luma = (0.2126 * red) + (0.7152 * green) + (0.0722 * blue);
            Assert.InRange(planes[16], 126.5 + (224 * (blue - luma) / 1.8556), 129.5 + (224 * (blue - luma) / 1.8556));
            Assert.InRange(planes[20], 126.5 + (224 * (red - luma) / 1.5748), 129.5 + (224 * (red - luma) / 1.5748));
        });

    [Fact]
    public void A_texture_sample_is_the_bilinear_mean() =>
        Gen.Select(Gen.UInt.Array[30], Gen.Float[0, 6], Gen.Float[0, 5]).Sample((pixels, u, v) =>
        {
            var sample = new Texture(pixels, 6, 5).Sample(u, v, 0);
            var (x, y) = (Math.Clamp(u - 0.5f, 0, 5), Math.Clamp(v - 0.5f, 0, 4));
            var (left, top) = (Math.Min((int)x, 4), Math.Min((int)y, 3));
            var naive = Vector4.Lerp(
                Vector4.Lerp(Whole(pixels[(top * 6) + left]), Whole(pixels[(top * 6) + left + 1]), x - left),
                Vector4.Lerp(Whole(pixels[(top * 6) + left + 6]), Whole(pixels[(top * 6) + left + 7]), x - left),
                y - top);

            // Whole-number weights of 1/256 and two roundings.
            Assert.InRange(Vector4.Abs(sample - naive).Length(), 0, 4 / 128f);
        });

    [Fact]
    public void Noise_is_saturating_and_the_same_for_the_same_picture()
    {
        var noise = new SensorNoise(7, 3);
        var (first, again, other) = (Grey(), Grey(), Grey());
        noise.Add(first, 11);
        noise.Add(again, 11);
        noise.Add(other, 12);

        Assert.True(first.AsSpan().SequenceEqual(again));
        Assert.False(first.AsSpan().SequenceEqual(other));
        var middle = first.Where((_, i) => i % 3 == 1).Select(value => value - 128.0).ToArray();
        Assert.InRange(Math.Sqrt(middle.Average(value => value * value)), 2.6, 3.4);
        Assert.All(first.Where((_, i) => i % 3 == 0), value => Assert.InRange(value, 0, 12));
        Assert.All(first.Where((_, i) => i % 3 == 2), value => Assert.InRange(value, 243, 255));

        static byte[] Grey() => [.. Enumerable.Range(0, 3001).Select(i => (byte)(i % 3 == 0 ? 0 : i % 3 == 1 ? 128 : 255))];
    }

    [Fact]
    public void The_plane_matrix_and_the_projection_agree() =>
        Gen.Select(Gen.Float[-5, 5], Gen.Float[14, 60], Gen.Float[0, 3]).Sample((x, y, z) =>
        {
            var camera = new RoadCamera(CountyScenes.XinliIn, 1920, 1080);
            var direct = camera.Project(new Vector3(x, y, z));
            var plane = camera.PlaneToPicture(new Vector3(0, 0, z), Vector3.UnitX, Vector3.UnitY).MapPoint(x, y);

            Assert.InRange(Vector2.Distance(new Vector2(direct.X, direct.Y), new Vector2(plane.X, plane.Y)), 0, 0.05f);
        });

    [Fact]
    public void A_shadows_outline_has_every_point_on_its_left() =>
        Gen.Select(Gen.Float[-5, 5], Gen.Float[-5, 5]).List[3, 40].Where(points => points.Distinct().Count() > 2).Sample(points =>
        {
            var all = points.ConvertAll(point => new Vector2(point.Item1, point.Item2));
            var hull = SunShadow.Hull([.. all]);
            for (var i = 0; i < hull.Count; i++)
            {
                var (from, to) = (hull[i], hull[(i + 1) % hull.Count]);
                Assert.All(all, point => Assert.True(((to.X - from.X) * (point.Y - from.Y)) - ((to.Y - from.Y) * (point.X - from.X)) > -1e-3f));
            }
        });

    private static (double R, double G, double B) Parts(uint pixel) => ((pixel & 255) / 255.0, ((pixel >> 8) & 255) / 255.0, ((pixel >> 16) & 255) / 255.0);

    private static Vector4 Whole(uint pixel) => new Vector4(pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255, pixel >> 24) / 255;
}
