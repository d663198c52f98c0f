using System.Globalization;
using System.Text;
using System.Text.Json;
using Dashiban.Domain.Passages;
using Dashiban.Messaging;
using Dashiban.Testing;
using Microsoft.Data.Sqlite;

namespace Dashiban.IntegrationTests.Delivery;

/// <summary>
/// A day of passages is replayed by three real processes (edge publisher, mosquitto, correlator) while one after the other is killed
/// with signal 9 at a random moment and started again. Nothing that was on the edge's disk may be missing at the centre or be there twice.
/// A kill leaves the operating system's cache alone: this proves the order of the steps, not the medium's promise at a power cut.
/// </summary>
/// <remarks><c>DASHIBAN_CRASH_ROUNDS</c> and <c>DASHIBAN_CRASH_SEED</c> change how long and which; <c>deploy/crash-storm.sh</c> sets them.</remarks>
public sealed class CrashStorm : IAsyncLifetime
{
    private const int DayLength = 40_000;
    private const int PerSecond = 60;

    /// <summary>Yesterday: older passages fall to the centre's retention, which is not the question here.</summary>
    private static readonly DateTimeOffset Midnight = new(TimeProvider.System.GetUtcNow().Date.AddDays(-1), TimeSpan.Zero);

    private readonly ScratchFolder _folder = new();
    private readonly int _pagePort = Checkout.FreePort();
    private MosquittoProcess _broker = null!;
    private DashibanProcess? _edge;
    private DashibanProcess? _centre;
    private long _committed;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _broker = await MosquittoProcess.StartAsync();
        await File.WriteAllTextAsync(_folder["edge.json"], JsonSerializer.Serialize(new
        {
            edge = new
            {
                id = "edge-storm",
                cameras = new[] { new { camera = "xinli-in", site = "xinli-service-area", source = "rtsp://127.0.0.1:1/none" } },
                outbox = new { file = _folder["outbox.db"] },
                link = Link("edge-storm"),
                publish = new { confirmWithin = "00:00:05" },
            },
        }), Cancel);
        await File.WriteAllTextAsync(_folder["centre.json"], JsonSerializer.Serialize(new
        {
            correlator = new { dataFolder = _folder["centre"], link = Link("correlator"), web = new { listen = $"http://127.0.0.1:{_pagePort}" } },
        }), Cancel);
        WriteDay(_folder["day.jsonl"], DayLength);
    }

    [Fact]
    public async Task Kill_minus_nine_loses_no_committed_passage()
    {
        var rounds = Setting("DASHIBAN_CRASH_ROUNDS", 50);
        var seed = Setting("DASHIBAN_CRASH_SEED", 20260302);
        var random = new Random(seed);
        StartEdge();
        StartCentre();
        for (var round = 0; round < rounds; round++)
        {
            await Task.Delay(random.Next(50, 1500), Cancel);
            await KillOneAsync(random.Next(3));
        }

        var stored = await FinishAsync();
        var recorded = ReadJournal();
        TestContext.Current.SendDiagnosticMessage($"crash storm, seed {seed}: {rounds} kills, {stored} passages stored, {recorded.Count} recorded");

        Assert.True(stored >= _committed, $"the edge said that {_committed} were on disk and has {stored}");
        Assert.True(stored > rounds, $"only {stored} passages in {rounds} rounds: the storm hit nothing");
        Assert.Equal(Enumerable.Range(1, (int)stored).Select(n => (long)n), recorded.Select(row => row.Sequence));
        Assert.All(recorded, row => Assert.Equal(CapturedAt(row.Sequence), row.CapturedAt));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _edge, _centre }.OfType<DashibanProcess>())
        {
            await process.DisposeAsync();
        }

        await _broker.DisposeAsync();
        _folder.Dispose();
    }

    private async Task KillOneAsync(int which)
    {
        switch (which)
        {
            case 0:
                await _edge!.KillAsync();
                NoteCommitted();
                StartEdge();
                break;
            case 1:
                await _centre!.KillAsync();
                StartCentre();
                break;
            default:
                await _broker.KillAsync();
                await _broker.StartAgainAsync();
                break;
        }
    }

    /// <summary>The weather is fair again: the edge is stopped tidily, then sent through what it stored until all of it is confirmed.</summary>
    private async Task<long> FinishAsync()
    {
        await Eventually.IsTrueAsync(() => _edge!.Output.Any(line => line.StartsWith("stored", StringComparison.Ordinal)), "the edge goes on", 60);
        var end = await _edge!.StopAsync(Cancel);
        Assert.True(end is 0 or 1, $"exit code {end}: {string.Join('\n', _edge.Errors)}");
        NoteCommitted();
        var stored = long.Parse(_edge.Output.Last().Split(' ')[1], CultureInfo.InvariantCulture);
        WriteDay(_folder["day.jsonl"], (int)stored);

        StartEdge();
        Assert.Equal(0, await ConfirmedAsync());
        Assert.Equal($"stored {stored} confirmed {stored}", _edge.Output.Last());
        await _centre!.StopAsync(Cancel);
        return stored;
    }

    /// <summary>The edge's exit code once all is confirmed; if that takes too long, both ends say why.</summary>
    private async Task<int> ConfirmedAsync()
    {
        try
        {
            return await _edge!.WaitAsync(Cancel).WaitAsync(TimeSpan.FromMinutes(3), Cancel);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"the edge still waits for confirmations; it says\n{Said(_edge!)}\nand the centre{(_centre!.HasExited ? ", which has ended," : "")} says\n{Said(_centre)}", late);
        }
    }

    private static string Said(DashibanProcess process) => string.Join('\n', process.Output.TakeLast(3).Concat(process.Errors.TakeLast(40)));

    private void StartEdge() => _edge = DashibanProcess.Start(
        "outbox", "publish", "--config", _folder["edge.json"], "--file", _folder["day.jsonl"], "--say-stored", "--per-second", $"{PerSecond}");

    private void StartCentre() => _centre = DashibanProcess.Start("correlator", "--config", _folder["centre.json"]);

    private void NoteCommitted() => _committed = _edge!.Output
        .Where(line => line.StartsWith("stored ", StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture))
        .Append(_committed)
        .Max();

    private List<(long Sequence, long CapturedAt)> ReadJournal()
    {
        using var journal = new SqliteConnection($"Data Source={_folder["centre/journal.db"]};Mode=ReadOnly;Pooling=False");
        journal.Open();
        using var command = journal.CreateCommand();
        command.CommandText = "SELECT sequence, captured_at FROM passage ORDER BY sequence";
        using var reader = command.ExecuteReader();
        var rows = new List<(long, long)>();
        while (reader.Read())
        {
            rows.Add((reader.GetInt64(0), reader.GetInt64(1)));
        }

        return rows;
    }

    private object Link(string id) => new { port = _broker.Port, clientId = id, firstRetry = "00:00:00.1", longestRetry = "00:00:01" };

    private static void WriteDay(string path, int length)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        for (var n = 1; n <= length; n++)
        {
            var passage = SomePassages.Minibus($"渝BD{n % 2000:0000}", Midnight.AddSeconds(n));
            file.WriteLine(Encoding.UTF8.GetString(WireJson.Write(WireMapping.ToReport(new RecordedPassage(new PassageId(new Guid(1, 2, 3, new byte[8]), n), passage)))));
        }
    }

    private static long CapturedAt(long sequence) => Midnight.AddSeconds(sequence).ToUnixTimeMilliseconds() * 1000;

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
