using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Models;

namespace Dashiban.Vision.Reading;

/// <summary>
/// Reads the plates of one picture in one batch. Plates read unsurely are looked at again, a little nearer and a little wider, and
/// all looks are averaged: a corner that is off by a pixel or two then decides less. One per lane.
/// </summary>
internal sealed class PlateReader : IDisposable
{
    private readonly TextOutputs _outputs;
    private readonly ModelInput _input;
    private readonly OnnxRun _run;
    private readonly PlateRectifier _rectifier;
    private readonly SlotDecoder _decoder;
    private readonly PlateColourClass[] _colours;
    private readonly CharacterReading[] _text;
    private readonly IReadOnlyList<CropMargin> _againWith;
    private readonly float _againBelow;
    private readonly ReaderOutputs[] _unsure;

    /// <param name="maxPlates">Most plates of one picture.</param>
    public PlateReader(OnnxModel model, int maxPlates)
    {
        _outputs = model.Manifest.Reading!;
        _input = model.Manifest.Input;
        _againWith = _outputs.Again?.Margins ?? [];
        _againBelow = _outputs.Again?.Below ?? 0;
        _run = new OnnxRun(model, maxPlates * Math.Max(1, _againWith.Count));
        _rectifier = new PlateRectifier(_outputs.Crop, model.File.Width, model.File.Height);
        _decoder = new SlotDecoder(_outputs);
        _colours = [.. _outputs.ColourLabels.Select(label => PlateColours.TryParse(label, out var colour) ? colour : PlateColourClass.Unknown)];
        _text = new CharacterReading[model.File.Outputs[_outputs.Slots][1]];
        _unsure = [.. Enumerable.Range(0, maxPlates).Select(_ => new ReaderOutputs(_outputs, model.File))];
    }

    /// <summary>Replaces the contents of <paramref name="into"/> by one reading per plate.</summary>
    public void Read(I420Picture picture, ReadOnlySpan<PlateDetection> plates, PictureSampler sampler, List<PlateReading> into)
    {
        into.Clear();
        if (plates.IsEmpty)
        {
            return;
        }

        var ordinary = new CropMargin(_outputs.Crop.MarginX, _outputs.Crop.MarginY);
        for (var plate = 0; plate < plates.Length; plate++)
        {
            Show(picture, plates[plate], ordinary, plate, sampler);
        }

        _run.Run(plates.Length);
        var unsure = 0;
        for (var plate = 0; plate < plates.Length; plate++)
        {
            into.Add(Decoded(_run.Result(_outputs.Slots, plate), _outputs.Steps is { } steps ? _run.Result(steps, plate) : default, _run.Result(_outputs.Colours, plate)));
            if (into[plate].WeakestConfidence < _againBelow)
            {
                _unsure[unsure++].Take(_run, plate);
            }
        }

        if (unsure > 0)
        {
            ReadAgain(picture, plates, unsure, sampler, into);
        }
    }

    public void Dispose()
    {
        _rectifier.Dispose();
        _run.Dispose();
    }

    private void ReadAgain(I420Picture picture, ReadOnlySpan<PlateDetection> plates, int unsure, PictureSampler sampler, List<PlateReading> into)
    {
        var looks = 0;
        for (var i = 0; i < unsure; i++)
        {
            foreach (var margin in _againWith)
            {
                Show(picture, plates[_unsure[i].Plate], margin, looks++, sampler);
            }
        }

        _run.Run(looks);
        for (var i = 0; i < unsure; i++)
        {
            var mean = _unsure[i];
            mean.Average(_run, i * _againWith.Count, _againWith.Count);
            into[mean.Plate] = Decoded(mean.Slots, mean.Steps, mean.Colours);
        }
    }

    private void Show(I420Picture picture, PlateDetection plate, CropMargin margin, int item, PictureSampler sampler)
    {
        _rectifier.Rectify(picture, plate, margin, sampler);
        TensorFill.Fill(_rectifier.Board, picture.Colour, _input, _run.Input(item));
    }

    private PlateReading Decoded(ReadOnlySpan<float> slots, ReadOnlySpan<float> steps, ReadOnlySpan<float> colours)
    {
        var characters = _text.AsSpan(0, _decoder.Decode(slots, _text, out var weakest));
        var agrees = _outputs.Steps is null || _decoder.PathSpells(steps, characters);
        var best = Surest(colours);
        return new PlateReading(characters.ToArray(), weakest, _colours[best], colours[best], agrees);
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
