using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dashiban.Vision.Imaging;
using OpenCvSharp;

namespace Dashiban.Reading;

/// <summary>
/// The frames of a video file, decoded by a child <c>ffmpeg</c> and handed over as YUV4MPEG2, a stream whose header states size
/// and colour range. A hostile file can crash the child, not this process.
/// </summary>
internal sealed class VideoFrames : IDisposable
{
    private const int MostHeaderBytes = 1024;

    private readonly Process _ffmpeg;
    private readonly Stream _frames;
    private readonly Task<string> _complaints;
    private readonly int _every;
    private Mat? _planes;
    private PictureColour _colour;
    private int _next;

    private VideoFrames(Process ffmpeg, int every)
    {
        _ffmpeg = ffmpeg;
        _frames = new BufferedStream(ffmpeg.StandardOutput.BaseStream, 1 << 20);
        _complaints = ffmpeg.StandardError.ReadToEndAsync();
        _every = every;
    }

    /// <summary>Starts decoding every <paramref name="every"/>th frame.</summary>
    /// <exception cref="UnreadablePictureException">There is no ffmpeg.</exception>
    public static VideoFrames Open(string path, int every)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        string[] arguments =
        [
            "-nostdin", "-v", "error",
            // A playlist inside the file must not lead anywhere else.
            "-protocol_whitelist", "file", "-i", "file:" + Path.GetFullPath(path),
            "-map", "0:v:0", "-vf", $"select=not(mod(n\\,{every})),crop=trunc(iw/2)*2:trunc(ih/2)*2", "-fps_mode", "passthrough",
            "-pix_fmt", "yuv420p", "-f", "yuv4mpegpipe", "-",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return new VideoFrames(Process.Start(start)!, every);
        }
        catch (Win32Exception)
        {
            throw new UnreadablePictureException("videos need ffmpeg, which is not installed (apt install ffmpeg)");
        }
    }

    /// <summary>The next frame with its number in the file, or null at the end; valid until the next call.</summary>
    /// <exception cref="UnreadablePictureException">The file is no video, or damaged.</exception>
    public (I420Picture Picture, int Number)? Next()
    {
        var line = ReadLine();
        if (_planes is null && line is not null)
        {
            ReadHeader(line);
            line = ReadLine();
        }

        if (line is null || _planes is null)
        {
            return CheckEnd();
        }

        ReadFrame(line, _planes);
        var number = _next;
        _next += _every;
        return (new I420Picture(_planes, _planes.Cols, _planes.Rows * 2 / 3, _colour), number);
    }

    public void Dispose()
    {
        if (!_ffmpeg.HasExited)
        {
            _ffmpeg.Kill();
        }

        _ffmpeg.WaitForExit();
        _ffmpeg.Dispose();
        _frames.Dispose();
        _planes?.Dispose();
    }

    private void ReadHeader(string header)
    {
        var parameters = header.Split(' ');
        if (parameters[0] != "YUV4MPEG2" || !int.TryParse(Parameter(parameters, "W"), out var width) || !int.TryParse(Parameter(parameters, "H"), out var height)
            || width < 2 || height < 2 || (long)width * height > Photograph.MostPixels)
        {
            throw new UnreadablePictureException($"ffmpeg delivers no usable video: {header}");
        }

        // The header has no matrix; 720 lines and more are high definition, BT.709, below that BT.601.
        _colour = (Parameter(parameters, "XCOLORRANGE=") == "FULL", height >= 720) switch
        {
            (true, true) => PictureColour.Bt709Full,
            (true, false) => PictureColour.Bt601Full,
            (false, true) => PictureColour.Bt709Limited,
            (false, false) => PictureColour.Bt601Limited,
        };
        _planes = new Mat(height * 3 / 2, width, MatType.CV_8UC1);
    }

    private static string? Parameter(string[] parameters, string key) =>
        parameters.Skip(1).FirstOrDefault(parameter => parameter.StartsWith(key, StringComparison.Ordinal))?[key.Length..];

    private void ReadFrame(string line, Mat planes)
    {
        if (!line.StartsWith("FRAME", StringComparison.Ordinal))
        {
            throw new UnreadablePictureException("ffmpeg's stream lost its frame");
        }

        var samples = planes.AsSpan<byte>();
        if (_frames.ReadAtLeast(samples, samples.Length, throwOnEndOfStream: false) < samples.Length)
        {
            throw new UnreadablePictureException("the last frame is cut short");
        }
    }

    private (I420Picture, int)? CheckEnd()
    {
        _ffmpeg.WaitForExit();
        var complaint = _complaints.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
        return _next > 0 && _ffmpeg.ExitCode == 0
            ? null
            : throw new UnreadablePictureException(string.Create(CultureInfo.InvariantCulture, $"ffmpeg: {complaint ?? "no picture in this file"}"));
    }

    private string? ReadLine()
    {
        var line = new StringBuilder();
        for (int value; (value = _frames.ReadByte()) >= 0 && line.Length < MostHeaderBytes;)
        {
            if (value == '\n')
            {
                return line.ToString();
            }

            line.Append((char)value);
        }

        return null;
    }
}
