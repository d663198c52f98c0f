using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Models;

namespace Dashiban.Vision.Reading;

/// <summary>Reads the plates of one picture in one batch: add each, run, take each reading. One per lane.</summary>
internal sealed class PlateReader : IDisposable
{
    private readonly TextOutputs _outputs;
    private readonly ModelInput _input;
    private readonly OnnxRun _run;
    private readonly PlateRectifier _rectifier;
    private readonly SlotDecoder _decoder;
    private readonly PlateColourClass[] _colours;
    private readonly CharacterReading[] _text;
    private int _batch;

    public PlateReader(OnnxModel model, int maxBatch)
    {
        _outputs = model.Manifest.Reading!;
        _input = model.Manifest.Input;
        _run = new OnnxRun(model, maxBatch);
        _rectifier = new PlateRectifier(_outputs.Crop, model.File.Width, model.File.Height);
        _decoder = new SlotDecoder(_outputs);
        _colours = [.. _outputs.ColourLabels.Select(label => PlateColours.TryParse(label, out var colour) ? colour : PlateColourClass.Unknown)];
        _text = new CharacterReading[model.File.Outputs[_outputs.Slots][1]];
    }

    /// <summary>Puts a plate into the batch; its number is the count of those before it.</summary>
    public void Add(I420Picture picture, PlateDetection plate, PictureSampler sampler)
    {
        _rectifier.Rectify(picture, plate, sampler);
        TensorFill.Fill(_rectifier.Board, picture.Colour, _input, _run.Input(_batch++));
    }

    /// <summary>Reads what was added; the next plate added begins a new batch.</summary>
    public void Run()
    {
        if (_batch > 0)
        {
            _run.Run(_batch);
            _batch = 0;
        }
    }

    /// <summary>The reading of a plate of the last batch.</summary>
    public PlateReading ReadingAt(int item)
    {
        var characters = _text.AsSpan(0, _decoder.Decode(_run.Result(_outputs.Slots, item), _text, out var weakest));
        var agrees = _outputs.Steps is null || _decoder.PathSpells(_run.Result(_outputs.Steps, item), characters);
        var colours = _run.Result(_outputs.Colours, item);
        var best = Surest(colours);
        return new PlateReading(characters.ToArray(), weakest, _colours[best], colours[best], agrees);
    }

    public void Dispose()
    {
        _rectifier.Dispose();
        _run.Dispose();
    }

    private static int Surest(ReadOnlySpan<float> probabilities)
    {
        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
        {
            best = probabilities[i] > probabilities[best] ? i : best;
        }

        return best;
    }
}
