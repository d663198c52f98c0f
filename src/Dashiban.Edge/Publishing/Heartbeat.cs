using Dashiban.Edge.Outbox;
using Dashiban.Messaging;

namespace Dashiban.Edge.Publishing;

/// <summary>What only the composition of an edge knows; asked anew for every heartbeat.</summary>
public sealed record EdgeVitals
{
    /// <summary>State and books of every lane.</summary>
    public required IReadOnlyList<LaneReport> Lanes { get; init; }

    /// <summary>
    /// Capture time before which no lane will hand over another passage: the oldest open track, frame in work or passage not yet
    /// settled by <see cref="Flagging.FlagStage"/>, else now.
    /// </summary>
    public required DateTimeOffset LanesCompleteThrough { get; init; }

    /// <summary>Passages kept back for privacy.</summary>
    public required long Withheld { get; init; }

    /// <summary>Edge clock minus reference clock; null where it is not measured.</summary>
    public TimeSpan? ClockOffset { get; init; }
}

/// <summary>Tells the centre every few seconds how this edge is. A heartbeat that cannot be sent is dropped: the next one says more.</summary>
/// <param name="edge">Identifier of this edge.</param>
/// <param name="interval">Pause between two; 5 s is usual.</param>
/// <param name="outbox">Whose numbers are told.</param>
/// <param name="publisher">Knows what is confirmed.</param>
/// <param name="vitals">Called on the heartbeat's thread.</param>
/// <param name="time">Clock of the heartbeat.</param>
public sealed class Heartbeat(string edge, TimeSpan interval, EdgeOutbox outbox, OutboxPublisher publisher, Func<EdgeVitals> vitals, TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    /// <summary>Sends until stopped, and once more with <see cref="SendAsync"/> when the caller wants a last word.</summary>
    public async Task RunAsync(MqttLink link, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            do
            {
                await SendAsync(link, stop).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    /// <summary>Sends one heartbeat; true where the broker took it.</summary>
    public async Task<bool> SendAsync(MqttLink link, CancellationToken cancel) =>
        await link.PublishAsync(Topics.Heartbeat(edge), WireJson.Write(Report()), retain: false, cancel).ConfigureAwait(false) == PublishOutcome.Accepted;

    /// <summary>The report as of now.</summary>
    public HeartbeatReport Report()
    {
        // The lanes first: what they vote after their answer is captured later than the answer says.
        var now = vitals();
        var confirmed = publisher.ConfirmedThrough;
        var unconfirmed = outbox.OldestUnconfirmed(confirmed);
        return new HeartbeatReport
        {
            Edge = edge,
            SentAt = time.GetUtcNow(),
            StartedAt = _startedAt,
            Outbox = outbox.Id,
            NextSequence = outbox.NextSequence,
            ConfirmedThrough = confirmed,
            CompleteThrough = unconfirmed < now.LanesCompleteThrough ? unconfirmed.Value : now.LanesCompleteThrough,
            ClockOffset = now.ClockOffset,
            Withheld = now.Withheld,
            Lanes = now.Lanes,
        };
    }
}
