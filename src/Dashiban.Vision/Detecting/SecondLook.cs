using Dashiban.Vision.Imaging;
using Dashiban.Vision.Models;

namespace Dashiban.Vision.Detecting;

/// <summary>
/// Looks at a window of the full-resolution picture around a candidate: confirms it or lowers its score, and finds the corners of
/// small plates better. Bound once; a candidate allocates nothing. One per lane.
/// </summary>
internal sealed class SecondLook : IDisposable
{
    private const int MostAnswers = 30;

    private readonly PlateRows _plates;
    private readonly SecondLookRecipe _recipe;
    private readonly ModelInput _input;
    private readonly OnnxRun _run;
    private readonly PlaneBoard _board;
    private readonly ScoredBox[] _rows = new ScoredBox[RowScan.MostRows];

    public SecondLook(OnnxModel model)
    {
        _plates = model.Manifest.Plates!;
        _recipe = _plates.SecondLook!;
        _input = model.Manifest.Input;
        _run = new OnnxRun(model, maxBatch: 1);
        _board = new PlaneBoard(model.File.Width, model.File.Height);
    }

    /// <summary>The candidate after the second look; its confidence is to be held against the threshold.</summary>
    public PlateDetection Look(I420Picture picture, PlateDetection candidate, PictureSampler sampler)
    {
        var toPicture = WindowAround(candidate.Corners);
        sampler.Warp(picture, _board, toPicture, ColourMatrix.Of(picture.Colour).Luma(_input.Pad));
        TensorFill.Fill(_board, picture.Colour, _input, _run.Input(0));
        _run.Run(1);
        return Judge(candidate, _run.Result(_plates.Tensor, 0), toPicture);
    }

    public void Dispose()
    {
        _board.Dispose();
        _run.Dispose();
    }

    /// <summary>Leads from the window to the picture: the candidate in the middle, at the width the network likes best.</summary>
    private Homography WindowAround(Quad corners)
    {
        // A plate seen at a steep angle is high for its width: one and a half times its height counts as width then.
        var width = MathF.Max(MathF.Max(corners.Width, 1.5f * corners.Bounds.Height), 1);
        var pixelsPerPixel = 1 / MathF.Min(_recipe.MaxUpscale, _recipe.PlateWidth / width);
        var centre = corners.Centre;
        return Homography.ScaleShift(
            pixelsPerPixel, pixelsPerPixel, centre.X - (_board.Width / 2f * pixelsPerPixel), centre.Y - (_board.Height / 2f * pixelsPerPixel));
    }

    private PlateDetection Judge(PlateDetection candidate, ReadOnlySpan<float> output, Homography toPicture)
    {
        var found = RowScan.Collect(output, PlateRow.Columns, _recipe.MinScore, _rows);
        var answers = _rows.AsSpan(0, found);
        answers.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Row.CompareTo(b.Row));
        foreach (var answer in answers[..Math.Min(found, MostAnswers)])
        {
            var row = PlateRow.At(output, answer.Row);
            var corners = Map(row.InputCorners, toPicture);
            if (corners.IntersectionOverUnion(candidate.Corners) > _recipe.MinQuadOverlap)
            {
                var keeps = candidate.Corners.Width >= _recipe.KeepCornersFrom;
                return new(keeps ? candidate.Corners : corners, MathF.Sqrt(candidate.Confidence * row.Score), keeps ? candidate.IsDoubleRow : row.IsDoubleRow);
            }
        }

        return candidate with { Confidence = candidate.Confidence * _recipe.UnconfirmedFactor };
    }

    private static Quad Map(Quad quad, Homography map) => new(
        map.Map(quad.TopLeft.X, quad.TopLeft.Y), map.Map(quad.TopRight.X, quad.TopRight.Y),
        map.Map(quad.BottomRight.X, quad.BottomRight.Y), map.Map(quad.BottomLeft.X, quad.BottomLeft.Y));
}
