using System.Collections.Concurrent;
using System.Threading.Channels;
using Dashiban.Edge.Outbox;
using Dashiban.Messaging;
using Microsoft.Extensions.Logging;

namespace Dashiban.Edge.Publishing;

/// <summary>
/// Brings the outbox to the broker and listens for the centre's word. The decisions are <see cref="PublishPlan"/>'s; here is the I/O.
/// </summary>
/// <remarks>
/// Make the link with <see cref="Subscriptions"/> and <see cref="ReceiveAsync"/>, then run both. A stop may come at any moment:
/// what is not confirmed is published again after the next start, and the centre drops duplicates.
/// </remarks>
public sealed partial class OutboxPublisher
{
    private static readonly TimeSpan KeepWordEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstWordWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private readonly EdgeOutbox _outbox;
    private readonly PublishPlan _plan;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly ILogger _log;
    private readonly long _start;
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(30));
    private readonly ConcurrentQueue<(long Sequence, PublishOutcome Outcome)> _finished = new();
    private readonly ConcurrentQueue<(RecordedReport Report, bool Live)> _words = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly long _openedAt;
    private TimeSpan? _firstWordBy;
    private bool _mayPublish;
    private int _failures;
    private TimeSpan _heldUntil;
    private TimeSpan _keepWordAt;
    private TimeSpan _pruneAt;
    private long _confirmedThrough;

    public OutboxPublisher(EdgeOutbox outbox, PublishOptions options, TimeProvider time, Func<double> random, ILogger log)
    {
        _outbox = outbox;
        _plan = new PublishPlan(options, outbox.ConfirmedThrough);
        _confirmedThrough = outbox.ConfirmedThrough;
        _openedAt = outbox.NextSequence;
        // A new outbox cannot have been set back; any other listens first to what the centre has of it.
        _mayPublish = _openedAt == 1;
        _time = time;
        _random = random;
        _log = log;
        _start = time.GetTimestamp();
    }

    /// <summary>What the link has to subscribe to.</summary>
    public IReadOnlyList<string> Subscriptions => [Topics.Recorded(_outbox.Id)];

    /// <summary>Every message up to this one is recorded at the centre, as far as was heard; ahead of what is on disk.</summary>
    public long ConfirmedThrough => Volatile.Read(ref _confirmedThrough);

    /// <summary>To be given to the link as its receiver.</summary>
    public async ValueTask ReceiveAsync(IncomingMessage message, CancellationToken cancel)
    {
        if (WireMapping.TryReadRecorded(message.Payload.Span, out var report, out var refusal) && report.Outbox == _outbox.Id)
        {
            _words.Enqueue((report, !message.Retained));
            Wake();
        }
        else
        {
            LogUnreadable(message.Topic, refusal?.Reason ?? "it speaks of another outbox");
        }

        // Losing this acknowledgement is harmless: the word comes again, and the next one says the same.
        await message.Ack.AcknowledgeAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Publishes until stopped. Publishes that are under way then are waited for.</summary>
    public async Task RunAsync(MqttLink link, CancellationToken stop)
    {
        var publishing = new HashSet<Task>();
        var upkeep = Task.CompletedTask;
        _outbox.Grew += Wake;
        link.StateChanged += OnLink;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                publishing.RemoveWhere(task => task.IsCompletedSuccessfully);
                await Task.WhenAll(publishing.Where(task => task.IsCompleted)).ConfigureAwait(false);
                await TakeInAsync(stop).ConfigureAwait(false);
                publishing.UnionWith(Due(link).Select(message => PublishAsync(link, message, stop)));
                if (upkeep.IsCompleted)
                {
                    await upkeep.ConfigureAwait(false);
                    upkeep = UpkeepAsync(stop);
                }

                await SleepAsync(upkeep.IsCompleted, stop).ConfigureAwait(false);
            }
        }
        finally
        {
            link.StateChanged -= OnLink;
            _outbox.Grew -= Wake;
            await Task.WhenAll([.. publishing, upkeep]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private void Wake() => _wake.Writer.TryWrite(true);

    private void OnLink(LinkState state)
    {
        if (state == LinkState.Connected)
        {
            Wake();
        }
    }

    /// <summary>Tells the plan what happened since the last turn.</summary>
    private async Task TakeInAsync(CancellationToken stop)
    {
        while (_words.TryDequeue(out var word))
        {
            await CompareAsync(word.Report, stop).ConfigureAwait(false);
            _plan.Confirmed(word.Report, word.Live, Now);
        }

        while (_finished.TryDequeue(out var publish))
        {
            _plan.Finished(publish.Sequence, publish.Outcome, Now);
            Note(publish.Outcome);
        }

        _plan.Stored(_outbox.NextSequence - 1);
        Volatile.Write(ref _confirmedThrough, _plan.ConfirmedThrough);
    }

    /// <summary>
    /// A card that forgot its last commits, or a file restored from a copy, gives numbers again that the centre knows: unnoticed, new
    /// passages would be dropped there as duplicates. It shows in the first word, before anything was published.
    /// </summary>
    private async Task CompareAsync(RecordedReport report, CancellationToken stop)
    {
        if (!_mayPublish && report.Highest >= _openedAt)
        {
            LogSetBack(report.Highest, _openedAt - 1);
            await UntilStoppedAsync(_outbox.SkipPastAsync(_openedAt, report.Highest, stop)).ConfigureAwait(false);
        }

        _mayPublish = true;
    }

    private void Note(PublishOutcome outcome)
    {
        if (outcome == PublishOutcome.Accepted)
        {
            _failures = 0;
            return;
        }

        _heldUntil = Now + _backoff.After(++_failures, _random());
        if (outcome == PublishOutcome.Refused && _failures == 1)
        {
            LogRefused();
        }
    }

    private IReadOnlyList<OutboxMessage> Due(MqttLink link)
    {
        if (link.State != LinkState.Connected || Now < _heldUntil)
        {
            return [];
        }

        // The broker hands over the kept word at once where there is one.
        _firstWordBy ??= Now + FirstWordWithin;
        _mayPublish |= Now >= _firstWordBy;
        if (!_mayPublish || _plan.Take(Now) is not { Count: > 0 } sequences)
        {
            return [];
        }

        var messages = _outbox.Read(sequences);
        foreach (var absent in sequences.Except(messages.Select(message => message.Sequence)))
        {
            _plan.Absent(absent);
        }

        return messages;
    }

    private async Task PublishAsync(MqttLink link, OutboxMessage message, CancellationToken stop)
    {
        var outcome = PublishOutcome.Unknown;
        try
        {
            outcome = await link.PublishAsync(message.Topic, message.Body, retain: false, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the next start publishes it again.
        }

        _finished.Enqueue((message.Sequence, outcome));
        Wake();
    }

    /// <summary>Keeps the centre's word on disk, not more often than needed, and removes what is old; one of these at a time.</summary>
    private async Task UpkeepAsync(CancellationToken stop)
    {
        if (_plan.ConfirmedThrough > _outbox.ConfirmedThrough && Now >= _keepWordAt)
        {
            _keepWordAt = Now + KeepWordEvery;
            await UntilStoppedAsync(_outbox.ConfirmThroughAsync(_plan.ConfirmedThrough, stop)).ConfigureAwait(false);
            Wake();
        }

        if (Now >= _pruneAt)
        {
            _pruneAt = Now + PruneEvery;
            await UntilStoppedAsync(_outbox.PruneAsync(stop)).ConfigureAwait(false);
            Wake();
        }
    }

    /// <summary>An outbox that was closed or aborted meanwhile ends its own task; here it means only that the stop is near.</summary>
    private static async Task UntilStoppedAsync(Task work)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ChannelClosedException)
        {
        }
    }

    private async Task SleepAsync(bool upkeepIsDone, CancellationToken stop)
    {
        TimeSpan?[] alarms =
        [
            _plan.NextDue(),
            _heldUntil > Now ? _heldUntil : null,
            _mayPublish ? null : _firstWordBy,
            upkeepIsDone ? _pruneAt : null,
            upkeepIsDone && _plan.ConfirmedThrough > _outbox.ConfirmedThrough ? _keepWordAt : null,
        ];
        var pause = (alarms.Min() ?? TimeSpan.MaxValue) - Now;
        if (pause <= TimeSpan.Zero || pause > LongestSleep)
        {
            // Due already but not taken: the window is full or the link is down. An event ends that, or the next look does.
            pause = pause <= TimeSpan.Zero ? TimeSpan.FromSeconds(1) : LongestSleep;
        }

        using var alarm = new CancellationTokenSource(pause, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, stop);
        try
        {
            await _wake.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The alarm, or the stop that the loop sees.
        }
    }

    [LoggerMessage(1320, LogLevel.Warning, "A confirmation on {Topic} is not understood: {Reason}")]
    private partial void LogUnreadable(string topic, string reason);

    [LoggerMessage(1322, LogLevel.Error, "The centre has message {Highest} of this outbox, whose file ends at {Last}: the file was set back. What was stored since gets new numbers; check the medium")]
    private partial void LogSetBack(long highest, long last);

    [LoggerMessage(1321, LogLevel.Error, "The broker refuses what this edge publishes: check the rights of its user (mosquitto.acl) and the broker's limits")]
    private partial void LogRefused();
}
