using CsCheck;
using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Models;
using Dashiban.Vision.Reading;
using OpenCvSharp;

namespace Dashiban.Tests.Vision;

public class FastPathTests
{
    private const string Alphabet = "_皖浙AB0123";

    private static readonly Gen<PicturePoint> SomePoint = Gen.Select(Gen.Float[0, 100], Gen.Float[0, 100], (x, y) => new PicturePoint(x, y));

    [Fact]
    public void Filling_a_tensor_equals_the_textbook_pixel_by_pixel() =>
        Gen.Select(Gen.Byte.Array[1, 70], Gen.Int, Gen.Enum<PictureColour>(), Gen.Enum<ChannelOrder>(), Gen.Float[-100, 200].Array[3], Gen.Float[0.5f, 300].Array[3])
            .Sample((luma, seed, colour, channels, mean, std) =>
            {
                var random = new Random(seed);
                byte[] u = new byte[luma.Length], v = new byte[luma.Length];
                random.NextBytes(u);
                random.NextBytes(v);
                var tensor = new float[luma.Length * 3];
                var input = new ModelInput("x", channels, ResizeKind.Stretch, mean, std);

                TensorFill.Fill(luma, u, v, ColourMatrix.Of(colour), Normalisation.Of(input), tensor);

                for (var i = 0; i < luma.Length; i++)
                {
                    var (r, g, b) = SlowTwins.Rgb(colour, luma[i], u[i], v[i]);
                    double[] levels = channels == ChannelOrder.Rgb ? [r, g, b] : [b, g, r];
                    for (var channel = 0; channel < 3; channel++)
                    {
                        Assert.Equal((levels[channel] - mean[channel]) / std[channel], tensor[(channel * luma.Length) + i], (std[channel] < 1 ? 4e-3 : 2e-3));
                    }
                }
            });

    [Fact]
    public void The_padding_is_the_same_grey_in_every_colour_encoding()
    {
        foreach (var colour in Enum.GetValues<PictureColour>())
        {
            var (r, g, b) = SlowTwins.Rgb(colour, ColourMatrix.Of(colour).Luma(114), 128, 128);
            Assert.InRange(r, 113.4, 114.6);
            Assert.Equal(r, g, 1e-6);
            Assert.Equal(r, b, 1e-6);
        }
    }

    [Fact]
    public void Suppression_keeps_what_the_naive_one_keeps() =>
        Gen.Select(Gen.Float[0, 50], Gen.Float[0, 50], Gen.Float[1, 40], Gen.Float[1, 40], Gen.Int[0, 20]).Array[0, 60]
            // Scores repeat on purpose: ties must fall the same way.
            .Select(rows => rows.Select((row, number) => new ScoredBox(number, new Box(row.Item1, row.Item2, row.Item3, row.Item4), row.Item5 / 20f)).ToArray())
            .Select(Gen.Float[0.1f, 0.9f], Gen.Float[0.3f, 1])
            .Where((boxes, overlap, inside) => !SlowTwins.IsRoundingsChoice(boxes, overlap, inside))
            .Sample((boxes, overlap, inside) =>
            {
                var expected = SlowTwins.Suppress(boxes, overlap, inside);

                var kept = NonMaxSuppression.Suppress(boxes, overlap, inside);

                Assert.Equal(expected, boxes[..kept]);
            });

    [Fact]
    public void Slots_and_path_decode_as_the_naive_ones_do() =>
        Gen.Select(Probabilities(8), Probabilities(30)).Sample((slots, steps) =>
        {
            var decoder = new SlotDecoder(Outputs());
            var into = new CharacterReading[8];

            var text = into.AsSpan(0, decoder.Decode([.. slots.SelectMany(slot => slot)], into, out var weakest));

            var spelled = string.Concat(text.ToArray().Select(character => character.Character));
            Assert.Equal(SlowTwins.Slots(slots, Alphabet, '_'), spelled);
            Assert.Equal(slots.Min(slot => slot.Max()), weakest);
            Assert.Equal(SlowTwins.Path(steps, Alphabet, '_') == spelled, decoder.PathSpells([.. steps.SelectMany(step => step)], text));
        });

    [Fact]
    public void The_path_of_a_text_spells_it_and_no_other() =>
        Gen.Char[Alphabet[1..]].Array[1, 8].Select(Gen.Int[0, 7], Gen.Char[Alphabet[1..]]).Sample((text, place, other) =>
        {
            var decoder = new SlotDecoder(Outputs());
            var path = text.SelectMany(character => (char[])[character, character, '_']).SelectMany(OneHot).ToArray();
            var characters = text.Select(character => new CharacterReading(character, 1)).ToArray();

            Assert.True(decoder.PathSpells(path, characters));
            var changed = characters.ToArray();
            changed[place % text.Length] = new CharacterReading(other, 1);
            Assert.Equal(other == text[place % text.Length], decoder.PathSpells(path, changed));
        });

    [Fact]
    public void A_blank_slot_that_is_not_sure_lowers_the_weakest_confidence()
    {
        var decoder = new SlotDecoder(Outputs());
        float[] slots = [.. "浙A".SelectMany(OneHot), .. Enumerable.Repeat(0.3f, 1), .. Enumerable.Repeat(0.7f / 8, 8)];

        decoder.Decode(slots, new CharacterReading[3], out var weakest);

        Assert.Equal(0.3f, weakest);
    }

    [Fact]
    public void Overlap_of_quads_equals_the_imaging_library_s() =>
        Gen.Select(SomeConvexQuad(), SomeConvexQuad()).Sample((a, b) =>
        {
            var expected = OverlapByOpenCv(a, b);
            Assert.Equal(expected, a.IntersectionOverUnion(b), 2e-3);
            Assert.Equal(expected, b.IntersectionOverUnion(a), 2e-3);
        });

    [Fact]
    public void The_map_of_the_unit_square_equals_the_imaging_library_s() =>
        Gen.Select(SomeConvexQuad(), Gen.Double[0, 1], Gen.Double[0, 1]).Sample((quad, x, y) =>
        {
            Point2f[] unit = [new(0, 0), new(1, 0), new(1, 1), new(0, 1)];
            using var matrix = Cv2.GetPerspectiveTransform(unit, Points(quad));
            double M(int row, int column) => matrix.At<double>(row, column);
            var w = (M(2, 0) * x) + (M(2, 1) * y) + M(2, 2);

            var mapped = Homography.UnitSquareTo(quad).Map(x, y);

            Assert.Equal(((M(0, 0) * x) + (M(0, 1) * y) + M(0, 2)) / w, mapped.X, 0.02);
            Assert.Equal(((M(1, 0) * x) + (M(1, 1) * y) + M(1, 2)) / w, mapped.Y, 0.02);
        });

    [Fact]
    public void A_letterbox_leads_every_point_back_to_where_it_came_from() =>
        Gen.Select(Gen.Int[2, 4000], Gen.Int[2, 4000], Gen.Int[16, 1024], Gen.Int[16, 1024]).Sample((width, height, inputWidth, inputHeight) =>
        {
            var box = Letterbox.Fit(width, height, inputWidth, inputHeight);

            Assert.True(box.X >= 0 && box.Y >= 0 && box.X + box.Width <= inputWidth && box.Y + box.Height <= inputHeight);
            var (topLeft, bottomRight) = (box.ToPicture(box.X, box.Y), box.ToPicture(box.X + box.Width, box.Y + box.Height));
            Assert.Equal(0, topLeft.X, 0.01);
            Assert.Equal(0, topLeft.Y, 0.01);
            Assert.Equal(width, bottomRight.X, 0.02 + (width * 1e-5));
            Assert.Equal(height, bottomRight.Y, 0.02 + (height * 1e-5));
            Assert.True(box.Width == inputWidth || box.Height == inputHeight, "the picture touches two sides of the input");
        });

    [Fact]
    public unsafe void Warping_a_plane_equals_sampling_by_the_definition() =>
        Gen.Select(SomeConvexQuad(), Gen.Int).Sample(
            (quad, seed) =>
            {
                const int Size = 100;
                using var planes = SmoothPicture(Size, Size, seed);
                using var sampler = new PictureSampler();
                using var board = new PlaneBoard(40, 24);
                var toPicture = Homography.UnitSquareTo(quad).After(Homography.ScaleShift(1.0 / board.Width, 1.0 / board.Height, 0, 0));

                sampler.Warp(new I420Picture(planes, Size, Size), board, toPicture, border: null);

                var luma = new Span<byte>(planes.DataPointer, Size * Size).ToArray();
                for (var y = 0; y < board.Height; y++)
                {
                    for (var x = 0; x < board.Width; x++)
                    {
                        var from = toPicture.Map(x + 0.5, y + 0.5);
                        Assert.Equal(SlowTwins.Bilinear(luma, Size, Size, from.X, from.Y), board.Samples(0)[(y * board.Width) + x], 4.5);
                    }
                }
            },
            iter: 50);

    [Fact]
    public unsafe void Cutting_a_part_equals_averaging_by_the_definition() =>
        Gen.Select(Gen.Float[-150, 120], Gen.Float[-150, 120], Gen.Float[45, 200], Gen.Float[45, 200], Gen.Byte.Nullable(), Gen.Int).Sample(
            (x, y, width, height, outside, seed) =>
            {
                const int Wide = 70, High = 50;
                using var planes = new Mat(High * 3 / 2, Wide, MatType.CV_8UC1);
                new Random(seed).NextBytes(new Span<byte>(planes.DataPointer, Wide * High * 3 / 2));
                using var sampler = new PictureSampler();
                using var board = new PlaneBoard(12, 10);
                var picture = new I420Picture(planes, Wide, High);

                sampler.Cut(picture, board, new Box(x, y, width, height), outside);

                for (var plane = 0; plane < 3; plane++)
                {
                    var scale = plane == 0 ? 1 : 0.5;
                    var samples = picture.Samples(plane, out var planeWidth, out var planeHeight).ToArray();
                    var beyond = plane == 0 || outside is null ? outside : (byte)128;
                    double across = width * scale / board.Width, down = height * scale / board.Height;
                    for (var i = 0; i < board.Width * board.Height; i++)
                    {
                        double left = (x * scale) + (i % board.Width * across), top = (y * scale) + (i / board.Width * down);
                        var expected = SlowTwins.Average(samples, planeWidth, planeHeight, left, top, left + across, top + down, beyond);
                        Assert.Equal(expected, board.Samples(plane)[i], 0.52);
                    }
                }
            },
            iter: 200);

    [Theory]
    [InlineData(0, 0, 70, 50)]
    [InlineData(40, 20, 30, 30)]
    [InlineData(-500, -500, 100, 100)]
    [InlineData(500, 10, 100, 100)]
    [InlineData(-20, -20, 20, 20)]
    public void A_part_at_or_beyond_the_edge_is_cut_like_any_other(float x, float y, float width, float height)
    {
        using var planes = new Mat(75, 70, MatType.CV_8UC1, Scalar.All(90));
        using var sampler = new PictureSampler();
        using var board = new PlaneBoard(6, 6);

        sampler.Cut(new I420Picture(planes, 70, 50), board, new Box(x, y, width, height), border: null);

        Assert.All(board.Samples(0).ToArray(), sample => Assert.Equal(90, sample));
    }

    private static Gen<float[][]> Probabilities(int places) => Gen.Float[0, 1].Array[Alphabet.Length].Array[places];

    private static IEnumerable<float> OneHot(char character) => Alphabet.Select(letter => letter == character ? 1f : 0);

    private static TextOutputs Outputs() =>
        new("slots", "steps", "colour", ["blue"], Alphabet, '_', 0.8f, false, new PlateCropRecipe(0, 0));

    /// <summary>A turned, sheared rectangle with slightly moved corners: convex, and never thin as a line.</summary>
    private static Gen<Quad> SomeConvexQuad() =>
        Gen.Select(SomePoint, Gen.Float[20, 60], Gen.Float[10, 30], Gen.Float[0, MathF.Tau], Gen.Float[-0.12f, 0.12f].Array[8], (at, width, height, turn, moves) =>
        {
            PicturePoint Corner(float x, float y, int move)
            {
                float dx = ((x + moves[move]) * width) - (width / 2), dy = ((y + moves[move + 1]) * height) - (height / 2);
                return new(at.X + (dx * MathF.Cos(turn)) - (dy * MathF.Sin(turn)), at.Y + (dx * MathF.Sin(turn)) + (dy * MathF.Cos(turn)));
            }

            return new Quad(Corner(0, 0, 0), Corner(1, 0, 2), Corner(1, 1, 4), Corner(0, 1, 6));
        });

    private static double OverlapByOpenCv(Quad a, Quad b)
    {
        var shared = Cv2.IntersectConvexConvex(Points(a), Points(b), out _);
        return shared / (Cv2.ContourArea(Points(a)) + Cv2.ContourArea(Points(b)) - shared);
    }

    private static Point2f[] Points(Quad quad) =>
        [new(quad.TopLeft.X, quad.TopLeft.Y), new(quad.TopRight.X, quad.TopRight.Y), new(quad.BottomRight.X, quad.BottomRight.Y), new(quad.BottomLeft.X, quad.BottomLeft.Y)];

    /// <summary>Waves of random direction: smooth, so that the library's 1/32 pixel steps cannot show as large differences.</summary>
    private static unsafe Mat SmoothPicture(int width, int height, int seed)
    {
        var random = new Random(seed);
        double kx = random.NextDouble() * 0.2, ky = random.NextDouble() * 0.2;
        var planes = new Mat(height * 3 / 2, width, MatType.CV_8UC1, Scalar.All(128));
        var luma = new Span<byte>(planes.DataPointer, width * height);
        for (var i = 0; i < luma.Length; i++)
        {
            luma[i] = (byte)(128 + (100 * Math.Sin((i % width * kx) + (i / width * ky))));
        }

        return planes;
    }
}
