using System.Text.Json.Serialization;

namespace Dashiban.Messaging;

/// <summary>
/// A passage on the wire, version 1. Names of enumerations are pinned by <see cref="WireMapping"/>, so that renaming a member of
/// the domain cannot change what is sent. Adding an optional member keeps the number; anything else is a new topic version.
/// </summary>
public sealed record PassageReport
{
    public const int CurrentSchema = 1;

    [JsonPropertyOrder(-1)]
    public required int Schema { get; init; }

    public required Guid Outbox { get; init; }

    /// <summary>Number within the outbox, from 1. Passages and hits of one outbox share one sequence.</summary>
    public required long Sequence { get; init; }

    public required string Site { get; init; }

    public required string Camera { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }

    public required DateTimeOffset FirstSeenAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>Text without the separator dot.</summary>
    public required string Plate { get; init; }

    /// <summary><c>unknown, blue, yellow, green, yellowGreen, white, black</c>; a word from a later version counts as unknown.</summary>
    public required string Colour { get; init; }

    /// <summary><c>single</c> or <c>double</c>.</summary>
    public required string Layout { get; init; }

    /// <summary>0 to 1 per character of <see cref="Plate"/>.</summary>
    public required IReadOnlyList<float> CharacterConfidences { get; init; }

    public required int AgreeingLooks { get; init; }

    public required int Looks { get; init; }

    public required IReadOnlyList<SeatWitnessReport> Seats { get; init; }

    /// <summary><c>unknown, approaching, leaving</c>; nothing where it is unknown.</summary>
    public string? Heading { get; init; }

    public bool Interrupted { get; init; }

    public TimeSpan? ClockOffset { get; init; }

    /// <summary>SHA-256 in lower-case hex of the scene picture that the edge will upload apart.</summary>
    public string? SceneSha256 { get; init; }

    /// <summary>Base64 on the wire; at most 12 KB of JPEG.</summary>
    public byte[]? PlateCropJpeg { get; init; }
}

/// <summary>One statement about a vehicle's seats.</summary>
public sealed record SeatWitnessReport
{
    /// <summary><c>register, plateClass, picture</c>; witnesses of a later version are left out by the reader.</summary>
    public required string Kind { get; init; }

    public required double LogOdds { get; init; }

    /// <summary><c>unknown, carLe6, van7To9, minibus10To19, coachGe20, truck, other</c>.</summary>
    public required string Class { get; init; }

    public int? Seats { get; init; }

    public int Looks { get; init; }

    /// <summary>Where the class of the plate is the witness: which class (<c>small, large, smallNewEnergy …</c>).</summary>
    public string? PlateClass { get; init; }
}
