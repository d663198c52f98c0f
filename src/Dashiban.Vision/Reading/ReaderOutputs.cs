using Dashiban.Vision.Models;

namespace Dashiban.Vision.Reading;

/// <summary>The reader's probabilities for one plate, averaged over several looks at it. Reused from picture to picture.</summary>
internal sealed class ReaderOutputs(TextOutputs outputs, ModelFile file)
{
    private readonly float[] _slots = Room(outputs.Slots, file);
    private readonly float[] _steps = outputs.Steps is { } steps ? Room(steps, file) : [];
    private readonly float[] _colours = Room(outputs.Colours, file);

    /// <summary>Number of the plate among those of the picture.</summary>
    public int Plate { get; private set; }

    public ReadOnlySpan<float> Slots => _slots;
    public ReadOnlySpan<float> Steps => _steps;
    public ReadOnlySpan<float> Colours => _colours;

    /// <summary>Begins with the first look at a plate, whose number is also its place in the batch.</summary>
    public void Take(OnnxRun run, int plate)
    {
        Plate = plate;
        run.Result(outputs.Slots, plate).CopyTo(_slots);
        run.Result(outputs.Colours, plate).CopyTo(_colours);
        if (outputs.Steps is { } steps)
        {
            run.Result(steps, plate).CopyTo(_steps);
        }
    }

    /// <summary>The mean of what was taken and of <paramref name="count"/> further looks in the batch.</summary>
    public void Average(OnnxRun run, int first, int count)
    {
        for (var item = first; item < first + count; item++)
        {
            Add(run.Result(outputs.Slots, item), _slots);
            Add(run.Result(outputs.Colours, item), _colours);
            if (outputs.Steps is { } steps)
            {
                Add(run.Result(steps, item), _steps);
            }
        }

        Scale(_slots, 1f / (count + 1));
        Scale(_steps, 1f / (count + 1));
        Scale(_colours, 1f / (count + 1));
    }

    private static float[] Room(string tensor, ModelFile file) => new float[file.Outputs[tensor].Skip(1).Aggregate(1L, (product, dimension) => product * dimension)];

    private static void Add(ReadOnlySpan<float> look, Span<float> sum)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += look[i];
        }
    }

    private static void Scale(Span<float> values, float factor)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }
}
