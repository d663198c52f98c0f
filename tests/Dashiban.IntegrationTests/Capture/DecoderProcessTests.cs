using Dashiban.Edge;
using Dashiban.Edge.Capture;
using Dashiban.Testing.Capture;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashiban.IntegrationTests.Capture;

/// <summary>A real ffmpeg child on real files.</summary>
[Collection("decoders")]
public sealed class DecoderProcessTests
{
    public DecoderProcessTests()
    {
        if (!TestClips.CanDraw)
        {
            Assert.Skip("ffmpeg is not installed: apt-get install ffmpeg");
        }
    }

    [Theory]
    [InlineData("h264")]
    [InlineData("h265")]
    public void Every_picture_of_a_file_comes_with_its_time(string codec)
    {
        using var source = Open(codec == "h264" ? TestClips.H264() : TestClips.H265(), perSecond: 60);
        Assert.Equal(new PictureFormat(640, 360), source.Open());

        var samples = new byte[640 * 360 * 3 / 2];
        var times = new List<TimeSpan>();
        while (source.TryReadHeader(out var header))
        {
            source.ReadPicture(samples);
            times.Add(header.Time);
            Assert.Equal(0, header.Thinned);
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(i => TimeSpan.FromMilliseconds(40 * i)), times);
        Assert.Contains(samples, s => s > 150); // a picture, not a grey nothing
    }

    [Theory]
    [InlineData(12, 48)]
    [InlineData(5, 20)]
    [InlineData(0.5, 2)]
    public void The_decoder_keeps_to_the_wanted_rate_and_counts_what_it_leaves_out(double perSecond, int expected)
    {
        using var source = Open(TestClips.H264(), perSecond);
        source.Open();
        var (delivered, thinned) = (0, 0);
        while (source.TryReadHeader(out var header))
        {
            source.SkipPicture();
            delivered++;
            thinned += header.Thinned;
        }

        Assert.Equal(expected, delivered);
        Assert.InRange(delivered + thinned, 100 - (25 / perSecond), 100); // after the last one delivered nobody counts
    }

    [Fact]
    public void A_changed_resolution_is_a_changed_format()
    {
        using var source = Open(TestClips.TwoSizes(), perSecond: 60);
        source.Open();
        var fault = Assert.Throws<LaneFaultException>(() =>
        {
            while (source.TryReadHeader(out _))
            {
                source.SkipPicture();
            }
        });

        Assert.Equal(LaneFault.FormatChanged, fault.Fault);
    }

    [Fact]
    public void A_file_that_is_no_video_is_unreadable_and_says_so()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.mp4");
        File.WriteAllText(path, "this is no video");
        try
        {
            using var source = Open(path, perSecond: 12);
            var fault = Assert.Throws<LaneFaultException>(() => source.Open());

            Assert.Equal(LaneFault.StreamUnreadable, fault.Fault);
            Assert.Contains("Invalid data", fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_does_not_exist_is_named()
    {
        using var source = Open("/nowhere/clip.mp4", perSecond: 12);
        Assert.Contains("/nowhere/clip.mp4", Assert.Throws<LaneFaultException>(() => source.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_decoder_is_a_fault_of_the_installation_and_not_of_the_camera()
    {
        var options = new LaneOptions { Source = TestClips.H264(), Decoder = "no-such-decoder" };
        using var source = new DecoderProcess(options, NullLogger.Instance);

        Assert.Contains("install ffmpeg", Assert.Throws<InvalidOperationException>(() => source.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_connection_is_an_unreachable_camera_and_hides_the_password()
    {
        using var source = Open("rtsp://officer:s3cret@127.0.0.1:9/live", perSecond: 12);
        var fault = Assert.Throws<LaneFaultException>(() => source.Open());

        Assert.Equal(LaneFault.CameraUnreachable, fault.Fault);
        Assert.Contains("refused", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_wakes_a_reader_that_waits()
    {
        var options = new LaneOptions { Source = TestClips.H264(), Pace = FilePace.RealTime, AnalysedPerSecond = 0.5 };
        using var source = new DecoderProcess(options, NullLogger.Instance);
        source.Open();
        source.TryReadHeader(out _);
        source.SkipPicture();
        var reading = Task.Run(() => source.TryReadHeader(out _), TestContext.Current.CancellationToken);

        var started = TimeProvider.System.GetTimestamp();
        source.Interrupt();

        Assert.False(await reading.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task The_decoder_dies_with_the_thread_that_opened_it_and_so_with_the_process()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.mp4");
        File.Copy(TestClips.H264(), path);
        try
        {
            var options = new LaneOptions { Source = path, Pace = FilePace.RealTime };
            using var source = new DecoderProcess(options, NullLogger.Instance);
            var running = false;
            var owner = new Thread(() =>
            {
                source.Open();
                running = Decoders(path).Any();
            });
            owner.Start();
            owner.Join();
            Assert.True(running);

            var started = TimeProvider.System.GetTimestamp();
            while (Decoders(path).Any())
            {
                Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(3), "the decoder lives on");
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Processes that have this path among their arguments; dead ones have no arguments any more.</summary>
    private static IEnumerable<string> Decoders(string path) =>
        Directory.EnumerateDirectories("/proc").Where(process => int.TryParse(Path.GetFileName(process), out _)).Where(process =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(process, "cmdline")).Contains(path, StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return false;
            }
        });

    private static DecoderProcess Open(string path, double perSecond) =>
        new(new LaneOptions { Camera = "cam", Source = path, AnalysedPerSecond = perSecond }, NullLogger.Instance);
}
