using OpenCvSharp;
using OpenCvSharp.Internal;

namespace Dashiban.Vision.Imaging;

/// <summary>
/// Brings parts of pictures to boards, plane by plane: only what a model looks at is ever scaled, and colour is converted after
/// scaling. Chroma samples are taken to lie in the centre of their four pixels, as in JPEG; H.264's usual place is half a pixel to
/// the left, which no model here can tell. Not safe for several threads; keeps scratch memory.
/// </summary>
internal sealed class PictureSampler : IDisposable
{
    /// <summary>Bilinear sampling skips pixels beyond about this shrinkage, so more samples are taken and averaged.</summary>
    private const double FreeShrinkage = 1.7;

    private const int MostSamplesAcross = 8;

    private readonly PlaneViews _views = new();
    private readonly AreaCut _areaCut = new();
    private readonly Mat _matrix = new(3, 3, MatType.CV_64FC1);
    private readonly InputArray _matrixArray;
    private readonly Dictionary<(int Width, int Height), Scratch> _scratch = [];

    public PictureSampler() => _matrixArray = InputArray.Create(_matrix);

    /// <summary>Scales the whole picture to the board by area averages, or bilinearly where it grows.</summary>
    public void Resize(I420Picture picture, PlaneBoard board)
    {
        var planes = _views.Of(picture);
        for (var plane = 0; plane < 3; plane++)
        {
            var shrinks = board.Width * FreeShrinkage < (plane == 0 ? picture.Width : picture.Width / 2);
            ResizePlane(planes[plane], board.Targets[plane], new Size(board.Width, board.Height), shrinks ? InterpolationFlags.Area : InterpolationFlags.Linear);
        }
    }

    /// <summary>Fills the board, which is no part of another, with an upright part of the picture.</summary>
    /// <param name="part">Picture pixels; may lie outside in part or in whole.</param>
    /// <param name="border">Y sample outside the picture; null repeats the picture's edge.</param>
    public void Cut(I420Picture picture, PlaneBoard board, Box part, byte? border)
    {
        var shrinkage = Math.Max(part.Width / board.Width, part.Height / board.Height);
        for (var plane = 0; plane < 3; plane++)
        {
            var scale = plane == 0 ? 1 : 0.5f;
            var outside = Outside(border, plane);
            if (shrinkage * scale > FreeShrinkage)
            {
                var samples = picture.Samples(plane, out var width, out var height);
                _areaCut.Cut(samples, width, height, new Box(part.X * scale, part.Y * scale, part.Width * scale, part.Height * scale), outside, board.Samples(plane), board.Width);
            }
            else
            {
                var toPlane = Homography.ScaleShift(part.Width * scale / board.Width, part.Height * scale / board.Height, part.X * scale, part.Y * scale);
                WarpPlane(_views.Of(picture)[plane], board.Targets[plane], toPlane, new Size(board.Width, board.Height), outside);
            }
        }
    }

    /// <summary>Fills the board with what the map finds in the picture.</summary>
    /// <param name="toPicture">Leads from corner-based board coordinates to picture coordinates.</param>
    /// <param name="border">Y sample outside the picture; null repeats the picture's edge.</param>
    public void Warp(I420Picture picture, PlaneBoard board, Homography toPicture, byte? border)
    {
        var planes = _views.Of(picture);
        var shrinkage = Shrinkage(toPicture, board.Width, board.Height);
        for (var plane = 0; plane < 3; plane++)
        {
            var samples = SamplesAcross(plane == 0 ? shrinkage : shrinkage / 2);
            var toPlane = plane == 0 ? toPicture : Homography.ScaleShift(0.5, 0.5, 0, 0).After(toPicture);
            var outside = Outside(border, plane);
            if (samples == 1)
            {
                WarpPlane(planes[plane], board.Targets[plane], toPlane, new Size(board.Width, board.Height), outside);
            }
            else
            {
                var scratch = ScratchOf(board.Width * samples, board.Height * samples);
                var finer = toPlane.After(Homography.ScaleShift(1.0 / samples, 1.0 / samples, 0, 0));
                WarpPlane(planes[plane], scratch.Target, finer, new Size(board.Width * samples, board.Height * samples), outside);
                ResizePlane(scratch.Source, board.Targets[plane], new Size(board.Width, board.Height), InterpolationFlags.Area);
            }
        }
    }

    public void Dispose()
    {
        _views.Dispose();
        _matrixArray.Dispose();
        _matrix.Dispose();
        foreach (var scratch in _scratch.Values)
        {
            scratch.Dispose();
        }
    }

    /// <summary>Picture pixels per board pixel along the longer of the board's middle axes.</summary>
    private static double Shrinkage(Homography toPicture, int width, int height)
    {
        var across = Distance(toPicture.Map(0, height / 2.0), toPicture.Map(width, height / 2.0)) / width;
        var down = Distance(toPicture.Map(width / 2.0, 0), toPicture.Map(width / 2.0, height)) / height;
        return Math.Max(across, down);
    }

    private static double Distance(PicturePoint a, PicturePoint b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));

    private static int SamplesAcross(double shrinkage) => Math.Clamp((int)Math.Ceiling(shrinkage / FreeShrinkage), 1, MostSamplesAcross);

    /// <summary>Sample of a plane outside the picture; chroma has none there.</summary>
    private static byte? Outside(byte? border, int plane) => plane == 0 || border is null ? border : (byte)128;

    private void WarpPlane(InputArray plane, OutputArray target, Homography toPlane, Size size, byte? outside)
    {
        Write(Homography.ScaleShift(1, 1, -0.5, -0.5).After(toPlane).After(Homography.ScaleShift(1, 1, 0.5, 0.5)));
        const int Flags = (int)(InterpolationFlags.Linear | InterpolationFlags.WarpInverseMap);
        var mode = (int)(outside is null ? BorderTypes.Replicate : BorderTypes.Constant);
        NativeMethods.HandleException(
            NativeMethods.imgproc_warpPerspective_MisInputArray(plane.CvPtr, target.CvPtr, _matrixArray.CvPtr, size, Flags, mode, Scalar.All(outside ?? 0)));
    }

    /// <summary>Cv2.Resize disposes its output's header after one use, so a header per plane and frame would be allocated; this one stays.</summary>
    private static void ResizePlane(InputArray plane, OutputArray target, Size size, InterpolationFlags how) =>
        NativeMethods.HandleException(NativeMethods.imgproc_resize(plane.CvPtr, target.CvPtr, size, 0, 0, (int)how));

    /// <summary>OpenCV counts from pixel centres, this library from pixel corners; the caller has shifted both ends.</summary>
    private unsafe void Write(Homography map) => *(Homography*)_matrix.DataPointer = map;

    private Scratch ScratchOf(int width, int height)
    {
        if (!_scratch.TryGetValue((width, height), out var scratch))
        {
            _scratch.Add((width, height), scratch = new Scratch(new Mat(height, width, MatType.CV_8UC1)));
        }

        return scratch;
    }

    private sealed class Scratch(Mat plane) : IDisposable
    {
        public OutputArray Target { get; } = OutputArray.Create(plane);

        public InputArray Source { get; } = InputArray.Create(plane);

        public void Dispose()
        {
            Target.Dispose();
            Source.Dispose();
            plane.Dispose();
        }
    }
}
