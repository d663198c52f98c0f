using Microsoft.ML.OnnxRuntime;

namespace Dashiban.Vision.Models;

/// <summary>
/// One caller's input and output of a model, bound once for the batch sizes that occur: running it allocates nothing. The session
/// stays the model's; this must be disposed before it. Not safe for several threads.
/// </summary>
internal sealed class OnnxRun : IDisposable
{
    private readonly OnnxModel _model;
    private readonly float[] _input;
    private readonly int _inputSize;
    private readonly Dictionary<string, Output> _outputs;
    private readonly Binding?[] _bindings;
    private readonly RunOptions _runOptions = new();

    /// <param name="maxBatch">Largest batch that will be run; 1 for a model with a fixed batch of 1.</param>
    public OnnxRun(OnnxModel model, int maxBatch)
    {
        _model = model;
        _inputSize = Size(model.File.Input);
        _input = GC.AllocateArray<float>(_inputSize * maxBatch, pinned: true);
        _outputs = model.File.Outputs.ToDictionary(
            output => output.Key,
            output => new Output(GC.AllocateArray<float>(Size(output.Value) * maxBatch, pinned: true), Size(output.Value), output.Value));
        _bindings = new Binding?[maxBatch + 1];
    }

    /// <summary>Largest batch.</summary>
    public int MaxBatch => _bindings.Length - 1;

    /// <summary>Where the input of one item of the batch is to be written.</summary>
    public Span<float> Input(int item) => _input.AsSpan(item * _inputSize, _inputSize);

    /// <summary>The output of one item after <see cref="Run"/>; overwritten by the next.</summary>
    public ReadOnlySpan<float> Result(string tensor, int item)
    {
        var output = _outputs[tensor];
        return output.Values.AsSpan(item * output.Size, output.Size);
    }

    /// <summary>Runs the first <paramref name="batch"/> items.</summary>
    public void Run(int batch)
    {
        var binding = _bindings[batch] ??= Bind(batch);
        _model.Session.RunWithBinding(_runOptions, binding.Io);
    }

    public void Dispose()
    {
        foreach (var binding in _bindings)
        {
            binding?.Dispose();
        }

        _runOptions.Dispose();
    }

    private Binding Bind(int batch)
    {
        var io = _model.Session.CreateIoBinding();
        var values = new List<OrtValue> { Value(_input, _inputSize, _model.File.Input, batch) };
        io.BindInput(_model.Manifest.Input.Tensor, values[0]);
        foreach (var (name, output) in _outputs)
        {
            var value = Value(output.Values, output.Size, output.Dimensions, batch);
            values.Add(value);
            io.BindOutput(name, value);
        }

        return new Binding(io, values);
    }

    private static OrtValue Value(float[] values, int size, IReadOnlyList<long> dimensions, int batch) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(0, batch * size), [batch, .. dimensions.Skip(1)]);

    /// <summary>Numbers of one item of the batch.</summary>
    private static int Size(IReadOnlyList<long> dimensions) => (int)dimensions.Skip(1).Aggregate(1L, (product, dimension) => product * dimension);

    private sealed record Output(float[] Values, int Size, IReadOnlyList<long> Dimensions);

    private sealed record Binding(OrtIoBinding Io, List<OrtValue> Values) : IDisposable
    {
        public void Dispose()
        {
            Io.Dispose();
            Values.ForEach(value => value.Dispose());
        }
    }
}
