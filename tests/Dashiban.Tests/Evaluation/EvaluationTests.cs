using CsCheck;
using Dashiban.Evaluation;
using Dashiban.Reading;
using Dashiban.Vision.Reading;

namespace Dashiban.Tests.Evaluation;

public class EvaluationTests
{
    [Fact]
    public void The_interval_of_98_of_100_is_Wilson_s()
    {
        // Values of the formula worked by hand: centre (0.98 + 0.0192) / 1.0384, half width 0.0323.
        var rate = Rate.From(98, 100);

        Assert.Equal(0.98, rate.Share!.Value);
        Assert.Equal(0.9300, rate.Low!.Value, 3e-4);
        Assert.Equal(0.9945, rate.High!.Value, 3e-4);
    }

    [Fact]
    public void An_interval_contains_its_share_and_stays_between_0_and_1() =>
        Gen.Int[1, 2000].SelectMany(of => Gen.Int[0, of].Select(count => Rate.From(count, of))).Sample(rate =>
            Assert.True(rate.Low >= 0 && rate.Low <= rate.Share + 1e-4 && rate.Share <= rate.High + 1e-4 && rate.High <= 1));

    [Fact]
    public void Nothing_counted_has_no_share() => Assert.Null(Rate.From(0, 0).Share);

    [Fact]
    public void Confidence_that_means_what_it_says_has_no_calibration_error()
    {
        var honest = Enumerable.Range(0, 100).Select(i => (0.75f, i < 75)).ToList();
        var boasting = Enumerable.Range(0, 100).Select(i => (0.95f, i < 75)).ToList();

        Assert.Equal(0, Calibration.Of(honest).ExpectedError, 4);
        Assert.Equal(0.2, Calibration.Of(boasting).ExpectedError, 4);
    }

    [Fact]
    public void Quoted_cells_hold_commas_quotes_and_line_ends()
    {
        var rows = CsvRows.Parse("a,\"b, \"\"c\"\"\nd\",\r\n,e,f\n").ToList();

        Assert.Equal(["a", "b, \"c\"\nd", ""], rows[0]);
        Assert.Equal(["", "e", "f"], rows[1]);
        Assert.Equal(2, rows.Count);
    }

    [Fact]
    public void Cells_written_by_the_rules_are_read_back() =>
        Gen.Char["ab,\"\n x"].Array[0, 6].Select(chars => new string(chars)).Array[2].Array[1, 5].Sample(rows =>
        {
            var text = string.Concat(rows.Select(row => string.Join(',', row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\n"));
            Assert.Equal(rows, CsvRows.Parse(text));
        });

    [Fact]
    public void Zero_and_letter_O_count_as_equal_and_nothing_else_does()
    {
        Assert.True(Outcome("粤O12345", "粤012345").IsExact);
        Assert.False(Outcome("粤B12345", "粤812345").IsExact);
        Assert.True(Outcome("粤B12345", "浙B12345").IsExactWithoutProvince);
        Assert.False(Outcome("粤B12345", "浙B12346").IsExactWithoutProvince);
        Assert.False(Outcome("粤B12345", string.Empty).IsExactWithoutProvince);
    }

    [Fact]
    public void A_wrong_reading_that_was_accepted_shows_in_the_share_of_accepted_ones()
    {
        var figures = PlateOutcome.Figures(
        [
            Outcome("粤B12345", "粤B12345", accepted: true),
            Outcome("粤B12346", "粤B12345", accepted: true),
            Outcome("粤B12347", "粤B12345", accepted: false),
            new PlateOutcome(Row("粤B12348"), null, false),
        ]);

        Assert.Equal((3, 4), (figures.Found.Count, figures.Found.Of));
        Assert.Equal((1, 4), (figures.Exact.Count, figures.Exact.Of));
        Assert.Equal((2, 4), (figures.Accepted.Count, figures.Accepted.Of));
        Assert.Equal((1, 2), (figures.AcceptedWrong.Count, figures.AcceptedWrong.Of));
    }

    [Theory]
    [InlineData("皖A12345", 0.95f, 0.9f, true, null)]
    [InlineData("皖0112345", 0.95f, 0.9f, true, null)] // issue 3: the zero of a tractor's region became the letter O
    [InlineData("粤012345", 0.95f, 0.9f, true, null)] // a reader knows no O: this is the police's
    [InlineData("皖A12345", 0.79f, 0.9f, true, "weakest character 0.79 is below 0.80")]
    [InlineData("皖A12345", 0.95f, 0.3f, true, "detection confidence 0.30 is below 0.40")]
    [InlineData("皖A12345", 0.95f, 0.9f, false, "the second way of reading says something else")]
    [InlineData("皖A123", 0.95f, 0.9f, true, "no such plate exists: WrongLength")]
    [InlineData("", 0.95f, 0.9f, true, "nothing was read")]
    public void A_single_look_is_believed_only_through_every_gate(string text, float weakest, float detection, bool agrees, string? objection)
    {
        var gate = new PlateGate(0.4f, 0.8f, RequiresAgreement: true);
        var reading = Reading(text) with { WeakestConfidence = weakest, SecondOpinionAgrees = agrees };

        Assert.Equal(objection, gate.Objection(reading, detection, isDoubleRow: false));
    }

    private static PlateOutcome Outcome(string truth, string read, bool accepted = false) => new(Row(truth), Reading(read), accepted);

    private static LabelRow Row(string text) => new(text, "blue", "single", null, "unknown");

    private static PlateReading Reading(string text) =>
        new([.. text.Select(character => new CharacterReading(character, 0.9f))], 0.9f, PlateColourClass.Blue, 0.9f);
}
