using System.Buffers.Binary;
using CsCheck;
using Dashiban.Vision.Imaging;
using OpenCvSharp;

namespace Dashiban.Tests.Vision;

public class PhotographTests
{
    private static readonly string[] Kinds = [".jpg", ".png", ".bmp", ".webp"];

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".png")]
    [InlineData(".bmp")]
    [InlineData(".webp")]
    public void A_picture_of_odd_size_keeps_its_size_and_is_padded_for_the_models(string kind)
    {
        using var photograph = Photograph.Decode(Encoded(kind, 33, 21, new Scalar(20, 40, 200)));

        Assert.Equal((33, 21), (photograph.Width, photograph.Height));
        Assert.Equal((34, 22), (photograph.Picture.Width, photograph.Picture.Height));
        Assert.Equal(PictureColour.Bt601Full, photograph.Picture.Colour);
    }

    [Fact]
    public void Colours_survive_the_way_to_planes_and_back()
    {
        using var photograph = Photograph.Decode(Encoded(".png", 40, 20, new Scalar(20, 40, 200)));

        using var bgr = EvidenceJpeg.ToBgr(photograph.Picture);

        var pixel = bgr.At<Vec3b>(10, 20);
        Assert.Equal(20, pixel.Item0, 2.0);
        Assert.Equal(40, pixel.Item1, 2.0);
        Assert.Equal(200, pixel.Item2, 2.0);
    }

    [Fact]
    public void A_header_that_promises_a_giant_is_refused_before_anything_is_decoded()
    {
        var bomb = Encoded(".png", 8, 8, default);
        BinaryPrimitives.WriteUInt32BigEndian(bomb.AsSpan(16), 100_000);
        BinaryPrimitives.WriteUInt32BigEndian(bomb.AsSpan(20), 100_000);

        Assert.Contains("100000 x 100000 pixels are more", Refusal(bomb), StringComparison.Ordinal);
    }

    [Fact]
    public void A_jpeg_header_that_promises_a_giant_is_refused_too()
    {
        var bomb = Encoded(".jpg", 16, 16, default);
        var frame = bomb.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        bomb.AsSpan(frame + 5, 4).Fill(0xFF);

        Assert.Contains("65535 x 65535 pixels are more", Refusal(bomb), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".png")]
    [InlineData(".bmp")]
    [InlineData(".webp")]
    public void A_picture_cut_short_is_refused(string kind)
    {
        var whole = Encoded(kind, 64, 48, default, noisy: true);

        Assert.Contains("cut short", Refusal(whole[..(whole.Length * 2 / 3)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_in_a_file_named_jpg_are_refused() => Assert.Contains("no JPEG", Refusal("this is no picture"u8.ToArray()), StringComparison.Ordinal);

    [Fact]
    public void Nothing_at_all_is_refused() => Assert.Contains("empty", Refusal([]), StringComparison.Ordinal);

    [Fact]
    public void Damaged_pictures_are_refused_or_read_and_nothing_else_happens() =>
        Gen.Select(Gen.Int[0, 3].Select(kind => Kinds[kind]), Gen.Select(Gen.Int[0, 4000], Gen.Byte).Array[1, 40])
            .Sample(
                (kind, damages) =>
                {
                    var file = Encoded(kind, 40, 30, default, noisy: true);
                    foreach (var (at, value) in damages)
                    {
                        file[at % file.Length] = value;
                    }

                    try
                    {
                        Photograph.Decode(file).Dispose();
                    }
                    catch (UnreadablePictureException)
                    {
                        // The other permitted outcome.
                    }
                },
                iter: 300);

    [Fact]
    public void Evidence_keeps_to_its_size()
    {
        using var photograph = Photograph.Decode(Encoded(".jpg", 640, 400, default, noisy: true));
        var plate = Quad.Of(new Box(100, 100, 400, 130));

        var crop = EvidenceJpeg.PlateCrop(photograph.Picture, plate, maxBytes: 8_000);
        var scene = EvidenceJpeg.Scene(photograph.Picture, new Box(50, 50, 500, 300), maxWidthPixels: 320, quality: 80);

        Assert.InRange(crop.Length, 500, 8_000);
        using var decoded = Cv2.ImDecode(scene, ImreadModes.Color);
        Assert.Equal((320, 200), (decoded.Cols, decoded.Rows));
    }

    private static string Refusal(byte[] file) => Assert.Throws<UnreadablePictureException>(() => Photograph.Decode(file)).Message;

    private static byte[] Encoded(string kind, int width, int height, Scalar colour, bool noisy = false)
    {
        using var picture = new Mat(height, width, MatType.CV_8UC3, colour);
        if (noisy)
        {
            new Random(7).NextBytes(picture.AsSpan<byte>());
        }

        Cv2.ImEncode(kind, picture, out var file);
        return file;
    }
}
