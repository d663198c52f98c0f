using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;

namespace Dashiban.Domain.Passages;

/// <summary>Identity of a passage: the outbox that stored it first and its number there. Unique for ever, also after a disk was replaced.</summary>
public readonly record struct PassageId(Guid Outbox, long Sequence)
{
    public override string ToString() => $"{Outbox:n}/{Sequence}";
}

/// <summary>Which way a vehicle went, seen from the camera.</summary>
public enum Heading
{
    Unknown,
    Approaching,
    Leaving,
}

/// <summary>A vehicle passed a camera once: the only thing that leaves the roadside.</summary>
public sealed record Passage
{
    /// <summary>Site identifier of the site map, for example <c>xinli-service-area</c>.</summary>
    public required string Site { get; init; }

    /// <summary>Camera identifier, unique over all sites, for example <c>xinli-in</c>.</summary>
    public required string Camera { get; init; }

    /// <summary>Time of the frame that the winning reading came from.</summary>
    public required DateTimeOffset CapturedAt { get; init; }

    public required DateTimeOffset FirstSeenAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>The consensus over all looks; grammar was applied after the vote.</summary>
    public required PlateText Plate { get; init; }

    public required PlateColour Colour { get; init; }

    public required PlateLayout Layout { get; init; }

    /// <summary>Confidence per character of <see cref="Plate"/>, 0 to 1, same length.</summary>
    public required IReadOnlyList<float> CharacterConfidences { get; init; }

    /// <summary>Looks that read exactly this text.</summary>
    public required int AgreeingLooks { get; init; }

    /// <summary>All looks with a readable plate.</summary>
    public required int Looks { get; init; }

    public required SeatEvidence Seats { get; init; }

    public Heading Heading { get; init; }

    /// <summary>True where the lane stopped before the vehicle left the view.</summary>
    public bool Interrupted { get; init; }

    /// <summary>Edge clock minus reference clock when the passage was seen; null where it was not measured.</summary>
    public TimeSpan? ClockOffset { get; init; }

    /// <summary>SHA-256 (lower-case hex) of the scene JPEG kept at the edge and uploaded apart; null where there is none.</summary>
    public string? SceneSha256 { get; init; }

    /// <summary>JPEG of the rectified plate from the frame of the winning reading, at most 12 KB; empty where there is none.</summary>
    public ReadOnlyMemory<byte> PlateCropJpeg { get; init; }

    public float WeakestCharacter => CharacterConfidences.Count == 0 ? 0 : CharacterConfidences.Min();
}

/// <summary>A passage together with its identity, as outboxes store it and rules see it.</summary>
public sealed record RecordedPassage(PassageId Id, Passage Passage);
