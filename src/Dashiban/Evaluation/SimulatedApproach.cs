using Dashiban.Vision.Imaging;
using OpenCvSharp;

namespace Dashiban.Evaluation;

/// <summary>
/// A photograph as the frames of a vehicle that drives up: it grows to the size it has in the photograph, moves through the
/// picture, and every frame has a blur, a noise, an exposure and a compression of its own. What differs between the looks of a
/// real passage (angle, light, occlusion) stays the same here, so the figures are a bound, not a forecast.
/// </summary>
internal static class SimulatedApproach
{
    /// <summary>Looks of a passage: at 12 a second and 60 km/h a vehicle is seen over 11 m.</summary>
    public const int Looks = 8;

    /// <summary>The first look shows the vehicle at half its size: from twice as far.</summary>
    private const double FirstScale = 0.5;

    /// <summary>How far the vehicle moves through the picture, as a share of its longer side.</summary>
    private const double Pan = 0.08;

    /// <summary>Blur of a passing vehicle: 60 km/h at 1/250 s is 7 cm, seen at a steep angle a sixth of that; a plate is 44 cm.</summary>
    private const double MostBlurInPlates = 0.03;

    /// <summary>The frames in order, each with where the plate is in it. The caller disposes the photographs.</summary>
    /// <param name="bgr">The photograph.</param>
    /// <param name="plate">The plate in it.</param>
    /// <param name="chance">Source of all that is random.</param>
    public static IEnumerable<(Photograph Frame, Quad Plate)> Of(Mat bgr, Quad plate, Random chance)
    {
        var side = Math.Max(bgr.Width, bgr.Height);
        double fromX = Between(chance, -Pan, Pan) * side, fromY = Between(chance, -Pan, 0) * side;
        for (var look = 0; look < Looks; look++)
        {
            var near = (double)look / (Looks - 1);
            var scale = Math.Pow(FirstScale, 1 - near);
            using var map = Map(plate.Centre, scale, Between(chance, -1, 1), fromX * (1 - near), fromY * (1 - near));
            yield return (Photographed(bgr, map, scale * plate.Width, chance), Moved(plate, map));
        }
    }

    /// <summary>Shrinks and turns about the plate, then shifts.</summary>
    private static Mat Map(PicturePoint centre, double scale, double degrees, double shiftX, double shiftY)
    {
        var map = Cv2.GetRotationMatrix2D(new Point2f(centre.X, centre.Y), degrees, scale);
        map.At<double>(0, 2) += shiftX;
        map.At<double>(1, 2) += shiftY;
        return map;
    }

    private static Photograph Photographed(Mat bgr, Mat map, double plateWidth, Random chance)
    {
        // Averaged before it shrinks, as a sensor does; else thin strokes flicker.
        using var soft = new Mat();
        var shrinkage = Math.Sqrt((map.At<double>(0, 0) * map.At<double>(0, 0)) + (map.At<double>(0, 1) * map.At<double>(0, 1)));
        Cv2.GaussianBlur(bgr, soft, new Size(0, 0), Math.Max(0.1, 0.45 * Math.Sqrt((1 / (shrinkage * shrinkage)) - 1 + 1e-6)));
        using var frame = new Mat();
        Cv2.WarpAffine(soft, frame, map, bgr.Size(), InterpolationFlags.Linear, BorderTypes.Replicate);
        Smear(frame, (int)(Between(chance, 0, MostBlurInPlates) * plateWidth));
        frame.ConvertTo(frame, -1, Between(chance, 0.8, 1.15), Between(chance, -8, 8));
        AddNoise(frame, Between(chance, 1, 5), chance);
        return Photograph.Decode(frame.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, chance.Next(45, 85))));
    }

    /// <summary>Blurs along the way of a vehicle that comes towards the camera: down the picture.</summary>
    private static void Smear(Mat frame, int length)
    {
        if (length > 1)
        {
            Cv2.Blur(frame, frame, new Size(1, length));
        }
    }

    private static void AddNoise(Mat frame, double sigma, Random chance)
    {
        using var noise = new Mat(frame.Size(), MatType.CV_16SC3);
        Cv2.SetTheRNG((ulong)chance.NextInt64());
        Cv2.Randn(noise, Scalar.All(0), Scalar.All(sigma));
        using var sum = new Mat();
        frame.ConvertTo(sum, MatType.CV_16SC3);
        Cv2.Add(sum, noise, sum);
        sum.ConvertTo(frame, MatType.CV_8UC3);
    }

    private static Quad Moved(Quad plate, Mat map)
    {
        PicturePoint To(PicturePoint p) => new(
            (float)((map.At<double>(0, 0) * p.X) + (map.At<double>(0, 1) * p.Y) + map.At<double>(0, 2)),
            (float)((map.At<double>(1, 0) * p.X) + (map.At<double>(1, 1) * p.Y) + map.At<double>(1, 2)));
        return new(To(plate.TopLeft), To(plate.TopRight), To(plate.BottomRight), To(plate.BottomLeft));
    }

    private static double Between(Random chance, double low, double high) => low + (chance.NextDouble() * (high - low));
}
