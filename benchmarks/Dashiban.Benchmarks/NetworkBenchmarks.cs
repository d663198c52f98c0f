using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using Dashiban.Vision.Models;

namespace Dashiban.Benchmarks;

/// <summary>
/// Every network of the catalogue by itself: one picture, one plate or one vehicle, one thread, nothing cut or scaled. Versions run in
/// one process, so that their ratio means something on a busy machine. The input is noise: these networks have no branches.
/// </summary>
[Config(typeof(WholeNames))]
public class NetworkBenchmarks : IDisposable
{
    private OnnxModel _model = null!;
    private OnnxRun _run = null!;

    /// <summary>For instance <c>plate-detector/1 model.onnx</c>.</summary>
    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    public static IEnumerable<string> Networks =>
        from entry in ModelCatalog.Open(ModelCatalog.FindDefaultDirectory()).Entries
        from file in entry.ReadManifest().Files
        select $"{entry} {file.File}";

    [GlobalSetup]
    public void Setup()
    {
        var (entry, file) = (
            from one in ModelCatalog.Open(ModelCatalog.FindDefaultDirectory()).Entries
            from part in one.ReadManifest().Files
            where $"{one} {part.File}" == Network
            select (one, part)).Single();
        _model = entry.Load(entry.ReadManifest(), file, threads: 1);
        _run = new OnnxRun(_model, maxBatch: 1);
        var random = new Random(1);
        foreach (ref var level in _run.Input(0))
        {
            level = random.NextSingle();
        }
    }

    [Benchmark]
    public void Run() => _run.Run(1);

    [GlobalCleanup]
    public void Dispose()
    {
        _run?.Dispose();
        _model?.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class WholeNames : ManualConfig
    {
        public WholeNames() => SummaryStyle = SummaryStyle.Default.WithMaxParameterColumnWidth(40);
    }
}
