using System.Diagnostics;

namespace Dashiban.Testing.Capture;

/// <summary>A real RTSP server on a free loopback port that shows one clip as camera <c>cam</c>, with faults on demand.</summary>
internal sealed class RtspCameras : IDisposable
{
    /// <summary>Debian's own Python: its packages of GStreamer are not seen by others.</summary>
    public const string Python = "/usr/bin/python3";

    private readonly Process _server;

    private RtspCameras(Process server, string url)
    {
        _server = server;
        Url = url;
    }

    /// <summary>Address of the camera.</summary>
    public string Url { get; }

    /// <summary>Port that the server listens on.</summary>
    public int Port => new Uri(Url).Port;

    /// <summary>Starts the server and waits until the camera can be opened.</summary>
    /// <param name="clip">H.264 or H.265 in MP4.</param>
    /// <param name="port">0 takes a free one.</param>
    public static RtspCameras Start(string clip, int port = 0)
    {
        var start = new ProcessStartInfo(Python, [Path.Combine(Checkout.Root, "deploy", "rtsp-cameras.py"), "--port", $"{port}", "--loop", "--camera", $"cam={clip}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var server = Process.Start(start)!;
        var line = server.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The RTSP server ended before its camera was ready.");
        _ = server.StandardOutput.ReadToEndAsync();
        return new RtspCameras(server, line["ready ".Length..]);
    }

    /// <summary>The connection stays and nothing is sent.</summary>
    public void Silence() => Say("silence cam");

    /// <summary>Coded bytes are flipped from now on.</summary>
    public void Garble() => Say("garble cam");

    /// <summary>Ends silence and garbling.</summary>
    public void Resume() => Say("resume cam");

    /// <summary>Viewers are thrown out, new ones refused.</summary>
    public void Stop() => Say("stop cam");

    public void Dispose()
    {
        _server.Kill(entireProcessTree: true);
        _server.WaitForExit();
        _server.Dispose();
    }

    private void Say(string command)
    {
        _server.StandardInput.WriteLine(command);
        _server.StandardInput.Flush();
    }
}
