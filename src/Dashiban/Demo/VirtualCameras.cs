using System.Diagnostics;
using System.Globalization;

namespace Dashiban.Demo;

/// <summary>
/// The demo's cameras: clips served as live RTSP on loopback by <c>deploy/rtsp-cameras.py</c> (GStreamer), in a child process. All cameras
/// share the clock of the first viewer, so that a vehicle passes them in the order of the script.
/// </summary>
internal sealed class VirtualCameras : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20);

    private readonly Process _server;
    private readonly TaskCompletionSource<DateTimeOffset> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    private VirtualCameras(Process server, IReadOnlyDictionary<string, Uri> addresses)
    {
        _server = server;
        Addresses = addresses;
        _reading = WatchAsync();
    }

    /// <summary>RTSP address by camera identifier.</summary>
    public IReadOnlyDictionary<string, Uri> Addresses { get; }

    /// <summary>When the first picture of the first camera was due: second 0 of every clip.</summary>
    public Task<DateTimeOffset> Started => _started.Task;

    /// <param name="script">Path of <c>rtsp-cameras.py</c>.</param>
    /// <param name="clips">MP4 file by camera identifier.</param>
    /// <exception cref="DemoException">The server did not come up; the message says why.</exception>
    public static async Task<VirtualCameras> StartAsync(
        string script, IReadOnlyDictionary<string, string> clips, TimeProvider time, CancellationToken cancel)
    {
        // Debian's own Python: another one on the path would lack the GStreamer bindings.
        var start = new ProcessStartInfo("/usr/bin/python3") { RedirectStandardOutput = true, RedirectStandardInput = true };
        string[] arguments = [script, "--port", "0", "--loop", "--together", .. clips.SelectMany(c => new[] { "--camera", $"{c.Key}={c.Value}" })];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var server = Process.Start(start) ?? throw new DemoException("The RTSP server could not be started.");
        try
        {
            using var limit = new CancellationTokenSource(StartTime, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
            var addresses = new Dictionary<string, Uri>();
            while (addresses.Count < clips.Count)
            {
                var line = await server.StandardOutput.ReadLineAsync(either.Token)
                    ?? throw new DemoException("The RTSP server ended at once; its own message stands above. deploy/install.sh demo installs what it needs.");
                if (line.Split(' ') is ["ready", var address])
                {
                    var uri = new Uri(address);
                    addresses[uri.AbsolutePath.TrimStart('/')] = uri;
                }
            }

            return new VirtualCameras(server, addresses);
        }
        catch
        {
            server.Kill();
            server.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_server.HasExited)
        {
            _server.Kill();
        }

        await _server.WaitForExitAsync();
        await _reading;
        _server.Dispose();
    }

    /// <summary>Notes the common start and drains the pipe to its end, so that the server never blocks on it.</summary>
    private async Task WatchAsync()
    {
        while (await _server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is ["playing", _, var seconds]
                && double.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var unix))
            {
                _started.TrySetResult(DateTimeOffset.UnixEpoch.AddSeconds(unix));
            }
        }

        _started.TrySetCanceled();
    }
}
