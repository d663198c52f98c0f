using System.Diagnostics;
using System.Globalization;
using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Painting;
using Dashiban.SyntheticRoad.Script;

namespace Dashiban.SyntheticRoad;

/// <summary>How far the rendering of a film has come.</summary>
public readonly record struct RoadProgress(int FramesDone, int FrameCount);

/// <summary>Renders films of virtual cameras to H.264 files, with the truth beside them.</summary>
public static class RoadFootage
{
    /// <summary>
    /// Renders the film to <paramref name="outputMp4"/> (H.264 without B pictures, a key picture every second, BT.709) by
    /// piping it to a child <c>ffmpeg</c>, and writes the truth to the same name with the extension <c>.truth.json</c>.
    /// </summary>
    /// <returns>The truth, as written.</returns>
    /// <exception cref="ArgumentException">Options or passages cannot be used; the message says what to do.</exception>
    /// <exception cref="InvalidOperationException">ffmpeg is missing or failed; the message carries what it said.</exception>
    public static async Task<RoadTruth> RenderAsync(
        CameraScene scene,
        IReadOnlyList<RoadPassage> passages,
        RoadRenderOptions options,
        string outputMp4,
        IProgress<RoadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Check(scene, passages, options);
        using var stage = new Stage(scene, passages, options);
        using var encoder = VideoEncoder.Start(options, outputMp4);
        try
        {
            await PaintAllAsync(stage, encoder, progress, cancellationToken);
            await encoder.FinishAsync(cancellationToken);
        }
        catch
        {
            encoder.Abandon();
            throw;
        }

        var truth = TruthTeller.Tell(stage);
        truth.Save(TruthPath(outputMp4));
        return truth;
    }

    /// <summary>Where <see cref="RenderAsync"/> puts the truth of a film.</summary>
    public static string TruthPath(string outputMp4) => Path.ChangeExtension(outputMp4, ".truth.json");

    internal static void Check(CameraScene scene, IReadOnlyList<RoadPassage> passages, RoadRenderOptions options)
    {
        var errors = options.Validate().Concat(RoadScript.Validate(scene, passages)).ToList();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', errors));
        }
    }

    /// <summary>Painters work ahead of the encoder by one picture each; pictures reach it in order.</summary>
    private static async Task PaintAllAsync(Stage stage, VideoEncoder encoder, IProgress<RoadProgress>? progress, CancellationToken cancellationToken)
    {
        var painters = Enumerable.Range(0, stage.Options.Painters)
            .Select(_ => (Painter: new FramePainter(stage), Buffer: new byte[Planes.ByteCount(stage.Options.Width, stage.Options.Height)]))
            .ToArray();
        var work = new Task?[painters.Length];
        try
        {
            for (var frame = 0; frame < stage.Options.FrameCount; frame++)
            {
                for (var ahead = frame; ahead < Math.Min(frame + painters.Length, stage.Options.FrameCount); ahead++)
                {
                    var (painter, buffer) = painters[ahead % painters.Length];
                    var number = ahead;
                    work[ahead % painters.Length] ??= Task.Run(() => painter.Paint(number, buffer), cancellationToken);
                }

                var turn = frame % painters.Length;
                await work[turn]!;
                await encoder.WriteAsync(painters[turn].Buffer, cancellationToken);
                work[turn] = null;
                progress?.Report(new RoadProgress(frame + 1, stage.Options.FrameCount));
            }
        }
        finally
        {
            await Task.WhenAll(work.OfType<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var (painter, _) in painters)
            {
                painter.Dispose();
            }
        }
    }

    /// <summary>A child ffmpeg that takes raw pictures on its standard input.</summary>
    private sealed class VideoEncoder : IDisposable
    {
        private readonly Process _process;
        private readonly Task<string> _complaints;

        private VideoEncoder(Process process) => (_process, _complaints) = (process, process.StandardError.ReadToEndAsync());

        public static VideoEncoder Start(RoadRenderOptions options, string outputMp4)
        {
            var start = new ProcessStartInfo("ffmpeg") { RedirectStandardInput = true, RedirectStandardError = true };
            var rate = options.FramesPerSecond.ToString(CultureInfo.InvariantCulture);
            string[] arguments =
            [
                "-v", "error", "-y",
                "-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", $"{options.Width}x{options.Height}", "-framerate", rate, "-i", "-",
                "-c:v", "libx264", "-preset", "superfast", "-crf", "23", "-bf", "0", "-g", rate, "-keyint_min", rate, "-sc_threshold", "0",
                "-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
                "-threads", "2", "-movflags", "+faststart", outputMp4,
            ];
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            try
            {
                return new VideoEncoder(Process.Start(start)!);
            }
            catch (System.ComponentModel.Win32Exception error)
            {
                throw new InvalidOperationException("ffmpeg cannot be started. Install the Debian package ffmpeg (apt-get install ffmpeg).", error);
            }
        }

        public async Task WriteAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellationToken)
        {
            try
            {
                await _process.StandardInput.BaseStream.WriteAsync(picture, cancellationToken);
            }
            catch (IOException)
            {
                throw new InvalidOperationException($"ffmpeg ended early: {await _complaints}");
            }
        }

        public async Task FinishAsync(CancellationToken cancellationToken)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(cancellationToken);
            if (_process.ExitCode != 0)
            {
                throw new InvalidOperationException($"ffmpeg failed with code {_process.ExitCode}: {await _complaints}");
            }
        }

        public void Abandon()
        {
            if (!_process.HasExited)
            {
                _process.Kill();
            }
        }

        public void Dispose() => _process.Dispose();
    }
}
