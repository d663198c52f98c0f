using BenchmarkDotNet.Attributes;
using Dashiban.Domain.Plates;
using Dashiban.Edge.Tracking;
using Dashiban.Edge.Voting;
using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Reading;
using Dashiban.Vision.Scenes;

namespace Dashiban.Benchmarks;

/// <summary>One analysed frame through the tracker: vehicles abreast drive past for three seconds, then the next ones come.</summary>
[MemoryDiagnoser]
public class TrackerUpdate
{
    private const int FramesPerWave = 36;
    private const int Waves = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1 / 12.0);

    private readonly List<TrackLook> _into = [];
    private readonly List<Track> _closed = [];
    private VehicleLook[][] _frames = [];
    private Tracker _tracker = new(new TrackingOptions());
    private DateTimeOffset _at = DateTimeOffset.UnixEpoch;
    private int _next;

    /// <summary>Vehicles in the picture at once.</summary>
    [Params(1, 4, 16)]
    public int Vehicles { get; set; }

    [GlobalSetup]
    public void DriveBy()
    {
        var random = new Random(1);
        _tracker = new Tracker(new TrackingOptions());
        _frames = [.. Enumerable.Range(0, Waves).SelectMany(wave => Wave(wave, random))];
    }

    [Benchmark]
    public int Frame()
    {
        _at += Interval;
        _tracker.Observe(_at, 1920, 1080, _frames[_next], _into);
        _next = (_next + 1) % _frames.Length;
        _closed.Clear();
        _tracker.CloseExpired(_at, _closed);
        return _into.Count + _closed.Count;
    }

    private IEnumerable<VehicleLook[]> Wave(int wave, Random random)
    {
        for (var frame = 0; frame < FramesPerWave; frame++)
        {
            var looks = new VehicleLook[Vehicles];
            for (var i = 0; i < Vehicles; i++)
            {
                var size = 60 + frame;
                var box = new Box((i * 110) + random.NextSingle(), 100 + (frame * 20), size, size);
                var plate = new PlateDetection(new Quad(new(0, 0), new(1, 0), new(1, 1), new(0, 1)), 0.9f, IsDoubleRow: false);
                looks[i] = new VehicleLook(box, VehicleRegionOrigin.Plate, 0.9f, plate, SomeReading.Of($"渝{(char)('A' + i)}{wave:00}{frame % 2:0}{i:00}", random), null);
            }

            yield return looks;
        }
    }
}

/// <summary>One vote over the looks of one vehicle, a quarter of them misread.</summary>
[MemoryDiagnoser]
public class PlateVoting
{
    private PlateLook[] _looks = [];

    [Params(4, 16, 64)]
    public int Looks { get; set; }

    [GlobalSetup]
    public void Read()
    {
        var random = new Random(1);
        _looks = [.. Enumerable.Range(0, Looks).Select(i => new PlateLook(
            DateTimeOffset.UnixEpoch.AddMilliseconds(i * 83),
            SomeReading.Of(i % 4 == 3 ? "渝B1234" + (i % 10) : "渝B12345", random),
            PlateLayout.SingleRow))];
    }

    [Benchmark]
    public VoteOutcome Vote() => PlateVote.Decide(_looks, Options);

    private static readonly VotingOptions Options = new();
}

/// <summary>Readings with confidences as they come from a reader.</summary>
internal static class SomeReading
{
    public static PlateReading Of(string text, Random random)
    {
        CharacterReading[] characters = [.. text.Select(c => new CharacterReading(c, 0.6f + (0.4f * random.NextSingle())))];
        return new PlateReading(characters, characters.Min(c => c.Confidence), PlateColourClass.Blue, 0.9f);
    }
}
