using Microsoft.ML.OnnxRuntime;

namespace Dashiban.Vision.Models;

/// <summary>One ONNX file as a session that any number of callers share. Its tensors are those of the manifest.</summary>
internal sealed class OnnxModel : IDisposable
{
    private OnnxModel(InferenceSession session, ModelManifest manifest, ModelFile file)
    {
        Session = session;
        Manifest = manifest;
        File = file;
    }

    public ModelManifest Manifest { get; }

    public ModelFile File { get; }

    /// <summary>Running it is safe from several threads.</summary>
    public InferenceSession Session { get; }

    /// <exception cref="ModelMismatchException">The bytes are no model, or its tensors are not those of the manifest.</exception>
    public static OnnxModel Load(byte[] weights, ModelManifest manifest, ModelFile file, int threads, string model)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // Spinning threads would steal the cores that other cameras' decoders need.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        InferenceSession session;
        try
        {
            session = new InferenceSession(weights, options);
        }
        catch (OnnxRuntimeException problem)
        {
            throw new ModelMismatchException($"{model}: {file.File} cannot be loaded: {problem.Message}");
        }

        try
        {
            CheckSignature(session, manifest, file, model);
            var loaded = new OnnxModel(session, manifest, file);
            TryOut(loaded, model);
            return loaded;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public void Dispose() => Session.Dispose();

    private static void CheckSignature(InferenceSession session, ModelManifest manifest, ModelFile file, string model)
    {
        List<KeyValuePair<string, IReadOnlyList<long>>> saidInputs = [KeyValuePair.Create(manifest.Input.Tensor, file.Input)];
        var (inputs, outputs) = (Dimensions(session.InputMetadata), Dimensions(session.OutputMetadata));
        if (!IsSame(saidInputs, inputs) || !IsSame(file.Outputs, outputs))
        {
            throw new ModelMismatchException(
                $"{model}: tensors of {file.File}: the manifest says {Describe(saidInputs, file.Outputs)}; the file has {Describe(inputs, outputs)}.");
        }
    }

    private static bool IsSame(
        IEnumerable<KeyValuePair<string, IReadOnlyList<long>>> said, List<KeyValuePair<string, IReadOnlyList<long>>> found)
    {
        var saidByName = said.ToDictionary();
        return saidByName.Count == found.Count
            && found.All(tensor => saidByName.TryGetValue(tensor.Key, out var dimensions) && Fits(dimensions, tensor.Value));
    }

    /// <summary>What the file fixes, the manifest must say; what the file leaves free, the manifest may fix.</summary>
    private static bool Fits(IReadOnlyList<long> said, IReadOnlyList<long> found) =>
        said.Count == found.Count && said.Zip(found).All(pair => pair.First == pair.Second || (pair.Second < 0 && pair.First > 0));

    private static List<KeyValuePair<string, IReadOnlyList<long>>> Dimensions(IReadOnlyDictionary<string, NodeMetadata> nodes) =>
    [
        .. nodes.Select(node => KeyValuePair.Create<string, IReadOnlyList<long>>(
            node.Value.ElementType == typeof(float) ? node.Key : $"{node.Key} ({node.Value.ElementType})",
            [.. node.Value.Dimensions.Select(dimension => (long)dimension)])),
    ];

    /// <summary>Dimensions that the file leaves free show only when it runs.</summary>
    private static void TryOut(OnnxModel loaded, string model)
    {
        try
        {
            using var run = new OnnxRun(loaded, maxBatch: 1);
            run.Run(1);
        }
        catch (OnnxRuntimeException problem)
        {
            throw new ModelMismatchException($"{model}: {loaded.File.File} does not run with the dimensions that the manifest says: {problem.Message}");
        }
    }

    private static string Describe(
        IEnumerable<KeyValuePair<string, IReadOnlyList<long>>> inputs, IEnumerable<KeyValuePair<string, IReadOnlyList<long>>> outputs) =>
        $"{Tensors(inputs)} -> {Tensors(outputs)}";

    private static string Tensors(IEnumerable<KeyValuePair<string, IReadOnlyList<long>>> tensors) =>
        string.Join(" ", tensors.OrderBy(tensor => tensor.Key, StringComparer.Ordinal).Select(tensor => $"{tensor.Key}[{string.Join(",", tensor.Value)}]"));
}
