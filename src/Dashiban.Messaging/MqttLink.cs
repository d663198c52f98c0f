using System.Buffers;
using System.Diagnostics.Metrics;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Dashiban.Messaging;

/// <summary>What became of one publish. Only <see cref="Accepted"/> says that the broker has it, and even that is not delivery.</summary>
public enum PublishOutcome
{
    /// <summary>The broker answered PUBACK without an error.</summary>
    Accepted,

    /// <summary>The broker answered with an error: no right to the topic, quota exceeded, payload refused.</summary>
    Refused,

    /// <summary>There was no connection; nothing was sent.</summary>
    NotConnected,

    /// <summary>The connection broke or the answer did not come in time: the broker may have it or not. Publish again.</summary>
    Unknown,
}

/// <summary>State of a link.</summary>
public enum LinkState
{
    Connecting,
    Connected,
    Stopped,
}

/// <summary>
/// One program's link to the broker: connects, subscribes, and comes back by itself for as long as <see cref="RunAsync"/> runs.
/// </summary>
/// <remarks>
/// Every connection has a client object of its own. MQTTnet sends an acknowledgement that belongs to a lost connection on the next
/// one without complaint, where the packet number means another message; a client that is thrown away cannot.
/// </remarks>
public sealed partial class MqttLink
{
    /// <summary>Name of the meter with <c>dashiban.link.connections</c> and <c>dashiban.link.publishes</c>.</summary>
    public const string MeterName = "Dashiban.Messaging";

    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);
    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Connections = Meter.CreateCounter<long>("dashiban.link.connections");
    private static readonly Counter<long> Publishes = Meter.CreateCounter<long>("dashiban.link.publishes");

    private readonly MqttLinkOptions _options;
    private readonly IReadOnlyList<string> _subscriptions;
    private readonly Func<IncomingMessage, CancellationToken, ValueTask> _receive;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly ILogger _log;
    private readonly Backoff _backoff;
    private volatile Connection? _current;
    private TaskCompletionSource _connected = NewSignal();
    private long _epoch;

    /// <param name="options">Valid options.</param>
    /// <param name="subscriptions">Topic filters, made again with QoS 1 on every connection; may be empty.</param>
    /// <param name="receive">
    /// Called for one message after the other. Waiting inside holds back the broker (up to the receive maximum), so hand over to a
    /// bounded channel and return; work on a database belongs behind that channel. An exception ends the connection, after which
    /// the broker sends the message again. The token is cancelled when the connection that brought the message is gone.
    /// </param>
    /// <param name="time">Clock of the pauses.</param>
    /// <param name="random">0 to 1, spreads the pauses.</param>
    /// <param name="log">Where connections are reported, once per episode.</param>
    public MqttLink(
        MqttLinkOptions options,
        IReadOnlyList<string> subscriptions,
        Func<IncomingMessage, CancellationToken, ValueTask> receive,
        TimeProvider time,
        Func<double> random,
        ILogger log)
    {
        _options = options;
        _subscriptions = subscriptions;
        _receive = receive;
        _time = time;
        _random = random;
        _log = log;
        _backoff = new Backoff(options.FirstRetry, options.LongestRetry);
    }

    public LinkState State { get; private set; } = LinkState.Connecting;

    /// <summary>Raised after every change of <see cref="State"/>, on the thread of the link; handlers must be short and must not throw.</summary>
    public event Action<LinkState>? StateChanged;

    /// <summary>Completes when the link is connected and subscribed: now, or at the next connection.</summary>
    public Task WaitUntilConnectedAsync(CancellationToken cancel) => Volatile.Read(ref _connected).Task.WaitAsync(cancel);

    /// <summary>
    /// Keeps the link alive until cancelled, then says goodbye to the broker (the session stays). Never throws for a broken or
    /// missing broker. To be called once.
    /// </summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var failures = 0;
        while (!cancel.IsCancellationRequested)
        {
            var fault = await ConnectAndServeAsync(() => failures = 0, cancel).ConfigureAwait(false);
            if (cancel.IsCancellationRequested)
            {
                break;
            }

            if (++failures == 1)
            {
                LogDown(_options.Host, _options.Port, fault);
            }

            Become(LinkState.Connecting);
            await PauseAsync(_backoff.After(failures, _random()), cancel).ConfigureAwait(false);
        }

        Become(LinkState.Stopped);
    }

    /// <summary>
    /// Publishes with QoS 1 and waits for the broker's answer. Never throws for a broken link. No more publishes are under way at a
    /// time than the broker allows; further calls wait.
    /// </summary>
    public async Task<PublishOutcome> PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel)
    {
        var outcome = _current is { } connection
            ? await connection.PublishAsync(topic, payload, retain, cancel).ConfigureAwait(false)
            : PublishOutcome.NotConnected;
        Publishes.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString()));
        return outcome;
    }

    private async Task<string> ConnectAndServeAsync(Action whenConnected, CancellationToken cancel)
    {
        using var connection = new Connection(++_epoch, _options.AnswerTimeout);
        connection.Client.ApplicationMessageReceivedAsync += args => ReceiveAsync(connection, args);
        connection.Client.DisconnectedAsync += args =>
        {
            connection.Lose(args.Exception?.Message ?? $"the broker closed it: {args.ReasonString ?? args.Reason.ToString()}");
            return Task.CompletedTask;
        };

        try
        {
            // The client's own timeout is off where a token is given; a broker that accepts and then keeps silent would hold us for ever.
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(_options.AnswerTimeout);
            var answer = await connection.Client.ConnectAsync(ClientOptions(), patience.Token).ConfigureAwait(false);
            if (answer.ResultCode != MqttClientConnectResultCode.Success)
            {
                return $"the broker refused: {answer.ResultCode}";
            }

            connection.Open(answer.ReceiveMaximum);
            if (await SubscribeAsync(connection, patience.Token).ConfigureAwait(false) is { } refused)
            {
                return refused;
            }

            whenConnected();
            Connections.Add(1);
            LogUp(_options.Host, _options.Port, connection.Epoch, answer.IsSessionPresent);
            _current = connection;
            Become(LinkState.Connected);
            await connection.Lost.WaitAsync(cancel).ConfigureAwait(false);
            return connection.WhyLost;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await connection.SayGoodbyeAsync(_options.SessionExpiry).ConfigureAwait(false);
            return "stopped";
        }
        catch (Exception broken) when (IsBrokenLink(broken))
        {
            return broken.InnerException?.Message ?? broken.Message;
        }
        finally
        {
            _current = null;
        }
    }

    private async Task<string?> SubscribeAsync(Connection connection, CancellationToken cancel)
    {
        if (_subscriptions.Count == 0)
        {
            return null;
        }

        var wanted = new MqttClientSubscribeOptionsBuilder();
        foreach (var filter in _subscriptions)
        {
            wanted.WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce);
        }

        var answer = await connection.Client.SubscribeAsync(wanted.Build(), cancel).ConfigureAwait(false);
        var refused = answer.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2);
        return refused is null ? null : $"the broker refused the subscription {refused.TopicFilter.Topic}: {refused.ResultCode}";
    }

    private async Task ReceiveAsync(Connection connection, MqttApplicationMessageReceivedEventArgs args)
    {
        args.AutoAcknowledge = false;
        var message = args.ApplicationMessage;
        var ack = new AckHandle(connection.Epoch, cancel => connection.AcknowledgeAsync(args, cancel));
        try
        {
            await _receive(new IncomingMessage(message.Topic, message.Payload.ToArray(), message.Retain, ack), connection.Alive).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (connection.Alive.IsCancellationRequested)
        {
            // The broker sends it again on the next connection.
        }
        catch (Exception fault)
        {
            // Left alone, the message would silently hold one slot of the receive window until the next connection; so make that now.
            LogReceiverFault(fault);
            connection.Lose($"the receiver of a message failed: {fault.Message}");
        }
    }

    private MqttClientOptions ClientOptions()
    {
        var builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(_options.Host, _options.Port)
            .WithClientId(_options.ClientId)
            .WithCleanStart(false)
            .WithSessionExpiryInterval((uint)_options.SessionExpiry.TotalSeconds)
            .WithReceiveMaximum((ushort)_options.ReceiveMaximum)
            .WithKeepAlivePeriod(_options.KeepAlive)
            .WithTimeout(_options.AnswerTimeout);

        if (_options.User.Length > 0)
        {
            builder.WithCredentials(_options.User, Password());
        }

        if (_options.Tls.Enabled)
        {
            builder.WithTlsOptions(ConfigureTls);
        }

        return builder.Build();
    }

    private string Password() => _options.PasswordFile.Length == 0
        ? _options.Password
        : File.ReadLines(_options.PasswordFile).FirstOrDefault() ?? "";

    private void ConfigureTls(MqttClientTlsOptionsBuilder tls)
    {
        var options = _options.Tls;
        tls.UseTls().WithTargetHost(options.ServerName.Length > 0 ? options.ServerName : _options.Host);
        if (options.CaFile.Length > 0)
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(options.CaFile);
            tls.WithTrustChain(authorities);
        }

        if (options.CertificateFile.Length > 0)
        {
            tls.WithClientCertificates([X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile)]);
        }
    }

    private void Become(LinkState state)
    {
        if (State == state)
        {
            return;
        }

        State = state;
        if (state == LinkState.Connected)
        {
            Volatile.Read(ref _connected).TrySetResult();
        }
        else if (Volatile.Read(ref _connected).Task.IsCompleted)
        {
            Volatile.Write(ref _connected, NewSignal());
        }

        StateChanged?.Invoke(state);
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(pause, _time, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loop sees it.
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// MQTTnet 5 sets its channel to null when a connection ends, before it says so; a call in that moment meets a null reference.
    /// Taken for a programming error, it would end the centre because the broker was started again.
    /// </summary>
    private static bool IsBrokenLink(Exception fault) => fault
        is MqttCommunicationException or MqttProtocolViolationException or MqttClientDisconnectedException
        or OperationCanceledException or TimeoutException or IOException or InvalidOperationException or ObjectDisposedException
        or System.Net.Sockets.SocketException or System.Security.Authentication.AuthenticationException
        or System.Security.Cryptography.CryptographicException or UnauthorizedAccessException or NullReferenceException;

    [LoggerMessage(1300, LogLevel.Information, "Connected to the broker {Host}:{Port}, connection {Epoch}, session kept: {SessionPresent}")]
    private partial void LogUp(string host, int port, long epoch, bool sessionPresent);

    [LoggerMessage(1301, LogLevel.Warning, "No link to the broker {Host}:{Port}: {Fault}. Trying again until it is back")]
    private partial void LogDown(string host, int port, string fault);

    [LoggerMessage(1302, LogLevel.Error, "A message could not be handed on; the connection is made anew so that it comes again")]
    private partial void LogReceiverFault(Exception fault);

    /// <summary>One connection: its client, its number, its window, and whether it still lives.</summary>
    private sealed class Connection(long epoch, TimeSpan answerTimeout) : IDisposable
    {
        private readonly CancellationTokenSource _alive = new();
        private readonly TaskCompletionSource _lost = NewSignal();
        private volatile SemaphoreSlim _window = new(1);

        public long Epoch { get; } = epoch;

        public IMqttClient Client { get; } = new MqttClientFactory().CreateMqttClient();

        public CancellationToken Alive => _alive.Token;

        public Task Lost => _lost.Task;

        public string WhyLost { get; private set; } = "";

        /// <summary>A broker throws out a client that has more publishes under way than it allowed in CONNACK.</summary>
        public void Open(ushort? serverReceiveMaximum) => _window = new SemaphoreSlim(serverReceiveMaximum is > 0 and < 1000 ? serverReceiveMaximum.Value : 1000);

        public void Lose(string why)
        {
            if (_lost.TrySetResult())
            {
                WhyLost = why;
                _alive.Cancel();
            }
        }

        public async Task<PublishOutcome> PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancel)
        {
            var window = _window;
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, Alive);
            try
            {
                await window.WaitAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return PublishOutcome.NotConnected;
            }

            try
            {
                var message = new MqttApplicationMessageBuilder()
                    .WithTopic(topic)
                    .WithPayload(new ReadOnlySequence<byte>(payload))
                    .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                    .WithRetainFlag(retain)
                    .Build();
                either.CancelAfter(answerTimeout);
                var answer = await Client.PublishAsync(message, either.Token).ConfigureAwait(false);
                return answer.IsSuccess ? PublishOutcome.Accepted : PublishOutcome.Refused;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                throw;
            }
            catch (MqttClientNotConnectedException)
            {
                return PublishOutcome.NotConnected;
            }
            catch (Exception broken) when (IsBrokenLink(broken))
            {
                return PublishOutcome.Unknown;
            }
            finally
            {
                window.Release();
            }
        }

        public async Task<bool> AcknowledgeAsync(MqttApplicationMessageReceivedEventArgs args, CancellationToken cancel)
        {
            if (_lost.Task.IsCompleted)
            {
                return false;
            }

            try
            {
                await args.AcknowledgeAsync(cancel).ConfigureAwait(false);
                return true;
            }
            catch (Exception broken) when (IsBrokenLink(broken) && !cancel.IsCancellationRequested)
            {
                return false;
            }
        }

        public async Task SayGoodbyeAsync(TimeSpan sessionExpiry)
        {
            try
            {
                // A dead network must not hold up the stop. Without the interval in DISCONNECT some brokers take zero and forget the session at once.
                await Client.DisconnectAsync(new MqttClientDisconnectOptions
                {
                    Reason = MqttClientDisconnectOptionsReason.NormalDisconnection,
                    SessionExpiryInterval = (uint)sessionExpiry.TotalSeconds,
                }).WaitAsync(LongestGoodbye).ConfigureAwait(false);
            }
            catch (Exception broken) when (IsBrokenLink(broken))
            {
                // The broker notices by itself.
            }
        }

        /// <summary>The window and the token source are left to the collector: calls that still hold them must not meet a disposed object.</summary>
        public void Dispose()
        {
            Lose("closed");
            Client.Dispose();
        }
    }
}
