using CsCheck;
using Dashiban.Domain.Plates;
using Dashiban.Edge.Tracking;
using Dashiban.Edge.Voting;
using Dashiban.Tests.Tracking;
using Dashiban.Vision.Reading;

namespace Dashiban.Tests.Voting;

public sealed class PlateVoteTests
{
    private const string Plate = "渝B12345";
    private static readonly VotingOptions Options = new();

    /// <summary>Looks at one plate with characters changed, lost and doubled, and confidences of all sizes.</summary>
    private static readonly Gen<PlateLook> AnyLook =
        from text in Gen.Frequency(
            (4, Gen.Const(Plate)),
            (2, Gen.Select(Gen.Int[0, 6], Gen.Char["渝川0123456789ABCDEFGH"]).Select((at, c) => Plate[..at] + c + Plate[(at + 1)..])),
            (1, Gen.Int[0, 6].Select(at => Plate.Remove(at, 1))),
            (1, Gen.Int[0, 6].Select(at => Plate.Insert(at, "8"))),
            (1, Gen.Char["渝川0123456789ABCDEFGH"].Array[0, 14].Select(c => new string(c))))
        from confidences in Gen.Float[0, 1].Array[Math.Max(1, text.Length)]
        from second in Gen.Int[0, 1000]
        from colour in Gen.Enum<PlateColourClass>()
        select new PlateLook(
            SomeLook.Start.AddMilliseconds(second),
            text.Length == 0 ? SomeLook.Reading("") : SomeLook.Reading(text, confidences, colour),
            PlateLayout.SingleRow);

    [Fact]
    public void Two_agreeing_looks_are_enough_and_one_is_not()
    {
        Assert.Equal(VoteRejection.TooFewLooks, Decide((Plate, 0.8f)).Rejection);
        Assert.True(Decide((Plate, 0.8f), (Plate, 0.75f)).IsAccepted);
    }

    [Fact]
    public void One_very_sure_look_is_enough()
    {
        var vote = Decide((Plate, 0.93f));
        Assert.True(vote.IsAccepted);
        Assert.Equal((Plate, 1, 1), (vote.Text, vote.AgreeingLooks, vote.Looks));
    }

    [Fact]
    public void The_weakest_character_decides_not_the_mean()
    {
        var weak = SomeLook.Reading(Plate, [0.99f, 0.99f, 0.99f, 0.99f, 0.99f, 0.99f, 0.4f]);
        PlateLook[] looks = [Look(weak, 0), Look(weak, 1), Look(weak, 2)];
        Assert.Equal(VoteRejection.WeakCharacter, PlateVote.Decide(looks, Options).Rejection);
    }

    [Fact]
    public void The_province_has_a_gate_of_its_own()
    {
        var weak = SomeLook.Reading(Plate, [0.65f, 0.99f, 0.99f, 0.99f, 0.99f, 0.99f, 0.99f]);
        PlateLook[] looks = [Look(weak, 0), Look(weak, 1)];
        Assert.Equal(VoteRejection.WeakProvince, PlateVote.Decide(looks, Options).Rejection);
    }

    [Fact]
    public void The_length_is_voted_before_the_characters()
    {
        // Three looks lost the D: position by position they would outvote the province's neighbours of the others.
        var vote = Decide(
            ("苏BFD1188", 0.8f), ("苏BFD1188", 0.8f), ("苏BFD1188", 0.8f), ("苏BFD1188", 0.8f),
            ("鄂F01188", 0.7f), ("鄂F01188", 0.7f), ("苏F01188", 0.7f));
        Assert.Equal("苏BFD1188", vote.Text);
        Assert.Equal(4, vote.AgreeingLooks);
    }

    [Fact]
    public void Looks_that_split_over_the_length_give_nothing() =>
        Assert.Equal(VoteRejection.NoAgreement, Decide((Plate, 0.9f), (Plate, 0.9f), ("渝BD12345", 0.9f), ("渝BD12345", 0.9f)).Rejection);

    [Fact]
    public void A_text_that_no_look_shows_is_not_published()
    {
        // Position by position 渝B12345 wins, but every look has another mistake.
        var vote = Decide(
            ("川B12345", 0.95f), ("渝A12345", 0.95f), ("渝B02345", 0.95f), ("渝B10345", 0.95f), ("渝B12045", 0.95f));
        Assert.Equal((Plate, VoteRejection.NoAgreement), (vote.Text, vote.Rejection));
        Assert.Null(vote.Winner);
    }

    [Fact]
    public void The_grammar_judges_the_consensus_and_not_the_looks()
    {
        Assert.True(Decide((Plate, 0.9f), (Plate, 0.9f), ("渝BI2345", 0.5f)).IsAccepted);
        var vote = Decide(("渝BI2345", 0.9f), ("渝BI2345", 0.9f));
        Assert.Equal((VoteRejection.Grammar, PlateRejection.ForbiddenLetter), (vote.Rejection, vote.Judgement.Rejection));
    }

    [Fact]
    public void A_zero_behind_the_province_is_the_letter_of_old_police_plates() =>
        Assert.Equal("粤OA1234", Decide(("粤0A1234", 0.9f), ("粤0A1234", 0.9f)).Text);

    [Fact]
    public void Nothing_read_is_no_plate()
    {
        Assert.Equal(VoteRejection.NoPlate, PlateVote.Decide([], Options).Rejection);
        Assert.Equal(VoteRejection.NoPlate, PlateVote.Decide([Look(SomeLook.Reading(""), 0)], Options).Rejection);
    }

    [Fact]
    public void Colours_of_the_reader_are_colours_of_the_domain()
    {
        foreach (var colour in Enum.GetValues<PlateColourClass>())
        {
            Assert.Equal(colour.ToString(), ((PlateColour)(int)colour).ToString());
        }
    }

    [Fact]
    public void The_order_of_the_looks_does_not_matter() => Gen.Select(AnyLook.Array[0, 12], Gen.Int[0, int.MaxValue]).Sample(
        (looks, seed) =>
        {
            var shuffled = looks.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(Describe(PlateVote.Decide(looks, Options)), Describe(PlateVote.Decide(shuffled, Options)));
        },
        iter: 2000);

    [Fact]
    public void A_further_look_that_agrees_never_lowers_anything() => AnyLook.Array[1, 12].Sample(
        looks =>
        {
            var before = PlateVote.Decide(looks, Options);
            if (before.Winner is not { } winner)
            {
                return;
            }

            var after = PlateVote.Decide([.. looks, winner with { At = winner.At.AddSeconds(5) }], Options);
            Assert.Equal(before.Text, after.Text);
            Assert.Equal(before.AgreeingLooks + 1, after.AgreeingLooks);
            Assert.All(before.CharacterConfidences.Zip(after.CharacterConfidences), c => Assert.True(c.Second >= c.First - 1e-6f));
            Assert.True(!before.IsAccepted || after.IsAccepted);
        },
        iter: 2000);

    [Fact]
    public void A_single_outlier_cannot_turn_two_agreeing_looks_into_another_plate() => Gen.Select(Gen.Float[0.6f, 1], Gen.Float[0.6f, 1], AnyLook).Sample(
        (first, second, outlier) =>
        {
            var vote = PlateVote.Decide([SomeLook.Plate(Plate, first), SomeLook.Plate(Plate, second, 1), outlier], Options);
            Assert.True(!vote.IsAccepted || vote.Text == Plate);
        },
        iter: 5000);

    [Fact]
    public void What_is_accepted_was_read_by_a_look_and_is_a_plate() => AnyLook.Array[1, 12].Sample(
        looks =>
        {
            var vote = PlateVote.Decide(looks, Options);
            if (vote.IsAccepted)
            {
                Assert.Contains(looks, l => PlateGrammar.Spell(l.Reading.Text) == vote.Text);
                Assert.True(vote.CharacterConfidences.Min() >= Options.MinConfidence);
                Assert.True(vote.Judgement.IsValid);
                Assert.True(vote.AgreeingLooks >= 2 || vote.CharacterConfidences.Min() >= Options.MinLoneConfidence);
            }
        },
        iter: 2000);

    [Fact]
    public void The_vote_equals_its_slow_twin() => AnyLook.Array[0, 12].Sample(
        looks =>
        {
            var (text, confidences) = SlowTwin(looks);
            var vote = PlateVote.Decide(looks, Options);
            Assert.Equal(text, vote.Text);
            Assert.Equal(confidences, vote.CharacterConfidences);
        },
        iter: 2000);

    [Fact]
    public void Confidences_that_are_no_numbers_count_for_nothing()
    {
        var broken = new PlateReading([.. Plate.Select(c => new CharacterReading(c, float.NaN))], float.NaN, PlateColourClass.Blue, float.NaN);
        Assert.Equal(VoteRejection.WeakCharacter, PlateVote.Decide([Look(broken, 0), Look(broken, 1)], Options).Rejection);
    }

    [Fact]
    public void Options_name_every_error()
    {
        var bad = new VotingOptions { MinAgreeingLooks = 1, MinConfidence = 2, MinProvinceConfidence = 0, MinLoneConfidence = float.NaN };
        Assert.Equal(4, bad.Validate().Count());
        Assert.Empty(new VotingOptions().Validate());
    }

    private static VoteOutcome Decide(params (string Text, float Confidence)[] looks) =>
        PlateVote.Decide([.. looks.Select((l, i) => SomeLook.Plate(l.Text, l.Confidence, i))], Options);

    private static PlateLook Look(PlateReading reading, double seconds) =>
        new(SomeLook.Start.AddSeconds(seconds), reading, PlateLayout.SingleRow);

    private static string Describe(VoteOutcome vote) =>
        $"{vote.Rejection} {vote.Text} {string.Join(' ', vote.CharacterConfidences)} {vote.AgreeingLooks} {vote.Looks} {vote.Judgement} {vote.Winner?.At:O}";

    /// <summary>The same vote in the words of its definition.</summary>
    private static (string Text, float[] Confidences) SlowTwin(PlateLook[] looks)
    {
        static long Whole(float confidence) => 1 + (long)(confidence * 1_000_000);
        var byLength = looks
            .Where(l => l.Reading.Text.Length is > 0 and <= 12)
            .GroupBy(l => l.Reading.Text.Length)
            .OrderByDescending(g => g.Sum(l => Whole(l.Reading.WeakestConfidence)))
            .ThenBy(g => g.Key)
            .FirstOrDefault();
        if (byLength is null)
        {
            return ("", []);
        }

        var winners = Enumerable.Range(0, byLength.Key)
            .Select(position =>
            {
                var votes = byLength
                    .Select(l => (l.Reading.Characters[position].Character, l.Reading.Characters[position].Confidence, Weight: Whole(l.Reading.Characters[position].Confidence * l.Reading.WeakestConfidence)))
                    .ToList();
                var winner = votes.GroupBy(v => v.Character).OrderByDescending(g => g.Sum(v => v.Weight)).ThenBy(g => g.Key).First();
                return (winner.Key, Confidence: (float)((double)winner.Sum(v => v.Weight) / votes.Sum(v => v.Weight) * winner.Max(v => v.Confidence)));
            })
            .ToList();
        return (PlateGrammar.Spell(string.Concat(winners.Select(w => w.Key))), [.. winners.Select(w => w.Confidence)]);
    }
}
