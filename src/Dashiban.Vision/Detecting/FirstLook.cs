using Dashiban.Vision.Imaging;
using Dashiban.Vision.Models;

namespace Dashiban.Vision.Detecting;

/// <summary>
/// A detector at one input size: the whole picture, letterboxed, in; plates and vehicles out. Bound once; a picture allocates
/// nothing. One per lane.
/// </summary>
internal sealed class FirstLook : IDisposable
{
    private readonly ModelManifest _manifest;
    private readonly ModelFile _file;
    private readonly OnnxRun _run;
    private readonly PlaneBoard _board;
    private readonly ScoredBox[] _rows = new ScoredBox[RowScan.MostRows];
    private (int Width, int Height, PictureColour Colour) _fitted;
    private Letterbox _letterbox;
    private PlaneBoard? _window;

    public FirstLook(OnnxModel model)
    {
        _manifest = model.Manifest;
        _file = model.File;
        _run = new OnnxRun(model, maxBatch: 1);
        _board = new PlaneBoard(_file.Width, _file.Height);
    }

    /// <summary>Runs the network on the picture.</summary>
    public void Look(I420Picture picture, PictureSampler sampler)
    {
        sampler.Resize(picture, WindowFor(picture));
        TensorFill.Fill(_board, picture.Colour, _manifest.Input, _run.Input(0));
        _run.Run(1);
    }

    /// <summary>Adds the candidates for plates of the last look, the surest first, at most <paramref name="most"/>.</summary>
    public void AddPlates(List<PlateDetection> into, int most)
    {
        if (_manifest.Plates is not { } plates)
        {
            return;
        }

        var output = _run.Result(plates.Tensor, 0);
        var kept = Suppressed(output, PlateRow.Columns, plates.CandidateThreshold, plates.Overlap, plates.Inside);
        foreach (var candidate in _rows.AsSpan(0, Math.Min(kept, most)))
        {
            var row = PlateRow.At(output, candidate.Row);
            into.Add(new PlateDetection(row.Corners(_letterbox), row.Score, row.IsDoubleRow));
        }
    }

    /// <summary>Adds the vehicles of the last look, the surest first.</summary>
    public void AddVehicles(List<VehicleBox> into, I420Picture picture)
    {
        if (_manifest.Vehicles is not { } vehicles)
        {
            return;
        }

        var columns = (int)_file.Outputs[vehicles.Tensor][2];
        var kept = Suppressed(_run.Result(vehicles.Tensor, 0), columns, vehicles.Threshold, vehicles.Overlap, inside: float.PositiveInfinity);
        foreach (var (_, box, score) in _rows.AsSpan(0, kept))
        {
            var topLeft = _letterbox.ToPicture(box.X, box.Y);
            var bottomRight = _letterbox.ToPicture(box.Right, box.Bottom);
            var inPicture = new Box(topLeft.X, topLeft.Y, bottomRight.X - topLeft.X, bottomRight.Y - topLeft.Y);
            into.Add(new VehicleBox(inPicture.ClippedTo(picture.Width, picture.Height), score));
        }
    }

    public void Dispose()
    {
        _window?.Dispose();
        _board.Dispose();
        _run.Dispose();
    }

    private int Suppressed(ReadOnlySpan<float> output, int columns, float threshold, float overlap, float inside) =>
        NonMaxSuppression.Suppress(_rows.AsSpan(0, RowScan.Collect(output, columns, threshold, _rows)), overlap, inside);

    /// <summary>The part of the board that a picture of this size fills; made anew only when size or colour change.</summary>
    private PlaneBoard WindowFor(I420Picture picture)
    {
        var fitted = (picture.Width, picture.Height, picture.Colour);
        if (_window is null || fitted != _fitted)
        {
            _fitted = fitted;
            _letterbox = Letterbox.Fit(picture.Width, picture.Height, _file.Width, _file.Height);
            _window?.Dispose();
            _window = _board.Part(_letterbox.X, _letterbox.Y, _letterbox.Width, _letterbox.Height);
            _board.Clear(ColourMatrix.Of(picture.Colour).Luma(_manifest.Input.Pad));
        }

        return _window;
    }
}
