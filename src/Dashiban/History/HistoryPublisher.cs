using Dashiban.Domain.Passages;
using Dashiban.Edge.Outbox;
using Dashiban.Edge.Publishing;
using Dashiban.Messaging;

namespace Dashiban.History;

/// <summary>What has come of a history.</summary>
/// <param name="Stored">Passages in the outbox, with those of earlier runs.</param>
/// <param name="Confirmed">Of these, recorded at the centre.</param>
internal readonly record struct HistoryBooks(long Stored, long Confirmed);

/// <summary>
/// Brings passages that were seen in the past to the centre on the same way as live ones: outbox, broker, confirmation. Line n of the
/// history is message n of the outbox, so a run that was cut off goes on where its disk ends.
/// </summary>
internal sealed class HistoryPublisher
{
    /// <summary>Appends that may wait for one commit.</summary>
    private const int MostPending = 64;

    private readonly EdgeOutbox _outbox;
    private readonly OutboxPublisher _publisher;
    private readonly MqttLink _link;
    private readonly TimeProvider _time;

    /// <param name="outbox">An outbox that holds this history and nothing else; not owned, its writer must not run.</param>
    public HistoryPublisher(EdgeOutbox outbox, MqttLinkOptions link, PublishOptions publish, TimeProvider time, Func<double> random, ILoggerFactory logs)
    {
        _outbox = outbox;
        _publisher = new OutboxPublisher(outbox, publish, time, random, logs.CreateLogger<OutboxPublisher>());
        _link = new MqttLink(link, _publisher.Subscriptions, _publisher.ReceiveAsync, time, random, logs.CreateLogger<MqttLink>());
        _time = time;
    }

    /// <summary>As of now; safe from any thread.</summary>
    public HistoryBooks Books => new(_outbox.NextSequence - 1, Math.Min(_publisher.ConfirmedThrough, _outbox.NextSequence - 1));

    /// <summary>Returns when all passages are confirmed, or when stopped; what was stored then goes out with the next run. Throws what ended the delivery.</summary>
    /// <param name="history">The whole history; what the outbox has already is skipped.</param>
    /// <param name="perSecond">Passages stored per second; 0 for as fast as the disk takes them.</param>
    /// <param name="stored">Told every number that is on disk.</param>
    /// <param name="stop">Ends early.</param>
    public async Task<HistoryBooks> RunAsync(IEnumerable<Passage> history, double perSecond, Action<long> stored, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var writing = _outbox.RunAsync(CancellationToken.None);
        Task[] delivery = [_link.RunAsync(ending.Token), _publisher.RunAsync(_link, ending.Token)];
        try
        {
            await StoreAsync(history, perSecond, stored, stop);
            while (Books is var books && books.Confirmed < books.Stored && !Array.Exists(delivery, task => task.IsCompleted))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), _time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop early; the books say how far it came.
        }
        finally
        {
            await ending.CancelAsync();
            try
            {
                await Task.WhenAll(delivery);
            }
            finally
            {
                _outbox.Complete();
                await writing;
            }
        }

        return Books;
    }

    private async Task StoreAsync(IEnumerable<Passage> history, double perSecond, Action<long> stored, CancellationToken stop)
    {
        var pending = new Queue<Task<RecordedPassage>>();
        var began = _time.GetTimestamp();
        var count = 0;
        foreach (var passage in history.Skip((int)(_outbox.NextSequence - 1)))
        {
            pending.Enqueue(_outbox.AppendAsync(passage, ReadOnlyMemory<byte>.Empty, stop));
            while (pending.Count >= MostPending || (pending.TryPeek(out var oldest) && oldest.IsCompleted))
            {
                stored((await pending.Dequeue()).Id.Sequence);
            }

            count++;
            if (perSecond > 0 && TimeSpan.FromSeconds(count / perSecond) - _time.GetElapsedTime(began) is { Ticks: > 0 } early)
            {
                await Task.Delay(early, _time, stop);
            }
        }

        while (pending.Count > 0)
        {
            stored((await pending.Dequeue()).Id.Sequence);
        }
    }
}
