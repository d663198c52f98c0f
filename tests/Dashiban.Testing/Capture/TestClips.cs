using System.Diagnostics;

namespace Dashiban.Testing.Capture;

/// <summary>Short clips that ffmpeg draws on demand into the temporary folder, once per kind and machine.</summary>
internal static class TestClips
{
    private static readonly Lock Drawing = new();

    /// <summary>True where ffmpeg can be started.</summary>
    public static bool CanDraw { get; } = CanStart("ffmpeg", "-version");

    /// <summary>True where the GStreamer RTSP server's Python bindings are installed.</summary>
    public static bool CanServe { get; } = CanStart(RtspCameras.Python, "-c", "import gi; gi.require_version('GstRtspServer','1.0'); from gi.repository import GstRtspServer");

    /// <summary>H.264, 25 pictures a second, one key picture a second, no B frames.</summary>
    public static string H264(int width = 640, int height = 360, int seconds = 4) =>
        Draw($"h264-{width}x{height}-{seconds}s.mp4", width, height, seconds, ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "25"]);

    /// <summary>The same in H.265.</summary>
    public static string H265(int width = 640, int height = 360, int seconds = 4) =>
        Draw($"h265-{width}x{height}-{seconds}s.mp4", width, height, seconds, ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "bframes=0:keyint=25:log-level=none"]);

    /// <summary>A file that changes its resolution in the middle, as a camera does when somebody turns that knob.</summary>
    public static string TwoSizes()
    {
        var path = PathOf("two-sizes.ts");
        return Made(path, temporary =>
        {
            using var whole = File.Create(temporary);
            foreach (var clip in (string[])[H264(640, 360, 2), H264(320, 240, 2)])
            {
                var part = Path.ChangeExtension(clip, ".ts");
                Run("ffmpeg", "-v", "error", "-nostdin", "-y", "-i", clip, "-c", "copy", "-f", "mpegts", part);
                using var bytes = File.OpenRead(part);
                bytes.CopyTo(whole);
            }
        });
    }

    private static string Draw(string name, int width, int height, int seconds, string[] codec)
    {
        var path = PathOf(name);
        return Made(path, temporary => Run(
            "ffmpeg",
            ["-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", $"testsrc2=size={width}x{height}:rate=25:duration={seconds}", "-pix_fmt", "yuv420p", .. codec, "-f", "mp4", temporary]));
    }

    private static string PathOf(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "dashiban-test-clips"));
        return Path.Combine(folder.FullName, name);
    }

    /// <summary>Made beside and moved into place, so that a test that was stopped leaves no half clip behind.</summary>
    private static string Made(string path, Action<string> make)
    {
        lock (Drawing)
        {
            if (!File.Exists(path))
            {
                var temporary = $"{path}.{Environment.ProcessId}";
                make(temporary);
                File.Move(temporary, path, overwrite: true);
            }

            return path;
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    private static bool CanStart(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
