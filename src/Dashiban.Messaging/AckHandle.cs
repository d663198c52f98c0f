namespace Dashiban.Messaging;

/// <summary>
/// The right to acknowledge one message on the connection that brought it. After that connection is gone the broker sends the
/// message again, and the handle does nothing: an acknowledgement sent on the next connection would settle somebody else's message.
/// </summary>
public sealed class AckHandle
{
    private readonly Func<CancellationToken, Task<bool>> _acknowledge;
    private int _used;

    internal AckHandle(long epoch, Func<CancellationToken, Task<bool>> acknowledge)
    {
        Epoch = epoch;
        _acknowledge = acknowledge;
    }

    /// <summary>Number of the connection, from 1; 0 for messages that came by no connection.</summary>
    public long Epoch { get; }

    /// <summary>For tests and replays, where nobody waits for an acknowledgement.</summary>
    public static AckHandle None { get; } = new(0, _ => Task.FromResult(false));

    /// <summary>
    /// Tells the broker that the message is safe here. True where it was sent, false where the connection is gone or this was done
    /// before. Never throws for a broken link.
    /// </summary>
    public Task<bool> AcknowledgeAsync(CancellationToken cancel = default) =>
        Interlocked.Exchange(ref _used, 1) == 0 ? _acknowledge(cancel) : Task.FromResult(false);
}

/// <summary>A message from the broker. It stays unacknowledged, and comes again, until <see cref="AckHandle.AcknowledgeAsync"/>.</summary>
/// <param name="Topic">Where it was published.</param>
/// <param name="Payload">The receiver's own copy.</param>
/// <param name="Retained">True where the broker had kept it before this subscription.</param>
/// <param name="Ack">How to settle it.</param>
public sealed record IncomingMessage(string Topic, ReadOnlyMemory<byte> Payload, bool Retained, AckHandle Ack);
