using BenchmarkDotNet.Running;

namespace Dashiban.Benchmarks;

internal static class Program
{
    /// <summary><c>lane-throughput FILE…</c> runs whole lanes over footage; everything else goes to BenchmarkDotNet.</summary>
    private static async Task<int> Main(string[] args)
    {
        if (args is ["lane-throughput", .. var files])
        {
            return await LaneThroughput.RunAsync(files).ConfigureAwait(false);
        }

        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
    }
}
