using System.Collections.Concurrent;
using Dashiban.Correlator.Ingest;
using Dashiban.Correlator.Register;
using Dashiban.Demo;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Rules;
using Dashiban.Edge.Outbox;
using Dashiban.Edge.Publishing;
using Dashiban.IntegrationTests.Outbox;
using Dashiban.Messaging;
using Dashiban.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashiban.IntegrationTests.Delivery;

/// <summary>From the outbox through a real broker into the register's ingest, and back as a confirmation.</summary>
public sealed class DeliveryTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_sequence_is_recorded_exactly_once()
    {
        await using var broker = await MosquittoProcess.StartAsync();
        await using var centre = await Centre.StartAsync(broker.Port);
        await using var edge = new EdgeSide(broker.Port, _folder["outbox.db"]);
        await edge.AppendAsync(300);

        await edge.ConfirmedAsync(300);
        Assert.Equal(Enumerable.Range(1, 300).Select(n => (long)n), (await centre.SequencesAsync()).Order());
        Assert.Equal(300, centre.Recorded.Count);
    }

    [Fact]
    public async Task A_passage_is_on_disk_before_it_is_published()
    {
        await using var broker = await MosquittoProcess.StartAsync();
        await using var edge = new EdgeSide(broker.Port, _folder["outbox.db"]);
        var early = new ConcurrentQueue<long>();
        await using var listener = new RunningLink(
            new MqttLinkOptions { Port = broker.Port, ClientId = "listener" },
            [Topics.AllPassages],
            (message, cancel) =>
            {
                Assert.True(WireMapping.TryReadPassage(message.Payload.Span, out var passage, out _));
                using var disk = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_folder["outbox.db"]};Mode=ReadOnly;Pooling=False");
                disk.Open();
                using var look = disk.CreateCommand();
                look.CommandText = "SELECT COUNT(*) FROM message WHERE sequence = " + passage.Id.Sequence;
                if ((long)look.ExecuteScalar()! == 0)
                {
                    early.Enqueue(passage.Id.Sequence);
                }

                return new ValueTask(message.Ack.AcknowledgeAsync(cancel));
            });
        await listener.Link.WaitUntilConnectedAsync(Cancel);
        await edge.AppendAsync(100);

        await Eventually.IsTrueAsync(() => listener.Received.Count >= 100, "all were published");
        Assert.Empty(early);
    }

    /// <summary>The stock limit of the broker drops all but the first thousand; the centre's word and the edge's disk repair it.</summary>
    [Fact]
    public async Task A_broker_that_drops_its_queue_loses_nothing()
    {
        const int Messages = 3000;
        await using var broker = await MosquittoProcess.StartAsync((configuration, _) => configuration
            .Replace("max_queued_messages 0", "max_queued_messages 1000", StringComparison.Ordinal));
        // The centre's session exists, but the centre is away.
        await (await Centre.StartAsync(broker.Port)).DisposeAsync();
        await using var edge = new EdgeSide(broker.Port, _folder["outbox.db"], new PublishOptions { MaxUnconfirmed = 5000, ConfirmWithin = TimeSpan.FromSeconds(2) });
        await edge.AppendAsync(Messages);
        await Eventually.IsTrueAsync(() => edge.Accepted >= Messages, "the broker took them all", 60);

        await using var centre = await Centre.StartAsync(broker.Port);
        await edge.ConfirmedAsync(Messages);
        Assert.Equal(Enumerable.Range(1, Messages).Select(n => (long)n), (await centre.SequencesAsync()).Order());
        Assert.True(edge.Accepted > Messages, "nothing was dropped: the test proves nothing");
    }

    [Fact]
    public async Task An_outbox_file_that_was_set_back_loses_nothing_new()
    {
        await using var broker = await MosquittoProcess.StartAsync();
        await using var centre = await Centre.StartAsync(broker.Port);
        await using (var edge = new EdgeSide(broker.Port, _folder["outbox.db"]))
        {
            await edge.AppendAsync(5);
            await edge.ConfirmedAsync(5);
        }

        File.Copy(_folder["outbox.db"], _folder["copy.db"]);
        await using (var edge = new EdgeSide(broker.Port, _folder["outbox.db"]))
        {
            await edge.AppendAsync(5);
            await edge.ConfirmedAsync(10);
        }

        File.Copy(_folder["copy.db"], _folder["outbox.db"], overwrite: true);
        await using var again = new EdgeSide(broker.Port, _folder["outbox.db"]);
        await again.AppendAsync(3);
        await again.ConfirmedAsync(13);
        Assert.Equal(13, (await centre.SequencesAsync()).Count);
    }

    [Fact]
    public async Task The_embedded_broker_of_the_demo_delivers_too()
    {
        await using var broker = await EmbeddedBroker.StartAsync(Checkout.FreePort());
        await using var centre = await Centre.StartAsync(broker.Port);
        await using var edge = new EdgeSide(broker.Port, _folder["outbox.db"]);
        await edge.AppendAsync(500);

        await edge.ConfirmedAsync(500);
        Assert.Equal(500, centre.Recorded.Count);
    }

    [Fact]
    public async Task Malformed_payloads_are_put_aside_and_the_rest_goes_on()
    {
        await using var broker = await MosquittoProcess.StartAsync();
        await using var centre = await Centre.StartAsync(broker.Port);
        await using var hostile = await RunningLink.ConnectedAsync(new MqttLinkOptions { Port = broker.Port, ClientId = "hostile" });
        byte[][] payloads = ["{"u8.ToArray(), [], "null"u8.ToArray(), [0xFF, 0xFE, 0x00], "{\"schema\":1}"u8.ToArray(), new byte[70_000]];
        foreach (var payload in payloads)
        {
            Assert.Equal(PublishOutcome.Accepted, await hostile.Link.PublishAsync("dashiban/v1/passage/here/00", payload, retain: false, Cancel));
        }

        await using var edge = new EdgeSide(broker.Port, _folder["outbox.db"]);
        await edge.AppendAsync(10);
        await edge.ConfirmedAsync(10);
        Assert.Equal(10, (await centre.SequencesAsync()).Count);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Outbox, publisher and link of an edge.</summary>
    private sealed class EdgeSide : IAsyncDisposable
    {
        private readonly RunningOutbox _outbox;
        private readonly OutboxPublisher _publisher;
        private readonly CancellationTokenSource _stop = new();
        private readonly System.Diagnostics.Metrics.MeterListener _meter = new();
        private readonly Task[] _parts;
        private long _accepted;

        public EdgeSide(int port, string file, PublishOptions? publish = null)
        {
            var random = new Random(2);
            _outbox = new RunningOutbox(EdgeOutbox.Open(new OutboxOptions { File = file }, "edge", null, TimeProvider.System, random.NextDouble, NullLogger.Instance));
            _publisher = new OutboxPublisher(_outbox.Outbox, publish ?? new PublishOptions(), TimeProvider.System, random.NextDouble, NullLogger.Instance);
            _meter.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "dashiban.link.publishes")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _meter.SetMeasurementEventCallback<long>((_, count, tags, _) => Interlocked.Add(ref _accepted, tags[0].Value is "Accepted" ? count : 0));
            _meter.Start();
            var link = new MqttLink(
                new MqttLinkOptions { Port = port, ClientId = "edge", FirstRetry = TimeSpan.FromSeconds(0.1) },
                _publisher.Subscriptions, _publisher.ReceiveAsync, TimeProvider.System, random.NextDouble, NullLogger.Instance);
            _parts = [link.RunAsync(_stop.Token), _publisher.RunAsync(link, _stop.Token)];
        }

        /// <summary>Publishes that the broker accepted, of all links in this process.</summary>
        public long Accepted => Volatile.Read(ref _accepted);

        public async Task AppendAsync(int count) =>
            await Task.WhenAll(Enumerable.Range(0, count).Select(i => _outbox.Outbox.AppendAsync(SomePassages.Minibus($"渝BD{i:0000}", SomePassages.Monday.AddSeconds(i)), default, Cancel)));

        public Task ConfirmedAsync(long through) => Eventually.IsTrueAsync(() => _publisher.ConfirmedThrough == through, $"all {through} are confirmed", 120);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_parts);
            await _outbox.DisposeAsync();
            _meter.Dispose();
            _stop.Dispose();
        }
    }

    /// <summary>The register in memory behind the real ingest and the real link.</summary>
    private sealed class Centre : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly MemoryPlateRegister _register;
        private readonly Task[] _parts;

        private Centre(int port, MemoryPlateRegister register)
        {
            _register = register;
            MqttLink link = null!;
            var ingest = new PassageIngest(
                register, new SequenceLedger([]), (topic, payload, cancel) => link.PublishAsync(topic, payload, retain: true, cancel), _ => { }, new IngestOptions(), TimeProvider.System, NullLogger.Instance);
            link = new MqttLink(
                new MqttLinkOptions { Port = port, ClientId = "correlator", FirstRetry = TimeSpan.FromSeconds(0.1) },
                PassageIngest.Subscriptions,
                (message, cancel) =>
                {
                    if (WireMapping.TryReadPassage(message.Payload.Span, out var passage, out _))
                    {
                        Recorded.TryAdd(passage.Id, passage);
                    }

                    return ingest.ReceiveAsync(message, cancel);
                },
                TimeProvider.System, () => 0.5, NullLogger.Instance);
            Link = link;
            _parts = [link.RunAsync(_stop.Token), ingest.RunAsync(_stop.Token)];
        }

        public MqttLink Link { get; }

        public ConcurrentDictionary<PassageId, RecordedPassage> Recorded { get; } = new();

        public static async Task<Centre> StartAsync(int port)
        {
            var centre = new Centre(port, new MemoryPlateRegister(new RulePack(), TimeProvider.System));
            await centre.Link.WaitUntilConnectedAsync(Cancel);
            return centre;
        }

        public async Task<IReadOnlyList<long>> SequencesAsync() =>
            [.. (await _register.ReadProgressAsync(Cancel)).SelectMany(outbox => Enumerable.Range(1, (int)outbox.Through).Select(n => (long)n).Concat(outbox.Beyond))];

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_parts);
            _stop.Dispose();
        }
    }
}
