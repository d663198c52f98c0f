using Dashiban.Domain.Plates;

namespace Dashiban.Messaging;

/// <summary>The MQTT topics, one place for both sides. <c>v1</c> changes only with a breaking change of a payload.</summary>
public static class Topics
{
    public const string Root = "dashiban/v1";
    public const string AllPassages = Root + "/passage/#";
    public const string AllHits = Root + "/hit/#";
    public const string AllHeartbeats = Root + "/heartbeat/#";

    /// <summary>Shard in two hex digits, so that a later deployment can subscribe to a part.</summary>
    public static string Passage(string site, PlateKey key) => $"{Root}/passage/{site}/{key.Shard:x2}";

    public static string Hit(string site) => $"{Root}/hit/{site}";

    public static string Heartbeat(string edge) => $"{Root}/heartbeat/{edge}";

    /// <summary>Retained: what the centre has recorded of one outbox.</summary>
    public static string Recorded(Guid outbox) => $"{Root}/recorded/{outbox:n}";
}
