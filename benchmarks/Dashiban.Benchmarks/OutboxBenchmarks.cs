using BenchmarkDotNet.Attributes;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;
using Dashiban.Edge.Outbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashiban.Benchmarks;

/// <summary>
/// Appending passages with a 10 KB plate crop to the outbox, flushed to the medium. One by one each pays for a flush; a group shares
/// one. The figures are of the disk as much as of the code.
/// </summary>
public class OutboxBenchmarks
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dashiban-outbox-").FullName;
    private readonly Passage _passage = new()
    {
        Site = "xinli-service-area",
        Camera = "xinli-in",
        CapturedAt = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(8)),
        FirstSeenAt = new DateTimeOffset(2026, 3, 2, 7, 59, 58, TimeSpan.FromHours(8)),
        LastSeenAt = new DateTimeOffset(2026, 3, 2, 8, 0, 1, TimeSpan.FromHours(8)),
        Plate = new PlateText("渝BD1234"),
        Colour = PlateColour.Yellow,
        Layout = PlateLayout.SingleRow,
        CharacterConfidences = [0.99f, 0.99f, 0.99f, 0.99f, 0.99f, 0.99f, 0.99f],
        AgreeingLooks = 9,
        Looks = 11,
        Seats = new SeatEvidence([new SeatWitness(SeatWitnessKind.Picture, 2.2, SeatClass.Minibus10To19, Looks: 11)]),
        PlateCropJpeg = new byte[10_000],
    };

    private EdgeOutbox _outbox = null!;
    private Task _writer = null!;

    [GlobalSetup]
    public void Open()
    {
        _outbox = EdgeOutbox.Open(
            new OutboxOptions { File = Path.Combine(_folder, "outbox.db") }, "edge", examine: null, TimeProvider.System, () => 0.5, NullLogger.Instance);
        _writer = Task.Run(() => _outbox.RunAsync(CancellationToken.None));
    }

    [GlobalCleanup]
    public async Task CloseAsync()
    {
        _outbox.Complete();
        await _writer;
        _outbox.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public Task AppendOne() => _outbox.AppendAsync(_passage, default, CancellationToken.None);

    [Benchmark(OperationsPerInvoke = 64)]
    public Task AppendGroupOf64() => Task.WhenAll(Enumerable.Range(0, 64).Select(_ => _outbox.AppendAsync(_passage, default, CancellationToken.None)));
}
