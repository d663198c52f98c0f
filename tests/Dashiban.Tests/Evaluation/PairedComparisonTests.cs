using CsCheck;
using Dashiban.Evaluation;

namespace Dashiban.Tests.Evaluation;

public class PairedComparisonTests
{
    [Fact]
    public void Readers_are_compared_plate_by_plate()
    {
        var set = Set("粤B12345", "粤B12346", "粤B12347", "粤O12348");
        PlateAnswer[] first = [Answer(1, "粤B12345"), Answer(2, "粤B12346"), Answer(3, "粤B1"), Answer(4, "粤012348")];
        PlateAnswer[] second = [Answer(1, "粤B12345"), Answer(2, "粤B1234G"), Answer(3, "粤B12347")];

        var comparisons = PairedComparison.Of([set], first, second).ToList();

        Assert.Equal(["road", "all"], comparisons.Select(comparison => comparison.Set));
        Assert.Equal(new PairedComparison("road", 4, 3, 2, OnlyFirst: 2, OnlySecond: 1), comparisons[0]);
    }

    /// <summary>Values by hand: 2 * (1 + 10) / 2^10 for one against nine; no difference is certain chance.</summary>
    [Theory]
    [InlineData(1, 9, 0.021484375)]
    [InlineData(0, 5, 0.0625)]
    [InlineData(4, 4, 1)]
    [InlineData(0, 0, 1)]
    public void Chance_is_McNemar_s(int onlyFirst, int onlySecond, double chance) =>
        Assert.Equal(chance, new PairedComparison("s", 99, 50, 50, onlyFirst, onlySecond).Chance, 1e-9);

    [Fact]
    public void Swapping_the_readers_changes_no_chance_and_more_difference_never_raises_it() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60]).Sample((few, many) =>
        {
            var chance = new PairedComparison("s", 999, 0, 0, few, many).Chance;

            Assert.Equal(chance, new PairedComparison("s", 999, 0, 0, many, few).Chance, 1e-9);
            Assert.InRange(chance, 0, 1);
            Assert.True(many < few || new PairedComparison("s", 999, 0, 0, few, many + 1).Chance <= chance + 1e-9);
        });

    [Fact]
    public void Answers_about_unlabelled_plates_and_second_answers_are_refused()
    {
        var set = Set("粤B12345", "");

        Assert.Contains("has no labelled text", Refusal([Answer(2, "粤B12345")]), StringComparison.Ordinal);
        Assert.Contains("already named", Refusal([Answer(1, "粤B12345"), Answer(1, "粤B12345")]), StringComparison.Ordinal);

        string Refusal(PlateAnswer[] answers) => Assert.Throws<InvalidDataException>(() => PairedComparison.Of([set], answers, []).ToList()).Message;
    }

    [Fact]
    public void Readings_are_written_and_read_back()
    {
        PlateAnswer[] answers = [Answer(1, "粤B12345"), Answer(12, "")];

        Assert.Equal(answers, ReadingsFile.Parse(ReadingsFile.Write(answers)));
    }

    [Theory]
    [InlineData("file,row,text\n", "begin with the line")]
    [InlineData("set,file,row,text\nroad,a.jpg,0,粤B12345\n", "Row 2")]
    [InlineData("set,file,row,text\nroad,a.jpg,1,粤B12345\nroad,a.jpg,粤B12345\n", "Row 3")]
    public void Files_that_hold_something_else_are_refused_with_the_place(string text, string named) =>
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => ReadingsFile.Parse(text)).Message, StringComparison.Ordinal);

    private static PlateAnswer Answer(int row, string text) => new("road", "a.jpg", row, text);

    private static LabelledSet Set(params string[] texts) =>
        new("road", "", [new LabelledPicture("/x/a.jpg", 100, 100, [.. texts.Select(text => new LabelRow(text, "blue", "single", null, "unknown"))])]);
}
