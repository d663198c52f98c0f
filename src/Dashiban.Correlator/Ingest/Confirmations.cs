using System.Threading.Channels;
using Dashiban.Messaging;

namespace Dashiban.Correlator.Ingest;

/// <summary>
/// Tells edges what is recorded, retained, one message per outbox and pause however many passages came. What could not be published
/// is tried again after the next pause.
/// </summary>
internal sealed class Confirmations(
    SequenceLedger ledger, Func<string, ReadOnlyMemory<byte>, CancellationToken, Task<PublishOutcome>> publish, TimeSpan pause, TimeProvider time)
{
    /// <summary>A broken link is not asked again at every pause.</summary>
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<Guid> _waiting = [];

    // Holds one: awake is awake, however many marks there were.
    private readonly Channel<bool> _marked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Mark(Guid outbox)
    {
        lock (_gate)
        {
            _waiting.Add(outbox);
        }

        _marked.Writer.TryWrite(true);
    }

    public void MarkAll()
    {
        foreach (var outbox in ledger.Outboxes)
        {
            Mark(outbox);
        }
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await _marked.Reader.ReadAsync(cancel);
                await Task.Delay(pause, time, cancel);
                if (!await PublishAsync(Taken(), cancel))
                {
                    await Task.Delay(AfterFailure, time, cancel);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // At the next start everything is confirmed again.
        }
    }

    private Guid[] Taken()
    {
        lock (_gate)
        {
            Guid[] taken = [.. _waiting];
            _waiting.Clear();
            return taken;
        }
    }

    private async Task<bool> PublishAsync(Guid[] outboxes, CancellationToken cancel)
    {
        var all = true;
        foreach (var outbox in outboxes)
        {
            if (await publish(Topics.Recorded(outbox), WireJson.Write(ledger.ReportOf(outbox)), cancel) != PublishOutcome.Accepted)
            {
                Mark(outbox);
                all = false;
            }
        }

        return all;
    }
}
