using BenchmarkDotNet.Attributes;
using Dashiban.Correlator.Register;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Rules;
using Dashiban.Domain.Seats;

namespace Dashiban.Benchmarks;

/// <summary>One vehicle that shuttles between two sites: what examining its history costs when one more passage arrives.</summary>
[MemoryDiagnoser]
public class RuleExamination
{
    private readonly RulePack _pack = Shuttle.Pack;
    private RuleBook _book = null!;
    private RuleContext _context = null!;
    private RecordedPassage[] _passages = null!;

    /// <summary>Passages of the vehicle within one month.</summary>
    [Params(10, 100, 1_000)]
    public int History { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _book = _pack.Book();
        _context = _pack.Context(new Coverage());
        _passages = [.. Enumerable.Range(0, History).Select(i => Shuttle.Passage(0, i, TimeSpan.FromDays(28) / History))];
    }

    /// <summary>All rules, all periods that the newest passage touches.</summary>
    [Benchmark]
    public Examination Examine() => _book.Examine(new PlateHistory(_passages), _passages[^1].Passage.CapturedAt, _context);
}

/// <summary>Passages recorded, examined and committed one by one into SQLite (WAL, synchronous FULL), 50 vehicles.</summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 1, iterationCount: 5)]
public class RegisterThroughput
{
    private const int Vehicles = 50;
    private const int Batch = 500;
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"dashiban-benchmark-{Environment.ProcessId}.db");
    private RegisterDatabase _database = null!;
    private SqlPlateRegister _register = null!;
    private int _next;

    [IterationSetup]
    public void Prepare()
    {
        Remove();
        _database = RegisterDatabase.Open(_path);
        _register = SqlPlateRegister.OpenAsync(_database, Shuttle.Pack, new RegisterOptions(), Shuttle.Start, CancellationToken.None)
            .GetAwaiter().GetResult();
        _next = 0;
    }

    [IterationCleanup]
    public void Remove()
    {
        _database?.Dispose();
        foreach (var file in Directory.EnumerateFiles(Path.GetTempPath(), Path.GetFileName(_path) + "*"))
        {
            File.Delete(file);
        }
    }

    /// <summary>Per passage.</summary>
    [Benchmark(OperationsPerInvoke = Batch)]
    public async Task Record()
    {
        for (var i = 0; i < Batch; i++, _next++)
        {
            var passage = Shuttle.Passage(_next % Vehicles, _next / Vehicles, TimeSpan.FromMinutes(40));
            await _register.RecordAsync(passage, passage.Passage.CapturedAt, CancellationToken.None);
        }
    }
}

/// <summary>Vans that go to and fro between two sites.</summary>
internal static class Shuttle
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, CountyTime.Offset);

    public static readonly RulePack Pack = new()
    {
        Sites = new SiteMap(
            [new Site("xinli", "新立服务区", "Xinli service area"), new Site("chengxi", "澄溪出口", "Chengxi exit")],
            [new TravelTime("xinli", "chengxi", TimeSpan.FromMinutes(25))]),
    };

    public static RecordedPassage Passage(int vehicle, int number, TimeSpan pause)
    {
        var at = Start + pause * number;
        var site = number % 2 == 0 ? "xinli" : "chengxi";
        return new RecordedPassage(
            new PassageId(Guid.Empty, 1 + number * 1000L + vehicle),
            new Passage
            {
                Site = site,
                Camera = $"{site}-1",
                CapturedAt = at,
                FirstSeenAt = at,
                LastSeenAt = at,
                Plate = new PlateText($"渝BK{1000 + vehicle}"),
                Colour = PlateColour.Blue,
                Layout = PlateLayout.SingleRow,
                CharacterConfidences = [0.99f, 0.99f, 0.99f, 0.99f, 0.99f, 0.99f, 0.99f],
                AgreeingLooks = 5,
                Looks = 6,
                Seats = new SeatEvidence([SeatFusion.FromRegister(7)]),
            });
    }
}
