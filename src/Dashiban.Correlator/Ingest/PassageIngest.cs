using System.Threading.Channels;
using Dashiban.Correlator.Register;
using Dashiban.Domain.Passages;
using Dashiban.Messaging;
using Microsoft.Extensions.Logging;

namespace Dashiban.Correlator.Ingest;

/// <summary>
/// From the broker into the register: a message is acknowledged only when its effect, or its refusal, is committed. Give
/// <see cref="ReceiveAsync"/> to the link, and run <see cref="RunAsync"/> beside it.
/// </summary>
public sealed partial class PassageIngest
{
    private readonly IPlateRegister _register;
    private readonly SequenceLedger _ledger;
    private readonly Confirmations _confirmations;
    private readonly IngestOptions _options;
    private readonly Action<HeartbeatReport> _heartbeat;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Channel<IncomingMessage> _queue;
    private readonly CoverageLedger _coverage = new();
    private readonly Lock _coverageGate = new();

    /// <param name="register">Not owned.</param>
    /// <param name="ledger">What is recorded already: <c>new SequenceLedger(await register.ReadProgressAsync(cancel))</c>.</param>
    /// <param name="publish">Publishes retained, for example <c>(topic, payload, ct) => link.PublishAsync(topic, payload, retain: true, ct)</c>.</param>
    /// <param name="heartbeat">Called with every readable heartbeat, from a worker; must be short and must not throw.</param>
    /// <param name="options">Valid options.</param>
    /// <param name="time">The centre's clock.</param>
    /// <param name="log">Refused messages and a refusing database, once per episode.</param>
    public PassageIngest(
        IPlateRegister register,
        SequenceLedger ledger,
        Func<string, ReadOnlyMemory<byte>, CancellationToken, Task<PublishOutcome>> publish,
        Action<HeartbeatReport> heartbeat,
        IngestOptions options,
        TimeProvider time,
        ILogger log)
    {
        _register = register;
        _ledger = ledger;
        _confirmations = new Confirmations(ledger, publish, TimeSpan.FromMilliseconds(options.ConfirmAfterMilliseconds), time);
        _heartbeat = heartbeat;
        _options = options;
        _time = time;
        _log = log;
        _queue = Channel.CreateBounded<IncomingMessage>(options.QueueLength);
    }

    /// <summary>What the link must subscribe to.</summary>
    public static IReadOnlyList<string> Subscriptions { get; } = [Topics.AllPassages, Topics.AllHits, Topics.AllHeartbeats];

    /// <summary>The link's receiver: hands over and returns; waits while the queue is full, which holds back the broker.</summary>
    public ValueTask ReceiveAsync(IncomingMessage message, CancellationToken cancel) => _queue.Writer.WriteAsync(message, cancel);

    /// <summary>Publishes all confirmations again; to be called when the link has connected, since a broker may have lost them.</summary>
    public void ConfirmAll() => _confirmations.MarkAll();

    /// <summary>
    /// Works until cancelled. What is still in the queue then stays unacknowledged and comes again. Ends with an exception only for
    /// a programming error.
    /// </summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        ConfirmAll();
        var work = Enumerable.Range(0, _options.Workers).Select(_ => WorkAsync(cancel)).Append(_confirmations.RunAsync(cancel)).ToArray();
        await Task.WhenAny(work).Unwrap();
        await Task.WhenAll(work);
    }

    private async Task WorkAsync(CancellationToken cancel)
    {
        try
        {
            await foreach (var message in _queue.Reader.ReadAllAsync(cancel))
            {
                await SettleAsync(message, cancel);
                await message.Ack.AcknowledgeAsync(cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The rest stays unacknowledged.
        }
    }

    /// <summary>Returns when the message is recorded or its refusal is; a database that refuses is asked again until cancelled.</summary>
    private async Task SettleAsync(IncomingMessage message, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await RecordAsync(message, cancel);
                if (attempt > 1)
                {
                    LogRegisterBack(attempt);
                }

                return;
            }
            catch (System.Data.Common.DbException fault)
            {
                if (attempt == 1)
                {
                    LogRegisterRefuses(fault);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(_options.RetryAfterMilliseconds), _time, cancel);
            }
        }
    }

    private Task RecordAsync(IncomingMessage message, CancellationToken cancel)
    {
        var payload = message.Payload.Span;
        WireRefusal? refusal;
        if (Under(message, Topics.AllPassages))
        {
            return WireMapping.TryReadPassage(payload, out var passage, out refusal)
                ? RecordAsync(passage, cancel)
                : RefuseAsync(message, refusal, cancel);
        }

        if (Under(message, Topics.AllHits))
        {
            return WireMapping.TryReadHit(payload, out var hit, out refusal)
                ? RecordAsync(hit, cancel)
                : RefuseAsync(message, refusal, cancel);
        }

        if (Under(message, Topics.AllHeartbeats))
        {
            return WireMapping.TryReadHeartbeat(payload, out var heartbeat, out refusal)
                ? RecordAsync(heartbeat, cancel)
                : RefuseAsync(message, refusal, cancel);
        }

        return RefuseAsync(message, new WireRefusal("no such topic"), cancel);
    }

    private async Task RecordAsync(RecordedPassage passage, CancellationToken cancel)
    {
        await _register.RecordAsync(passage, _time.GetUtcNow(), cancel);
        Confirm(passage.Id.Outbox, passage.Id.Sequence);
    }

    private async Task RecordAsync(EdgeHit hit, CancellationToken cancel)
    {
        await _register.RecordHitAsync(hit, _time.GetUtcNow(), cancel);
        Confirm(hit.Outbox, hit.Sequence);
    }

    private async Task RecordAsync(HeartbeatReport heartbeat, CancellationToken cancel)
    {
        _heartbeat(heartbeat);
        IReadOnlyList<CoverageFact> facts;
        lock (_coverageGate)
        {
            facts = _coverage.Observe(heartbeat);
        }

        if (facts.Count > 0)
        {
            await _register.RecordCoverageAsync(facts, _time.GetUtcNow(), cancel);
        }
    }

    private async Task RefuseAsync(IncomingMessage message, WireRefusal refusal, CancellationToken cancel)
    {
        LogRefused(message.Topic, refusal.Reason);
        await _register.RejectAsync(message.Topic, message.Payload, refusal, _time.GetUtcNow(), cancel);
        if (refusal.Outbox is { } outbox && refusal.Sequence > 0)
        {
            Confirm(outbox, refusal.Sequence);
        }
    }

    private void Confirm(Guid outbox, long sequence)
    {
        _ledger.Record(outbox, sequence);
        _confirmations.Mark(outbox);
    }

    private static bool Under(IncomingMessage message, string filter) =>
        message.Topic.AsSpan().StartsWith(filter.AsSpan(0, filter.Length - 1), StringComparison.Ordinal);

    [LoggerMessage(1400, LogLevel.Warning, "Refused a message on {Topic}: {Reason}. It is kept in rejected_message")]
    private partial void LogRefused(string topic, string reason);

    [LoggerMessage(1401, LogLevel.Error, "The register refuses to record; trying again, nothing is acknowledged meanwhile")]
    private partial void LogRegisterRefuses(Exception fault);

    [LoggerMessage(1402, LogLevel.Information, "The register records again after {Attempts} attempts")]
    private partial void LogRegisterBack(int attempts);
}
