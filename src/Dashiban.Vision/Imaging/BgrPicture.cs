using OpenCvSharp;

namespace Dashiban.Vision.Imaging;

/// <summary>Colour pictures for people: evidence and annotations. Models never see one.</summary>
internal static class BgrPicture
{
    /// <summary>The board in blue, green, red; the caller disposes it.</summary>
    public static Mat Of(PlaneBoard board, PictureColour colour)
    {
        var bgr = new Mat(board.Height, board.Width, MatType.CV_8UC3);
        Convert(board.Samples(0), board.Samples(1), board.Samples(2), ColourMatrix.Of(colour), bgr);
        return bgr;
    }

    /// <summary>The whole picture scaled to this size; the caller disposes it.</summary>
    public static Mat Of(I420Picture picture, int width, int height)
    {
        using var sampler = new PictureSampler();
        using var board = new PlaneBoard(width, height);
        sampler.Resize(picture, board);
        return Of(board, picture.Colour);
    }

    private static unsafe void Convert(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> u, ReadOnlySpan<byte> v, ColourMatrix colour, Mat bgr)
    {
        var pixels = new Span<byte>(bgr.DataPointer, luma.Length * 3);
        for (int i = 0, at = 0; i < luma.Length; i++, at += 3)
        {
            var y = (luma[i] - colour.LumaOffset) * colour.LumaScale;
            float uu = u[i] - 128, vv = v[i] - 128;
            pixels[at] = Level(y + (colour.BlueU * uu));
            pixels[at + 1] = Level(y - (colour.GreenU * uu) - (colour.GreenV * vv));
            pixels[at + 2] = Level(y + (colour.RedV * vv));
        }
    }

    private static byte Level(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}
