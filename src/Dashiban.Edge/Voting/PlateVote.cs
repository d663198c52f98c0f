using Dashiban.Domain.Plates;
using Dashiban.Edge.Tracking;

namespace Dashiban.Edge.Voting;

/// <summary>Why the looks of a track give no plate. The names are the rejects of the read funnel.</summary>
public enum VoteRejection
{
    None,

    /// <summary>Nothing was read.</summary>
    NoPlate,

    /// <summary>The looks contradict each other in the length or in a character, or no look shows the consensus.</summary>
    NoAgreement,

    /// <summary>Too few looks read this text, and none alone is sure enough.</summary>
    TooFewLooks,

    /// <summary>A character of the consensus is too uncertain.</summary>
    WeakCharacter,

    /// <summary>The province of the consensus is too uncertain; the rest is good.</summary>
    WeakProvince,

    /// <summary>The consensus is no plate; <see cref="VoteOutcome.Judgement"/> says why.</summary>
    Grammar,
}

/// <summary>The consensus over the looks of one vehicle, published or not.</summary>
public sealed record VoteOutcome
{
    /// <summary><see cref="VoteRejection.None"/> where the text may be published.</summary>
    public required VoteRejection Rejection { get; init; }

    public bool IsAccepted => Rejection == VoteRejection.None;

    /// <summary>The consensus; provisional, and never to be published, where it was rejected. Empty where nothing was read.</summary>
    public required string Text { get; init; }

    /// <summary>Confidence per character of <see cref="Text"/>, 0 to 1.</summary>
    public required IReadOnlyList<float> CharacterConfidences { get; init; }

    /// <summary>Looks that read exactly this text.</summary>
    public required int AgreeingLooks { get; init; }

    /// <summary>All looks that read something.</summary>
    public required int Looks { get; init; }

    /// <summary>The surest look that reads exactly this text, the earliest of equals; null where none does.</summary>
    public required PlateLook? Winner { get; init; }

    /// <summary>What the grammar says of the consensus.</summary>
    public required PlateJudgement Judgement { get; init; }

    public required PlateLayout Layout { get; init; }
}

/// <summary>Many readings in, one text out. Pure: the order of the looks does not matter.</summary>
public static class PlateVote
{
    public static VoteOutcome Decide(IReadOnlyList<PlateLook> looks, VotingOptions options) => throw new NotImplementedException();
}
