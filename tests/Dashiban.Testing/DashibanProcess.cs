using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Dashiban.Testing;

/// <summary>The product's executable as a child process, to be stopped as a service manager does or killed as a power cut does.</summary>
public sealed class DashibanProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _outputEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DashibanProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                _outputEnded.TrySetResult();
                return;
            }

            Output.Enqueue(line.Data);
        };
        process.ErrorDataReceived += (_, line) => Errors.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Lines of standard output so far.</summary>
    public ConcurrentQueue<string> Output { get; } = new();

    /// <summary>Lines of standard error so far.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the executable that the tests were built with.</summary>
    public static DashibanProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "dashiban.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Many short lives: code that is fast at once matters more than code that is fast after a minute.
            Environment = { ["DOTNET_TieredPGO"] = "0", ["DOTNET_gcServer"] = "0" },
        };
        return new DashibanProcess(Process.Start(start)!);
    }

    /// <summary>Waits for the end; the exit code.</summary>
    public async Task<int> WaitAsync(CancellationToken cancel)
    {
        await _process.WaitForExitAsync(cancel);
        await _outputEnded.Task.WaitAsync(cancel);
        return _process.ExitCode;
    }

    /// <summary>kill −9; what was printed before that is in <see cref="Output"/> when the task completes.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _outputEnded.Task;
    }

    /// <summary>SIGTERM, then wait for the end; the exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancel)
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancel);
        return await WaitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
