using OpenCvSharp;

namespace Dashiban.Vision.Imaging;

/// <summary>Pictures kept as evidence, JPEG.</summary>
public static class EvidenceJpeg
{
    private const float Margin = 0.15f;
    private const int MostPlateWidth = 480;
    private const int LeastPlateWidth = 32;

    /// <summary>
    /// The plate turned upright by its corners, with a margin of 15 %, at the size it has in the picture; smaller or coarser
    /// where <paramref name="maxBytes"/> would not hold it.
    /// </summary>
    /// <param name="maxBytes">1 KiB or more.</param>
    public static byte[] PlateCrop(I420Picture picture, Quad plate, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1024);
        var width = Math.Clamp((int)(plate.Width * (1 + (2 * Margin))), LeastPlateWidth, MostPlateWidth);
        while (true)
        {
            using var crop = Upright(picture, plate, width);
            foreach (var quality in (ReadOnlySpan<int>)[92, 80, 65, 50])
            {
                var jpeg = Encode(crop, quality);
                if (jpeg.Length <= maxBytes)
                {
                    return jpeg;
                }
            }

            width = width * 2 / 3;
        }
    }

    /// <summary>
    /// The whole scene, scaled down to at most <paramref name="maxWidthPixels"/>; a thin outline shows which vehicle is meant
    /// where <paramref name="vehicle"/> is given.
    /// </summary>
    /// <param name="quality">JPEG quality, 1 to 100.</param>
    public static byte[] Scene(I420Picture picture, Box? vehicle, int maxWidthPixels, int quality)
    {
        var width = Math.Min(picture.Width, maxWidthPixels);
        var scale = (float)width / picture.Width;
        using var scene = BgrPicture.Of(picture, width, Math.Max(1, (int)MathF.Round(picture.Height * scale)));
        if (vehicle is { } box)
        {
            var outline = new Rect((int)(box.X * scale), (int)(box.Y * scale), (int)(box.Width * scale), (int)(box.Height * scale));
            Cv2.Rectangle(scene, outline, new Scalar(0, 220, 255), thickness: Math.Max(1, width / 640));
        }

        return Encode(scene, quality);
    }

    /// <summary>The whole picture in blue, green, red for drawing on; the caller disposes it.</summary>
    public static Mat ToBgr(I420Picture picture) => BgrPicture.Of(picture, picture.Width, picture.Height);

    private static Mat Upright(I420Picture picture, Quad plate, int width)
    {
        var height = Math.Clamp((int)(width * plate.Height / MathF.Max(1, plate.Width)), 8, width);
        using var sampler = new PictureSampler();
        using var board = new PlaneBoard(width, height);
        var wide = 1 + (2 * Margin);
        var toPlate = Homography.ScaleShift(wide / width, wide / height, -Margin, -Margin);
        sampler.Warp(picture, board, Homography.UnitSquareTo(plate).After(toPlate), border: null);
        return BgrPicture.Of(board, picture.Colour);
    }

    private static byte[] Encode(Mat picture, int quality)
    {
        Cv2.ImEncode(".jpg", picture, out var jpeg, new ImageEncodingParam(ImwriteFlags.JpegQuality, quality));
        return jpeg;
    }
}
