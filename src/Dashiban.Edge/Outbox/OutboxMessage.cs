namespace Dashiban.Edge.Outbox;

/// <summary>A row that is on disk, ready to be published as it is.</summary>
public sealed record OutboxMessage(long Sequence, string Topic, ReadOnlyMemory<byte> Body);

/// <summary>A scene picture that waits for its way to the centre.</summary>
public sealed record PendingScene(long Sequence, ReadOnlyMemory<byte> Jpeg);
