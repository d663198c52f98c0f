using Dashiban.Edge.Flagging;
using Dashiban.Edge.Outbox;
using Dashiban.Edge.Publishing;
using Dashiban.Edge.Voting;
using Dashiban.Messaging;
using Dashiban.Vision.Scenes;

namespace Dashiban.Edge;

/// <summary>One edge box: its cameras, what it keeps, how it reaches the centre.</summary>
public sealed record EdgeOptions
{
    /// <summary>Identifier of this box, unique in the county, for example <c>edge-xinli</c>.</summary>
    public string Id { get; init; } = "";

    /// <summary>At least one.</summary>
    public IReadOnlyList<LaneOptions> Cameras { get; init; } = [];

    public VisionOptions Vision { get; init; } = new();

    public VotingOptions Voting { get; init; } = new();

    public FlagOptions Flag { get; init; } = new();

    public OutboxOptions Outbox { get; init; } = new();

    public PublishOptions Publish { get; init; } = new();

    public SceneUploadOptions Scenes { get; init; } = new();

    public MqttLinkOptions Link { get; init; } = new();

    /// <summary>Seconds between two heartbeats, 1 to 300. Default 5. Longer: the fleet page notices a dead box later.</summary>
    public int HeartbeatSeconds { get; init; } = 5;

    /// <summary>Everything that is wrong, one sentence each, with the key it stands under.</summary>
    public IEnumerable<string> Validate() =>
    [
        .. ValidateOwn(),
        .. Cameras.SelectMany((camera, i) => camera.Validate().Select(e => $"cameras:{i}: {e}")),
        .. Vision.Validate().Select(e => $"vision: {e}"),
        .. Voting.Validate().Select(e => $"voting: {e}"),
        .. Flag.Validate().Select(e => $"flag: {e}"),
        .. Outbox.Validate().Select(e => $"outbox: {e}"),
        .. Publish.Validate().Select(e => $"publish: {e}"),
        .. Scenes.Validate().Select(e => $"scenes: {e}"),
        .. Link.Validate().Select(e => $"link: {e}"),
    ];

    private IEnumerable<string> ValidateOwn()
    {
        if (!WireMapping.IsIdentifier(Id))
        {
            yield return "id: must be 1 to 64 letters, digits, hyphens, underscores or dots, and different for every box.";
        }

        if (Cameras.Count == 0)
        {
            yield return "cameras: is empty; an edge without a camera has nothing to do.";
        }

        foreach (var twice in Cameras.GroupBy(c => c.Camera).Where(g => g.Count() > 1))
        {
            yield return $"cameras: «{twice.Key}» is there {twice.Count()} times; every camera needs a name of its own.";
        }

        if (HeartbeatSeconds is < 1 or > 300)
        {
            yield return $"heartbeatSeconds: {HeartbeatSeconds} is out of range; use 1 to 300.";
        }
    }
}
