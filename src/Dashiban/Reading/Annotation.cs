using Dashiban.Vision.Imaging;
using OpenCvSharp;

namespace Dashiban.Reading;

/// <summary>Pictures with what was found drawn in: vehicles grey, accepted plates green, others red, the text beside each.</summary>
internal static class Annotation
{
    private static readonly Scalar Green = new(60, 200, 60);
    private static readonly Scalar Red = new(50, 50, 230);
    private static readonly Scalar Grey = new(200, 200, 200);

    /// <summary>Writes the annotated picture as JPEG into the folder, under the picture's name and a short hash of its path.</summary>
    public static void Write(string folder, I420Picture picture, PictureReport report)
    {
        using var canvas = EvidenceJpeg.ToBgr(picture);
        var thickness = Math.Max(1, picture.Width / 800);
        foreach (var vehicle in report.Vehicles)
        {
            var box = vehicle.Box;
            Cv2.Rectangle(canvas, new Rect((int)box[0], (int)box[1], (int)box[2], (int)box[3]), Grey, thickness);
            Label(canvas, new Point((int)box[0], (int)box[1] + 16), $"{vehicle.SeatClass} {vehicle.Confidence:F2}", Grey, thickness);
        }

        foreach (var plate in report.Plates)
        {
            var corners = plate.Corners.Select(corner => new Point((int)corner[0], (int)corner[1])).ToArray();
            var colour = plate.Accepted ? Green : Red;
            Cv2.Polylines(canvas, [corners], isClosed: true, colour, thickness);
            Label(canvas, new Point(corners[0].X, corners[0].Y - 4), $"{Latin(plate.Text)} {plate.Confidence:F2}", colour, thickness);
        }

        Cv2.ImEncode(".jpg", canvas, out var jpeg, new ImageEncodingParam(ImwriteFlags.JpegQuality, 88));
        File.WriteAllBytes(Path.Combine(folder, FileName(report.Path)), jpeg);
    }

    private static void Label(Mat canvas, Point at, string text, Scalar colour, int thickness) =>
        Cv2.PutText(canvas, text, at, HersheyFonts.HersheySimplex, 0.5 * thickness, colour, thickness, LineTypes.AntiAlias);

    /// <summary>OpenCV's strokes know no Chinese: a province is left out and stands in the report.</summary>
    private static string Latin(string text) => string.Concat(text.Where(char.IsAscii));

    /// <summary>Two pictures of the same name in different folders must not overwrite each other.</summary>
    private static string FileName(string path)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(path));
        return $"{Path.GetFileName(path).Replace('#', '-')}-{Convert.ToHexStringLower(hash.AsSpan(0, 4))}.jpg";
    }
}
