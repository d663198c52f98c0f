using Dashiban.Domain.Plates;
using Dashiban.Edge.Tracking;
using Dashiban.Vision.Reading;

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
/// <remarks>
/// The length is voted before the characters: 苏BFD1188 against 鄂F01188 is no contest of characters, one of them lost one. Then
/// every position is voted by itself. A look's word counts by the confidence of the character times that of its weakest one: a
/// reading with one doubtful character may be shifted as a whole. The confidence of the winner at a position is the share of the
/// votes it got times the best confidence any look had in it, so a further look that agrees never lowers it. The grammar is
/// asked last, about the consensus alone. A text that no look has read as a whole is never accepted.
/// </remarks>
public static class PlateVote
{
    /// <summary>Longer readings are noise; no plate has more than nine characters.</summary>
    private const int MaxLength = 12;

    private static VoteOutcome Nothing { get; } = new()
    {
        Rejection = VoteRejection.NoPlate,
        Text = "",
        CharacterConfidences = [],
        AgreeingLooks = 0,
        Looks = 0,
        Winner = null,
        Judgement = PlateGrammar.Judge("", PlateColour.Unknown, PlateLayout.SingleRow),
        Layout = PlateLayout.SingleRow,
    };

    /// <summary>The consensus over the looks of one vehicle.</summary>
    public static VoteOutcome Decide(IReadOnlyList<PlateLook> looks, VotingOptions options)
    {
        var readings = looks.Where(l => l.Reading.Characters.Count is > 0 and <= MaxLength).ToList();
        if (readings.Count == 0)
        {
            return Nothing;
        }

        var (length, hasMajority) = VoteLength(readings);
        var contest = readings.FindAll(l => l.Reading.Characters.Count == length);
        var (text, confidences) = VoteCharacters(contest, length);
        var agreeing = contest.FindAll(l => l.Reading.Text == text);
        PlateLook? winner = agreeing.Count == 0 ? null : agreeing.Aggregate((best, l) => l.IsSurerThan(best) ? l : best);
        var layout = winner?.Layout ?? PlateLayout.SingleRow;
        var spelled = PlateGrammar.Spell(text);
        var judgement = PlateGrammar.Judge(spelled, VoteColour(contest), layout);
        return new VoteOutcome
        {
            Rejection = hasMajority ? Reject(confidences, agreeing.Count, judgement, options) : VoteRejection.NoAgreement,
            Text = spelled,
            CharacterConfidences = confidences,
            AgreeingLooks = agreeing.Count,
            Looks = readings.Count,
            Winner = winner,
            Judgement = judgement,
            Layout = layout,
        };
    }

    private static VoteRejection Reject(float[] confidences, int agreeing, PlateJudgement judgement, VotingOptions options)
    {
        var weakest = confidences.Min();
        var isSure = weakest >= options.MinConfidence && confidences[0] >= options.MinProvinceConfidence;
        if (agreeing == 0)
        {
            return VoteRejection.NoAgreement;
        }

        if (!isSure)
        {
            var restIsSure = confidences.Skip(1).All(c => c >= options.MinConfidence);
            return restIsSure ? VoteRejection.WeakProvince : VoteRejection.WeakCharacter;
        }

        if (agreeing < options.MinAgreeingLooks && weakest < options.MinLoneConfidence)
        {
            return VoteRejection.TooFewLooks;
        }

        return judgement.IsValid ? VoteRejection.None : VoteRejection.Grammar;
    }

    /// <summary>The length with the most confidence behind it, and whether that is more than all other lengths together.</summary>
    private static (int Length, bool HasMajority) VoteLength(List<PlateLook> readings)
    {
        Span<long> votes = stackalloc long[MaxLength + 1];
        var all = 0L;
        foreach (var look in readings)
        {
            var weight = Whole(look.Reading.WeakestConfidence);
            votes[look.Reading.Characters.Count] += weight;
            all += weight;
        }

        var length = 1;
        for (var i = 2; i <= MaxLength; i++)
        {
            length = votes[i] > votes[length] ? i : length;
        }

        return (length, votes[length] * 2 > all);
    }

    private static (string Text, float[] Confidences) VoteCharacters(List<PlateLook> contest, int length)
    {
        Span<char> text = stackalloc char[length];
        var confidences = new float[length];
        var votes = new Dictionary<char, Ballot>();
        for (var position = 0; position < length; position++)
        {
            votes.Clear();
            var all = 0L;
            foreach (var look in contest)
            {
                var (character, confidence) = look.Reading.Characters[position];
                var weight = Whole(Clean(confidence) * Clean(look.Reading.WeakestConfidence));
                var ballot = votes.GetValueOrDefault(character);
                votes[character] = new Ballot(ballot.Votes + weight, Math.Max(ballot.Best, Clean(confidence)));
                all += weight;
            }

            var (winner, won) = votes.Aggregate((a, b) => IsAhead(b, a) ? b : a);
            text[position] = winner;
            confidences[position] = (float)((double)won.Votes / all * won.Best);
        }

        return (new string(text), confidences);
    }

    private static bool IsAhead(KeyValuePair<char, Ballot> a, KeyValuePair<char, Ballot> b) =>
        a.Value.Votes != b.Value.Votes ? a.Value.Votes > b.Value.Votes : a.Key < b.Key;

    private static PlateColour VoteColour(List<PlateLook> contest)
    {
        Span<long> votes = stackalloc long[(int)PlateColourClass.Black + 1];
        foreach (var look in contest)
        {
            votes[(int)look.Reading.Colour] += Whole(look.Reading.ColourConfidence);
        }

        var colour = (int)PlateColourClass.Unknown;
        for (var i = 1; i < votes.Length; i++)
        {
            colour = votes[i] > votes[colour] ? i : colour;
        }

        return (PlateColour)colour;
    }

    /// <summary>
    /// Votes in millionths, in whole numbers: their sum does not depend on the order of the looks. Never nothing at all, so that
    /// every look has a voice.
    /// </summary>
    private static long Whole(float confidence) => 1 + (long)(Clean(confidence) * 1_000_000);

    private static float Clean(float confidence) => float.IsNaN(confidence) ? 0 : Math.Clamp(confidence, 0, 1);

    private readonly record struct Ballot(long Votes, float Best);
}
