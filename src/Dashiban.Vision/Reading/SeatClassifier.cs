using Dashiban.Vision.Imaging;
using Dashiban.Vision.Models;

namespace Dashiban.Vision.Reading;

/// <summary>Judges the seats of the vehicles of one picture in one batch: add each, run, take each reading. One per lane.</summary>
internal sealed class SeatClassifier : IDisposable
{
    private readonly ClassScores _classes;
    private readonly ModelInput _input;
    private readonly OnnxRun _run;
    private readonly PlaneBoard _board;
    private readonly SeatClassLabel[] _labels;
    private int _batch;

    public SeatClassifier(OnnxModel model, int maxBatch)
    {
        _classes = model.Manifest.Classes!;
        _input = model.Manifest.Input;
        _run = new OnnxRun(model, maxBatch);
        _board = new PlaneBoard(model.File.Width, model.File.Height);
        _labels = [.. _classes.Labels.Select(label => SeatClassLabels.TryParse(label, out var parsed) ? parsed : SeatClassLabel.Unknown)];
    }

    /// <summary>Puts a vehicle into the batch; its number is the count of those before it.</summary>
    public void Add(I420Picture picture, Box vehicle, Quad? plate, PictureSampler sampler)
    {
        var outside = _classes.View is null ? (byte?)null : ColourMatrix.Of(picture.Colour).Luma(_input.Pad);
        sampler.Cut(picture, _board, SeatView.Of(_classes, vehicle, plate), outside);
        TensorFill.Fill(_board, picture.Colour, _input, _run.Input(_batch++));
    }

    /// <summary>Judges what was added; the next vehicle added begins a new batch.</summary>
    public void Run()
    {
        if (_batch > 0)
        {
            _run.Run(_batch);
            _batch = 0;
        }
    }

    /// <summary>The reading of a vehicle of the last batch.</summary>
    public SeatReading ReadingAt(int item)
    {
        var scores = _run.Result(_classes.Tensor, item);
        var probabilities = new float[(int)SeatClassLabel.Other + 1];
        var best = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            probabilities[(int)_labels[i]] = scores[i];
            best = scores[i] > scores[best] ? i : best;
        }

        return new SeatReading(scores[best] >= _classes.Threshold ? _labels[best] : SeatClassLabel.Unknown, scores[best], probabilities);
    }

    public void Dispose()
    {
        _board.Dispose();
        _run.Dispose();
    }
}
