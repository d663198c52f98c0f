using OpenCvSharp;

namespace Dashiban.Vision.Imaging;

/// <summary>
/// A decoded picture file in the form of a camera's frame, so that photographs take the live path. Owns its memory until disposed.
/// </summary>
public sealed class Photograph : IDisposable
{
    /// <summary>Largest picture that is decoded, pixels: a 100-megapixel camera; 300 MB while it is converted.</summary>
    public const long MostPixels = 100_000_000;

    private readonly Mat _planes;

    private Photograph(Mat planes, int width, int height)
    {
        _planes = planes;
        (Width, Height) = (width, height);
    }

    /// <summary>Width as decoded and turned upright, pixels; odd sizes are kept here.</summary>
    public int Width { get; }

    /// <summary>Height as decoded and turned upright, pixels; odd sizes are kept here.</summary>
    public int Height { get; }

    /// <summary>The picture for the models; an odd width or height is made even by repeating the last column or row.</summary>
    public I420Picture Picture => new(_planes, _planes.Cols, _planes.Rows * 2 / 3, PictureColour.Bt601Full);

    /// <summary>Decodes a JPEG, PNG, BMP or WebP file. Its size is judged by its header, before anything is decoded.</summary>
    /// <exception cref="UnreadablePictureException">It is none of these, damaged, cut short, or too large.</exception>
    public static Photograph Decode(ReadOnlySpan<byte> file)
    {
        CheckHeader(file);
        using var bgr = DecodeBgr(file);
        return bgr.Empty() ? throw new UnreadablePictureException("the picture data is damaged") : FromBgr(bgr);
    }

    /// <summary>Converts a picture of 8-bit blue, green, red.</summary>
    internal static Photograph FromBgr(Mat bgr)
    {
        using var even = new Mat();
        Cv2.CopyMakeBorder(bgr, even, 0, bgr.Rows % 2, 0, bgr.Cols % 2, BorderTypes.Replicate);
        using var ycrcb = new Mat();
        Cv2.CvtColor(even, ycrcb, ColorConversionCodes.BGR2YCrCb);
        var planes = new Mat(even.Rows * 3 / 2, even.Cols, MatType.CV_8UC1);
        var chroma = planes.Data + (even.Rows * even.Cols);
        CopyPlane(ycrcb, 0, Mat.FromPixelData(even.Rows, even.Cols, MatType.CV_8UC1, planes.Data));
        CopyPlane(ycrcb, 2, Mat.FromPixelData(even.Rows / 2, even.Cols / 2, MatType.CV_8UC1, chroma));
        CopyPlane(ycrcb, 1, Mat.FromPixelData(even.Rows / 2, even.Cols / 2, MatType.CV_8UC1, chroma + (even.Rows * even.Cols / 4)));
        return new Photograph(planes, bgr.Cols, bgr.Rows);
    }

    public void Dispose() => _planes.Dispose();

    private static void CopyPlane(Mat ycrcb, int channel, Mat target)
    {
        using (target)
        {
            using var plane = ycrcb.ExtractChannel(channel);
            Cv2.Resize(plane, target, target.Size(), 0, 0, InterpolationFlags.Area);
        }
    }

    private static void CheckHeader(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
        {
            throw new UnreadablePictureException("the file is empty");
        }

        if (PictureHeader.Read(file) is not { } header)
        {
            throw new UnreadablePictureException("this is no JPEG, PNG, BMP or WebP picture");
        }

        if (header.Width < 1 || header.Height < 1)
        {
            throw new UnreadablePictureException($"the header says {header.Width} x {header.Height} pixels");
        }

        if (header.Width * header.Height > MostPixels)
        {
            throw new UnreadablePictureException($"{header.Width} x {header.Height} pixels are more than the {MostPixels / 1_000_000} million that are decoded");
        }

        if (!header.IsComplete)
        {
            throw new UnreadablePictureException($"the {header.Kind} file is cut short");
        }
    }

    private static Mat DecodeBgr(ReadOnlySpan<byte> file)
    {
        try
        {
            return Cv2.ImDecode(file, ImreadModes.Color);
        }
        catch (OpenCVException problem)
        {
            throw new UnreadablePictureException($"the picture data is damaged ({problem.Message})");
        }
    }
}
