using System.Text;
using Dashiban.Messaging;
using Dashiban.Testing;
using MQTTnet;

namespace Dashiban.IntegrationTests.Delivery;

public sealed class LinkTests
{
    private const string Topic = "dashiban/v1/passage/here/00";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_old_connection_cannot_acknowledge()
    {
        await using var broker = await MosquittoProcess.StartAsync();
        await using var link = await RunningLink.ConnectedAsync(Options(broker), Topic);
        await PublishAsync(broker, "one");
        await Eventually.IsTrueAsync(() => link.Received.Count == 1, "the message arrived");
        var old = link.Received.Single();

        await ThrowOutAsync(broker);
        await Eventually.IsTrueAsync(() => link.Received.Count == 2, "the broker sent it again on the next connection");
        Assert.False(await old.Ack.AcknowledgeAsync(Cancel));

        // Had the old handle settled anything, the next connection would not bring the message a third time.
        await ThrowOutAsync(broker);
        await Eventually.IsTrueAsync(() => link.Received.Count == 3, "it is still unacknowledged");
        Assert.True(await link.Received.Last().Ack.AcknowledgeAsync(Cancel));
        Assert.False(await link.Received.Last().Ack.AcknowledgeAsync(Cancel));
        Assert.Equal([1, 2, 3], link.Received.Select(message => message.Ack.Epoch));

        await ThrowOutAsync(broker);
        await PublishAsync(broker, "two");
        await Eventually.IsTrueAsync(() => link.Received.Count == 4, "the next message arrived");
        Assert.Equal("two", Text(link.Received.Last()));
    }

    [Fact]
    public async Task The_broker_stops_at_the_receive_maximum_until_something_is_acknowledged()
    {
        await using var broker = await MosquittoProcess.StartAsync();
        await using var link = await RunningLink.ConnectedAsync(Options(broker) with { ReceiveMaximum = 5 }, Topic);
        for (var i = 0; i < 20; i++)
        {
            await PublishAsync(broker, $"{i}");
        }

        await Eventually.IsTrueAsync(() => link.Received.Count == 5, "five arrived");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Equal(5, link.Received.Count);

        await link.Received.First().Ack.AcknowledgeAsync(Cancel);
        await Eventually.IsTrueAsync(() => link.Received.Count > 5, "more after one was acknowledged");
    }

    [Fact]
    public async Task What_is_published_while_the_link_is_stopped_waits_in_the_session()
    {
        await using var broker = await MosquittoProcess.StartAsync();
        await (await RunningLink.ConnectedAsync(Options(broker), Topic)).DisposeAsync();
        await PublishAsync(broker, "meanwhile");

        await using var again = await RunningLink.ConnectedAsync(Options(broker), Topic);
        await Eventually.IsTrueAsync(() => again.Received.Count == 1, "it was kept");
        Assert.Equal("meanwhile", Text(again.Received.Single()));
    }

    [Fact]
    public async Task A_receiver_that_fails_gets_the_message_again_on_a_new_connection()
    {
        await using var broker = await MosquittoProcess.StartAsync();
        var failures = 2;
        await using var link = new RunningLink(Options(broker), [Topic], (message, cancel) => failures-- > 0
            ? throw new InvalidOperationException("not today")
            : new ValueTask(message.Ack.AcknowledgeAsync(cancel)));
        await link.Link.WaitUntilConnectedAsync(TestContext.Current.CancellationToken);
        await PublishAsync(broker, "one");

        await Eventually.IsTrueAsync(() => link.Received.Count == 3, "two failures, then taken");
        Assert.Equal([1, 2, 3], link.Received.Select(message => message.Ack.Epoch));
    }

    [Fact]
    public async Task The_link_comes_back_after_the_broker_was_killed()
    {
        await using var broker = await MosquittoProcess.StartAsync();
        await using var link = await RunningLink.ConnectedAsync(Options(broker), Topic);
        await broker.KillAsync();
        await Eventually.IsTrueAsync(() => link.Link.State == LinkState.Connecting, "the loss was noticed");
        Assert.Equal(PublishOutcome.NotConnected, await link.Link.PublishAsync(Topic, "x"u8.ToArray(), retain: false, TestContext.Current.CancellationToken));

        await broker.StartAgainAsync();
        await link.Link.WaitUntilConnectedAsync(TestContext.Current.CancellationToken);
        Assert.Equal(PublishOutcome.Accepted, await link.Link.PublishAsync(Topic, "x"u8.ToArray(), retain: false, TestContext.Current.CancellationToken));
        await Eventually.IsTrueAsync(() => link.Received.Count == 1, "the subscription was made again");
    }

    [Fact]
    public async Task A_publish_that_the_broker_never_answers_ends_as_unknown()
    {
        await using var broker = await MosquittoProcess.StartAsync();
        await using var link = await RunningLink.ConnectedAsync(Options(broker) with { AnswerTimeout = TimeSpan.FromSeconds(1) });
        broker.Pause();

        Assert.Equal(PublishOutcome.Unknown, await link.Link.PublishAsync(Topic, "x"u8.ToArray(), retain: false, TestContext.Current.CancellationToken));
        broker.Resume();
    }

    [Fact]
    public async Task A_broker_that_accepts_and_keeps_silent_is_given_up()
    {
        await using var broker = await MosquittoProcess.StartAsync();
        broker.Pause();
        await using var link = new RunningLink(Options(broker) with { AnswerTimeout = TimeSpan.FromSeconds(1) });
        await Eventually.IsTrueAsync(() => link.Log.Lines.Any(line => line.Contains("1301", StringComparison.Ordinal)), "the silence was reported");

        broker.Resume();
        await link.Link.WaitUntilConnectedAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel);
    }

    /// <summary>
    /// Between the loss of a connection and the word of it, the MQTT client has let go of the connection already: an acknowledgement or
    /// a publish in that moment must end as on any broken link. It could end the whole centre because its broker was started again (issue 3).
    /// </summary>
    [Fact]
    public async Task Whoever_acknowledges_or_publishes_while_the_broker_dies_meets_no_exception()
    {
        const int Held = 200;
        await using var broker = await MosquittoProcess.StartAsync((shipped, _) => shipped + $"max_inflight_messages {Held}\n");
        await using var link = await RunningLink.ConnectedAsync(Options(broker) with { ReceiveMaximum = Held }, Topic);
        for (var round = 0; round < 12; round++)
        {
            link.Received.Clear();
            await Task.WhenAll(Enumerable.Range(0, Held).Select(_ => link.Link.PublishAsync(Topic, "x"u8.ToArray(), retain: false, Cancel)));
            await Eventually.IsTrueAsync(() => link.Received.Count >= Held, "messages wait for an acknowledgement");

            var calls = new List<Task>();
            var killing = Task.Run(broker.KillAsync, Cancel);
            foreach (var message in link.Received)
            {
                calls.Add(message.Ack.AcknowledgeAsync(Cancel));
                calls.Add(link.Link.PublishAsync(Topic, "y"u8.ToArray(), retain: false, Cancel));
                Thread.SpinWait(1000);
            }

            await killing;
            await Task.WhenAll(calls);
            await broker.StartAgainAsync();
            await link.Link.WaitUntilConnectedAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        }
    }

    internal static MqttLinkOptions Options(MosquittoProcess broker) => new() { Port = broker.Port, ClientId = "link-under-test" };

    private static async Task PublishAsync(MosquittoProcess broker, string text)
    {
        using var client = await ConnectAsync(broker, "somebody");
        await client.PublishStringAsync(Topic, text, MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce);
        await client.DisconnectAsync();
    }

    /// <summary>Somebody else with the same identifier: the broker ends the link's connection but keeps its session.</summary>
    private static async Task ThrowOutAsync(MosquittoProcess broker)
    {
        using var rival = await ConnectAsync(broker, "link-under-test");
        await rival.DisconnectAsync(new MqttClientDisconnectOptions { SessionExpiryInterval = 600 });
    }

    private static async Task<IMqttClient> ConnectAsync(MosquittoProcess broker, string id)
    {
        var client = new MqttClientFactory().CreateMqttClient();

        // Left to itself the client acknowledges what the taken session holds, and the link under test never sees it again.
        client.ApplicationMessageReceivedAsync += args =>
        {
            args.AutoAcknowledge = false;
            return Task.CompletedTask;
        };
        await client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
            .WithTcpServer("127.0.0.1", broker.Port)
            .WithClientId(id)
            .WithCleanStart(false)
            .WithSessionExpiryInterval(600)
            .WithReceiveMaximum(1)
            .Build());
        return client;
    }

    private static string Text(IncomingMessage message) => Encoding.UTF8.GetString(message.Payload.Span);
}
