using System.Threading.Channels;
using Dashiban.Domain.Seats;
using Dashiban.Edge;
using Dashiban.Edge.Capture;
using Dashiban.Edge.Voting;
using Dashiban.Testing.Capture;
using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Reading;
using Dashiban.Vision.Scenes;

namespace Dashiban.Tests;

/// <summary>A whole lane on a scripted camera: pictures in, passages out.</summary>
public sealed class LaneTests
{
    private static readonly PictureFormat Format = new(640, 360);
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly Channel<VotedPassage> _passages = Channel.CreateUnbounded<VotedPassage>();
    private readonly LaneBooks _books = new();

    [Fact]
    public async Task A_vehicle_becomes_one_passage_with_pictures_and_a_full_funnel()
    {
        await PlayAsync("渝BD123W", from: 10, to: 40, pictures: 120);

        var voted = await _passages.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal("渝BD123W", voted.Passage.Plate.Value);
        Assert.Equal(("site", "cam"), (voted.Passage.Site, voted.Passage.Camera));
        Assert.InRange(voted.Passage.CapturedAt, Noon.AddSeconds(10 / 12.0 - 0.001), Noon.AddSeconds(40 / 12.0));
        Assert.False(voted.Passage.Interrupted);
        Assert.False(voted.Passage.PlateCropJpeg.IsEmpty);
        Assert.False(voted.SceneJpeg.IsEmpty);
        Assert.False(_passages.Reader.TryRead(out _));

        var funnel = _books.Funnel.ByName();
        Assert.Equal((30, 30, 30, 1, 1, 1), (funnel["Detected"], funnel["Cropped"], funnel["Read"], funnel["Tracks"], funnel["Valid"], funnel["Voted"]));
    }

    [Fact]
    public async Task A_vehicle_in_view_when_the_stream_ends_is_interrupted()
    {
        await PlayAsync("渝BD123W", from: 10, to: 60, pictures: 20);

        Assert.True(_passages.Reader.TryRead(out var voted));
        Assert.True(voted.Passage.Interrupted);
    }

    [Fact]
    public async Task A_vehicle_whose_plate_nobody_believes_is_a_reject_with_its_reason()
    {
        await PlayAsync("渝BD123W", from: 10, to: 40, pictures: 120, confidence: 0.2f);

        Assert.False(_passages.Reader.TryRead(out _));
        var funnel = _books.Funnel.ByName();
        Assert.Equal(1, funnel["Tracks"]);
        Assert.Equal(0, funnel["Voted"]);
        Assert.Equal(1, funnel.Where(step => step.Key.StartsWith("Rejected:", StringComparison.Ordinal)).Sum(step => step.Value));
    }

    [Fact]
    public async Task A_passage_on_an_empty_road_does_not_wait_for_the_next_vehicle()
    {
        // Twenty still seconds follow the vehicle: the gate must let frames through until its track has closed.
        await PlayAsync("渝BD123W", from: 10, to: 40, pictures: 280);

        Assert.True(_passages.Reader.TryRead(out var voted));
        Assert.False(voted.Passage.Interrupted);
        Assert.True(_books.Frames[Fate.Blank] > 100);
    }

    /// <summary>Twelve pictures a second of a still road, on which a plate shows from one picture to another.</summary>
    private async Task PlayAsync(string plate, int from, int to, int pictures, float confidence = 0.99f)
    {
        var script = Enumerable.Range(0, pictures).Select(i => new ScriptedStep.Picture(TimeSpan.FromSeconds(i / 12.0), (byte)(i >= from && i < to ? 160 : 100)));
        using var source = new ScriptedFrames(Format, script, canWait: true);
        var corners = new Quad(new(300, 200), new(400, 200), new(400, 230), new(300, 230));
        var detection = new PlateDetection(corners, 0.9f, IsDoubleRow: false);
        var eyes = new LaneEyes(
            (picture, into) =>
            {
                into.Clear();
                if (picture.Planes.At<byte>(0, 0) == 160)
                {
                    into.Plates.Add(detection);
                }
            },
            (_, detections, into) =>
            {
                into.Clear();
                into.AddRange(detections.Plates.Select(found => new VehicleLook(
                    new Box(200, 50, 300, 250),
                    VehicleRegionOrigin.Plate,
                    0.9f,
                    found,
                    new PlateReading([.. plate.Select(c => new CharacterReading(c, confidence))], confidence, PlateColourClass.Blue, 0.9f),
                    Seats: null)));
            });
        var options = new LaneOptions { Camera = "cam", Site = "site", FileStartsAt = Noon };
        var assembler = new PassageAssembler("site", "cam", new VotingOptions(), SeatModelTrust.Unmeasured, SeatRegister.Empty);
        var lane = new Lane(options, () => source, eyes, assembler, () => null, _passages.Writer, _books, _ => { }, TimeProvider.System);

        await lane.RunAsync(CancellationToken.None, TestContext.Current.CancellationToken);

        Assert.Equal(pictures, _books.Frames.Captured);
        Assert.Equal(0, _books.Frames.InFlight);
    }
}
