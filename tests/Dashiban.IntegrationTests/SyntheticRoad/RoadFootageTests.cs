using System.ComponentModel;
using System.Diagnostics;
using Dashiban.SyntheticRoad;
using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Plates;
using Dashiban.SyntheticRoad.Script;
using Dashiban.SyntheticRoad.Vehicles;

namespace Dashiban.IntegrationTests.SyntheticRoad;

public sealed class RoadFootageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("road-footage-").FullName;

    [Fact]
    public async Task A_film_is_what_a_camera_would_send_with_its_truth_beside_it()
    {
        SkipWithoutFfmpeg();
        var film = Path.Combine(_folder, "xinli-in.mp4");
        var passage = new RoadPassage
        {
            At = TimeSpan.FromSeconds(1),
            Vehicle = VehicleKind.Microvan,
            Plate = new PlateFace("渝F52B16", PlateStyle.Blue),
        };
        var options = new RoadRenderOptions { Width = 640, Height = 360, Duration = TimeSpan.FromSeconds(2) };
        var done = new List<RoadProgress>();

        var truth = await RoadFootage.RenderAsync(CountyScenes.XinliIn, [passage], options, film, new Collect(done), TestContext.Current.CancellationToken);

        var probe = await ProbeAsync(film);
        Assert.Contains("codec_name=h264", probe, StringComparison.Ordinal);
        Assert.Contains("has_b_frames=0", probe, StringComparison.Ordinal);
        Assert.Contains("pix_fmt=yuv420p", probe, StringComparison.Ordinal);
        Assert.Contains("color_space=bt709", probe, StringComparison.Ordinal);
        Assert.Contains("r_frame_rate=25/1", probe, StringComparison.Ordinal);
        Assert.Contains("nb_frames=50", probe, StringComparison.Ordinal);
        Assert.Equal(new RoadProgress(50, 50), done[^1]);
        var saved = RoadTruth.Load(RoadFootage.TruthPath(film));
        Assert.Equal("渝F52B16", saved.Passages.Single().Plate);
        Assert.Equal("van_7_9", saved.Passages.Single().SeatClass);
        Assert.Equal(truth.Passages.Single().Looks.Count, saved.Passages.Single().Looks.Count);
    }

    [Fact]
    public async Task A_film_that_cannot_be_written_says_what_ffmpeg_said()
    {
        SkipWithoutFfmpeg();
        var options = new RoadRenderOptions { Width = 640, Height = 360, Duration = TimeSpan.FromSeconds(4) };

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => RoadFootage.RenderAsync(
            CountyScenes.XinliIn, [], options, Path.Combine(_folder, "missing", "film.mp4"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("No such file or directory", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void SkipWithoutFfmpeg()
    {
        try
        {
            using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", "-version") { RedirectStandardOutput = true });
            ffmpeg!.StandardOutput.ReadToEnd();
        }
        catch (Win32Exception)
        {
            Assert.Skip("ffmpeg is not installed (apt-get install ffmpeg).");
        }
    }

    private static async Task<string> ProbeAsync(string film)
    {
        using var probe = Process.Start(new ProcessStartInfo("ffprobe", ["-v", "error", "-show_streams", film]) { RedirectStandardOutput = true })!;
        return await probe.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Collect(List<RoadProgress> into) : IProgress<RoadProgress>
    {
        public void Report(RoadProgress value) => into.Add(value);
    }
}
