using System.Diagnostics;
using System.Globalization;
using Dashiban.Testing;

namespace Dashiban.IntegrationTests.Influx;

/// <summary>A real time-series server as a child process on free loopback ports, with its data in a folder of its own.</summary>
internal sealed class TimeSeriesServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private TimeSeriesServer(Process process, DirectoryInfo folder, int port)
    {
        (_process, _folder) = (process, folder);
        Http = new() { BaseAddress = new($"http://127.0.0.1:{port}") };
    }

    public HttpClient Http { get; }

    public Uri Address => Http.BaseAddress!;

    public static Task<TimeSeriesServer> VictoriaMetricsAsync() => StartAsync("/usr/bin/victoria-metrics", "/health", (folder, port) =>
        $"-storageDataPath={folder} -httpListenAddr=127.0.0.1:{port} -retentionPeriod=100y -search.latencyOffset=0s -loggerLevel=ERROR");

    public static Task<TimeSeriesServer> InfluxDbAsync() => StartAsync("/usr/bin/influxd", "/ping", (folder, port) =>
    {
        var config = Path.Combine(folder, "influxdb.conf");
        File.WriteAllText(config, $"""
            bind-address = "127.0.0.1:{Checkout.FreePort()}"
            reporting-disabled = true
            [meta]
              dir = "{folder}/meta"
            [data]
              dir = "{folder}/data"
              wal-dir = "{folder}/wal"
            [http]
              bind-address = "127.0.0.1:{port}"
              log-enabled = false
            [logging]
              level = "error"
            """);
        return $"-config {config}";
    });

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<TimeSeriesServer> StartAsync(string executable, string health, Func<string, int, string> arguments)
    {
        Assert.SkipUnless(File.Exists(executable), $"{executable} is missing; install Debian's package {(executable.EndsWith("influxd", StringComparison.Ordinal) ? "influxdb" : "victoria-metrics")}.");
        var folder = Directory.CreateTempSubdirectory("dashiban-series-");
        var port = Checkout.FreePort();
        var process = Process.Start(new ProcessStartInfo(executable, arguments(folder.FullName, port))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        process.ErrorDataReceived += static (_, _) => { };
        process.OutputDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var server = new TimeSeriesServer(process, folder, port);
        try
        {
            await server.WaitUntilHealthyAsync(health);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task WaitUntilHealthyAsync(string health)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            Assert.False(_process.HasExited, string.Create(CultureInfo.InvariantCulture, $"the server ended with exit code {(_process.HasExited ? _process.ExitCode : 0)}"));
            try
            {
                using var answer = await Http.GetAsync(new Uri(health, UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (started.Elapsed < StartLimit)
            {
                // Not listening yet.
            }

            await Task.Delay(50);
        }
    }
}
