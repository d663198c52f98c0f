using System.Collections.Concurrent;
using Dashiban.Correlator.Ingest;
using Dashiban.Correlator.Register;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Rules;
using Dashiban.Messaging;
using Dashiban.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashiban.Tests.Ingest;

public sealed class PassageIngestTests : IAsyncDisposable
{
    private readonly MemoryPlateRegister _register = new(new RulePack { Sites = Journeys.County }, TimeProvider.System);
    private readonly ConcurrentQueue<string> _events = [];
    private readonly ConcurrentQueue<HeartbeatReport> _heartbeats = [];
    private readonly ConcurrentDictionary<string, RecordedReport> _confirmed = [];
    private readonly CancellationTokenSource _stop = new();
    private PublishOutcome _link = PublishOutcome.Accepted;
    private PassageIngest _ingest = null!;
    private Task _running = Task.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    [Fact]
    public async Task A_message_is_acknowledged_only_after_commit_or_rejection()
    {
        await StartAsync();
        var passage = new Journeys().Add("渝BK3721", "xinli", Journeys.At(8)).All[0];
        await SendAsync(Topics.Passage("xinli", PlateKey.Of(passage.Passage.Plate)), WireJson.Write(WireMapping.ToReport(passage)));
        Assert.Equal([1], Assert.Single(await _register.ReadProgressAsync(Cancel)).Beyond);

        await SendAsync(Topics.Root + "/passage/xinli/00", [1, 2, 3]);
        var spoilt = WireMapping.ToReport(passage) with { Sequence = 2, Layout = "triple" };
        await SendAsync(Topics.Root + "/passage/xinli/00", WireJson.Write(spoilt));
        Assert.Equal([1, 2], Assert.Single(await _register.ReadProgressAsync(Cancel)).Beyond);
        Assert.Equal(3, _events.Count);
    }

    [Fact]
    public async Task Confirmations_say_what_is_recorded_and_are_repeated_until_the_broker_has_them()
    {
        _link = PublishOutcome.NotConnected;
        await StartAsync();
        var journeys = new Journeys().Add("渝BK3721", "xinli", Journeys.At(8)).Add("渝BK3721", "xinli", Journeys.At(9)).Add("渝BK3721", "xinli", Journeys.At(10));
        foreach (var passage in new[] { journeys.All[0], journeys.All[2] })
        {
            await SendAsync(Topics.Passage("xinli", PlateKey.Of(passage.Passage.Plate)), WireJson.Write(WireMapping.ToReport(passage)));
        }

        Assert.Empty(_confirmed);
        _link = PublishOutcome.Accepted;
        var report = await ConfirmedAsync(r => r.Highest == 3);
        Assert.Equal((1, 2), (report.RecordedThrough, Assert.Single(report.Missing).First));
    }

    [Fact]
    public async Task A_restarted_centre_confirms_what_it_had()
    {
        await _register.RecordAsync(new Journeys().Add("渝BK3721", "xinli", Journeys.At(8)).All[0], Journeys.At(9), Cancel);
        await StartAsync();
        Assert.Equal(1, (await ConfirmedAsync(r => r.Highest == 1)).RecordedThrough);
    }

    private async Task StartAsync()
    {
        _ingest = new PassageIngest(
            _register,
            new SequenceLedger(await _register.ReadProgressAsync(Cancel)),
            (topic, payload, _) =>
            {
                if (_link == PublishOutcome.Accepted && WireMapping.TryReadRecorded(payload.Span, out var report, out var _))
                {
                    _confirmed[topic] = report;
                }

                return Task.FromResult(_link);
            },
            _heartbeats.Enqueue,
            new IngestOptions { ConfirmAfterMilliseconds = 1 },
            TimeProvider.System,
            NullLogger.Instance);
        _running = _ingest.RunAsync(_stop.Token);
    }

    private async Task SendAsync(string topic, byte[] payload)
    {
        var acknowledged = new TaskCompletionSource();
        var ack = new AckHandle(1, _ =>
        {
            _events.Enqueue(topic);
            acknowledged.SetResult();
            return Task.FromResult(true);
        });
        await _ingest.ReceiveAsync(new IncomingMessage(topic, payload, false, ack), Cancel);
        await acknowledged.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
    }

    private async Task<RecordedReport> ConfirmedAsync(Func<RecordedReport, bool> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            if (_confirmed.TryGetValue(Topics.Recorded(Journeys.Outbox), out var report) && wanted(report))
            {
                return report;
            }

            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
