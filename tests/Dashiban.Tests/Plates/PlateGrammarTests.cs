using CsCheck;
using Dashiban.Domain.Plates;

namespace Dashiban.Tests.Plates;

public sealed class PlateGrammarTests
{
    [Fact]
    public void Every_plate_that_can_exist_is_valid_and_has_its_class_and_colour() => SomePlate.Valid.Sample(
        plate =>
        {
            var judgement = PlateGrammar.Judge(plate.Text, plate.Colour, plate.Layout);
            Assert.Equal(new PlateJudgement(true, plate.Class, plate.Colour, PlateRejection.None), judgement);
        },
        iter: 4_000);

    [Fact]
    public void Text_that_contradicts_the_colour_decides() => Gen.Select(SomePlate.Valid, Gen.Enum<PlateColour>()).Sample(
        (plate, colour) =>
        {
            var judgement = PlateGrammar.Judge(plate.Text, colour, plate.Layout);
            if (plate.Class == PlateClass.Military)
            {
                Assert.Equal(colour == PlateColour.White, judgement.IsValid);
                return;
            }

            Assert.True(judgement.IsValid);
            if (!IsOrdinary(plate.Class))
            {
                Assert.Equal(plate.Class, judgement.Class);
            }
        },
        iter: 4_000);

    [Theory]
    [InlineData(PlateColour.Blue, PlateClass.Small, PlateColour.Blue)]
    [InlineData(PlateColour.Green, PlateClass.Small, PlateColour.Blue)]
    [InlineData(PlateColour.Yellow, PlateClass.Large, PlateColour.Yellow)]
    [InlineData(PlateColour.YellowGreen, PlateClass.Large, PlateColour.Yellow)]
    [InlineData(PlateColour.Black, PlateClass.ForeignOwned, PlateColour.Black)]
    [InlineData(PlateColour.White, PlateClass.SmallOrLarge, PlateColour.Unknown)]
    [InlineData(PlateColour.Unknown, PlateClass.SmallOrLarge, PlateColour.Unknown)]
    public void Colour_decides_between_plates_of_ordinary_text(PlateColour read, PlateClass plate, PlateColour colour)
    {
        var judgement = PlateGrammar.Judge("渝F12345", read, PlateLayout.SingleRow);
        Assert.Equal((plate, colour), (judgement.Class, judgement.Colour));
    }

    [Fact]
    public void Eight_characters_are_green_whatever_the_colour_reader_says()
    {
        Assert.Equal(PlateColour.Green, PlateGrammar.Judge("渝BD12345", PlateColour.Blue, PlateLayout.SingleRow).Colour);
        Assert.Equal(PlateColour.YellowGreen, PlateGrammar.Judge("渝B12345D", PlateColour.Green, PlateLayout.SingleRow).Colour);
    }

    [Fact]
    public void A_plate_with_one_illegal_character_is_no_plate() =>
        Gen.Select(SomePlate.Valid, Gen.Int[0, 7], Gen.Char["Iio渝·-*？ a中"]).Sample(
            (plate, at, character) =>
            {
                at = Math.Min(at, plate.Text.Length - 1);
                if (plate.Text[at] == character || (at == 0 && character == '渝'))
                {
                    return;
                }

                // A province may stand third on a plate of the armed police.
                if (character == '渝' && plate.Class == PlateClass.ArmedPolice)
                {
                    return;
                }

                var edited = plate.Text[..at] + character + plate.Text[(at + 1)..];
                Assert.False(PlateGrammar.Judge(edited, plate.Colour, plate.Layout).IsValid, $"{plate.Class} {edited}");
            },
            iter: 4_000);

    [Fact]
    public void The_letter_O_stands_nowhere_but_behind_the_province() => Gen.Select(SomePlate.Valid, Gen.Int[0, 7]).Sample(
        (plate, at) =>
        {
            if (at == 1 || at >= plate.Text.Length || plate.Text[at] == 'O')
            {
                return;
            }

            var edited = plate.Text[..at] + 'O' + plate.Text[(at + 1)..];
            Assert.False(PlateGrammar.Judge(edited, plate.Colour, plate.Layout).IsValid, $"{plate.Class} {edited}");
        },
        iter: 4_000);

    [Fact]
    public void A_plate_with_a_character_lost_or_added_is_no_plate_or_one_of_another_class() =>
        Gen.Select(SomePlate.Valid, Gen.Int[0, 8], Gen.Char["ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"], Gen.Bool).Sample(
            (plate, at, added, lose) =>
            {
                at = Math.Min(at, plate.Text.Length - (lose ? 1 : 0));
                var edited = lose ? plate.Text.Remove(at, 1) : plate.Text.Insert(at, added.ToString());
                var judgement = PlateGrammar.Judge(edited, plate.Colour, plate.Layout);

                // The headquarters' plates of the armed police are those of a province without the province.
                Assert.True(
                    !judgement.IsValid || judgement.Class != plate.Class || plate.Class == PlateClass.ArmedPolice,
                    $"{plate.Class} {plate.Text} {edited}");
            },
            iter: 4_000);

    [Fact]
    public void Nothing_makes_the_grammar_throw() =>
        Gen.Select(Gen.String[0, 12], Gen.Char["渝粤民航使WJ0O1I警港应急学挂ABD12345"].Array[0, 10].Select(c => new string(c)), Gen.Enum<PlateColour>(), Gen.Enum<PlateLayout>()).Sample(
            (any, near, colour, layout) =>
            {
                foreach (var text in new[] { any, near })
                {
                    var judgement = PlateGrammar.Judge(PlateGrammar.Spell(text), colour, layout);
                    Assert.Equal(judgement.IsValid, judgement.Rejection == PlateRejection.None);
                    Assert.Equal(judgement.IsValid, judgement.Class != PlateClass.Unknown);
                }
            },
            iter: 4_000);

    [Theory]
    [InlineData("", PlateRejection.Empty)]
    [InlineData("渝B1234", PlateRejection.WrongLength)]
    [InlineData("渝BD123456", PlateRejection.WrongLength)]
    [InlineData("中B12345", PlateRejection.UnknownCharacter)]
    [InlineData("渝b12345", PlateRejection.UnknownCharacter)]
    [InlineData("渝B·1234", PlateRejection.UnknownCharacter)]
    [InlineData("1B12345", PlateRejection.UnknownProvince)]
    [InlineData("学B12345", PlateRejection.UnknownProvince)]
    [InlineData("BB1234A", PlateRejection.UnknownProvince)]
    [InlineData("渝I12345", PlateRejection.UnknownAuthority)]
    [InlineData("渝012345", PlateRejection.UnknownAuthority)]
    [InlineData("渝B1234港", PlateRejection.UnknownAuthority)]
    [InlineData("渝B1I345", PlateRejection.ForbiddenLetter)]
    [InlineData("渝BO2345", PlateRejection.ForbiddenLetter)]
    [InlineData("渝BABCDE", PlateRejection.BadSerial)]
    [InlineData("渝B1警345", PlateRejection.BadSerial)]
    [InlineData("渝BD1234A", PlateRejection.BadSerial)]
    [InlineData("渝BL12345", PlateRejection.BadNewEnergyLetter)]
    [InlineData("渝B12345L", PlateRejection.BadNewEnergyLetter)]
    [InlineData("VA12345", PlateRejection.MilitaryNeedsWhite)]
    public void Every_rejection_has_its_reason(string text, PlateRejection why) =>
        Assert.Equal(why, PlateGrammar.Judge(text, PlateColour.Blue, PlateLayout.SingleRow).Rejection);

    [Fact]
    public void All_31_provinces_are_known_once() => Assert.Equal(31, PlateGrammar.Provinces.Distinct().Count());

    [Theory]
    [InlineData("粤012345", "粤O12345")]
    [InlineData("渝B12345", "渝B12345")]
    [InlineData("1012345", "1012345")]
    [InlineData("皖0123456", "皖0123456")]
    [InlineData("使012345", "使012345")]
    public void A_zero_behind_the_province_is_spelled_O(string read, string spelled) => Assert.Equal(spelled, PlateGrammar.Spell(read));

    [Fact]
    public void Codes_are_two_digits_and_only_others_share_one()
    {
        var codes = Enum.GetValues<PlateClass>().Select(c => c.Code()).ToList();
        Assert.All(codes, c => Assert.Matches("^[0-9]{2}$", c));
        Assert.All(codes.Where(c => c != "99").GroupBy(c => c), g => Assert.Single(g));
        Assert.Equal(("02", "01", "52", "51", "15", "16", "23", "03"), (
            PlateClass.Small.Code(), PlateClass.Large.Code(), PlateClass.SmallNewEnergy.Code(), PlateClass.LargeNewEnergy.Code(),
            PlateClass.Trailer.Code(), PlateClass.DrivingSchool.Code(), PlateClass.Police.Code(), PlateClass.Embassy.Code()));
    }

    [Fact]
    public void Small_plates_seat_nine_at_most_and_large_ones_ten_at_least()
    {
        foreach (var plate in Enum.GetValues<PlateClass>())
        {
            Assert.Equal(plate.IsSmall(), plate.Seats().Max == 9);
            Assert.Equal(plate.IsLarge(), plate.Seats().Min == 10);
        }
    }

    private static bool IsOrdinary(PlateClass plate) => plate is PlateClass.Small or PlateClass.Large or PlateClass.Moped
        or PlateClass.ForeignOwned or PlateClass.SmallOrLarge;
}
