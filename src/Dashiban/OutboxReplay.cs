using Dashiban.Domain.Passages;
using Dashiban.Edge.Outbox;
using Dashiban.Edge.Publishing;
using Dashiban.Messaging;

namespace Dashiban;

/// <summary>Sends passages that nobody just saw over the very path of live ones: outbox, broker, the centre's confirmation.</summary>
internal static class OutboxReplay
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Stores the passages in an outbox file and publishes until the centre has confirmed all of them. May be cut off at any moment and
    /// started again on the same file with no passages: what is stored and not confirmed goes out then.
    /// </summary>
    /// <returns>The outbox's identity.</returns>
    public static async Task<Guid> RunAsync(
        IEnumerable<Passage> passages,
        OutboxOptions file,
        PublishOptions publish,
        MqttLinkOptions broker,
        TimeProvider time,
        Func<double> random,
        ILoggerFactory logs,
        CancellationToken cancel)
    {
        using var outbox = EdgeOutbox.Open(file, broker.ClientId, examine: null, time, random, logs.CreateLogger<EdgeOutbox>());
        var publisher = new OutboxPublisher(outbox, publish, time, random, logs.CreateLogger<OutboxPublisher>());
        var link = new MqttLink(broker, publisher.Subscriptions, publisher.ReceiveAsync, time, random, logs.CreateLogger<MqttLink>());
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var writing = outbox.RunAsync(cancel);
        Task[] delivering = [link.RunAsync(ending.Token), publisher.RunAsync(link, ending.Token)];
        try
        {
            await Task.WhenAll(passages.Select(p => outbox.AppendAsync(p, ReadOnlyMemory<byte>.Empty, cancel)));
            while (publisher.ConfirmedThrough < outbox.NextSequence - 1)
            {
                await Task.Delay(LookEvery, time, cancel);
            }
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(delivering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            outbox.Complete();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return outbox.Id;
    }
}
