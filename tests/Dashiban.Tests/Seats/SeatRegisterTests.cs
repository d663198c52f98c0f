using System.Text;
using CsCheck;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;
using Dashiban.Tests.Plates;

namespace Dashiban.Tests.Seats;

public sealed class SeatRegisterTests
{
    [Fact]
    public void Good_rows_are_kept()
    {
        var import = Read("号牌,核定载客\n渝F12345,7\n渝AD12345,5\n");
        Assert.Null(import.Refusal);
        Assert.Equal((2, 0), (import.Register.Count, import.BadRows));
        Assert.Equal(7, import.Register.SeatsOf(new PlateText("渝F12345")));
        Assert.Null(import.Register.SeatsOf(new PlateText("渝F99999")));
    }

    [Theory]
    [InlineData("\uFEFF号牌,核定载客\r\n渝F12345,7\r\n")]
    [InlineData("核定载客,车型,号牌\n7,面包车,渝F12345\n")]
    [InlineData("\"号牌\",\"核定载客\"\n\"渝F·12345\",\"7\"\n")]
    [InlineData("号牌,核定载客\n\n 渝f-12345 , 7 \n\n")]
    [InlineData("号牌,核定载客,备注\n渝F12345,7,\"一,\"\"二\"\"\"\n")]
    public void What_spreadsheets_make_of_a_file_is_read(string file)
    {
        var import = Read(file);
        Assert.Null(import.Refusal);
        Assert.Empty(import.Problems);
        Assert.Equal(7, import.Register.SeatsOf(new PlateText("渝F12345")));
    }

    [Fact]
    public void A_file_in_GBK_is_refused_with_what_to_do()
    {
        // 号牌,核定载客 in GBK.
        byte[] gbk = [0xBA, 0xC5, 0xC5, 0xC6, 0x2C, 0xBA, 0xCB, 0xB6, 0xA8, 0xD4, 0xD8, 0xBF, 0xCD, 0x0A];
        foreach (var encoding in new Encoding[] { new UTF8Encoding(), new UTF8Encoding(false, throwOnInvalidBytes: true) })
        {
            using var file = new StreamReader(new MemoryStream(gbk), encoding);
            var import = SeatRegisterImport.Read(file);
            Assert.Contains("GBK", import.Refusal!.Zh, StringComparison.Ordinal);
            Assert.Contains("CSV UTF-8", import.Refusal.En, StringComparison.Ordinal);
            Assert.Equal(0, import.Register.Count);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("plate,seats\n渝F12345,7\n")]
    [InlineData("渝F12345,7\n")]
    public void A_file_without_the_header_is_refused(string file) => Assert.NotNull(Read(file).Refusal);

    [Fact]
    public void Bad_rows_are_named_by_line_and_the_others_kept()
    {
        var import = Read("号牌,核定载客\n渝F12345,7\n渝F1234,7\n渝F23456,sieben\n渝F34567\n渝F45678,-1\n渝F56789,201\n\"渝F67890,5\n渝F78901,5\n");
        Assert.Equal([3, 4, 5, 6, 7, 8], import.Problems.Select(p => p.Line));
        Assert.Equal((2, 6), (import.Register.Count, import.BadRows));
        Assert.DoesNotContain(import.Problems, p => p.What.Zh.Contains("渝F", StringComparison.Ordinal));
    }

    [Fact]
    public void The_later_of_two_entries_counts_and_the_contradiction_is_named()
    {
        var import = Read("号牌,核定载客\n渝F12345,7\n渝F12345,7\n渝F·12345,5\n");
        Assert.Equal(4, Assert.Single(import.Problems).Line);
        Assert.Equal(5, import.Register.SeatsOf(new PlateText("渝F12345")));
    }

    [Fact]
    public void A_file_of_nothing_but_mistakes_lists_a_thousand()
    {
        var import = Read("号牌,核定载客\n" + string.Concat(Enumerable.Repeat("x,y\n", 1500)));
        Assert.Equal((1000, 1500), (import.Problems.Count, import.BadRows));
    }

    [Fact]
    public void Every_plate_that_can_exist_can_be_registered() =>
        SomePlate.Valid.Where(p => p.Class != PlateClass.Military).Sample(plate =>
            Assert.Equal(9, Read($"号牌,核定载客\n{plate.Text},9\n").Register.SeatsOf(new PlateText(plate.Text))));

    [Fact]
    public void No_text_makes_the_import_throw() => Gen.String[0, 80].Sample(text =>
    {
        Read(text);
        Read("号牌,核定载客\n" + text);
    });

    private static SeatRegisterImport Read(string file) => SeatRegisterImport.Read(new StringReader(file));
}
