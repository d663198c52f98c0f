using Dashiban.Domain.Lists;
using Dashiban.Domain.Plates;
using Dashiban.Testing;

namespace Dashiban.Tests.Lists;

public sealed class ListImportTests
{
    [Fact]
    public void A_list_is_read_with_chinese_headings_quotes_and_comments()
    {
        var import = AllowList.Read("\uFEFF号牌,类别,责任人,事由,起,止\r\n# 2026 春季\n渝A·12345,持证客运,\"运管所, 一科\",班线,2026-03-02,2026-03-06\n");
        Assert.Empty(import.Errors);
        var entry = Assert.Single(import.Entries);
        Assert.Equal(
            new AllowEntry(new PlateText("渝A12345"), AllowKind.LicensedCarrier, "运管所, 一科", "班线", Journeys.At(0), Journeys.At(0, 5)), entry);
    }

    [Fact]
    public void Json_says_the_same()
    {
        var import = AllowList.Read("""[{"plate":"渝A12345","kind":"SchoolTrip","owner":"教委","reason":"研学","from":"2026-03-02","through":"2026-03-02"}]""");
        Assert.Equal(AllowKind.SchoolTrip, Assert.Single(import.Entries).Kind);
    }

    [Fact]
    public void Every_bad_line_is_named_and_the_good_ones_are_kept()
    {
        var import = AllowList.Read(
            """
            plate,kind,owner,reason,from,through
            渝A12345,LicensedCarrier,a,b,2026-03-02,2026-03-06
            nonsense,LicensedCarrier,a,b,2026-03-02,2026-03-06
            渝A12345,Friend,a,b,2026-03-02,2026-03-06
            渝A12345,LicensedCarrier,,b,2026-03-02,2026-03-06
            渝A12345,LicensedCarrier,a,b,2026-03-02,06/03/2026
            渝A12345,LicensedCarrier,a,b,2026-03-02,2027-03-06
            渝A12345,LicensedCarrier,a,b,2026-03-02
            """);
        Assert.Single(import.Entries);
        Assert.Equal(["line 3", "line 4", "line 5", "line 6", "line 7", "line 8"], import.Errors.Select(e => e.Split(':')[0]));
        Assert.Contains("'owner' is missing", import.Errors[2], StringComparison.Ordinal);
        Assert.All(import.Errors, e => Assert.DoesNotContain("A12345", e, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[{\"plate\":")]
    [InlineData("[1, \"x\", null]")]
    public void Hostile_json_gives_errors_and_no_exception(string text) => Assert.NotEmpty(AllowList.Read(text).Errors);

    [Fact]
    public void A_watch_entry_without_an_end_or_longer_than_100_days_is_refused()
    {
        var import = WatchEntry.Read(
            "号牌,事由,批准单位,责任人,起,止\n渝A12345,协查,大队,值班室,2026-03-02,2026-06-09\n渝A12345,协查,大队,值班室,2026-03-02,2026-06-10\n渝A12345,协查,大队,值班室,2026-03-02,\n");
        Assert.Single(import.Entries);
        Assert.Equal(2, import.Errors.Count);
    }

    [Fact]
    public void An_exemption_holds_from_its_first_to_its_last_day()
    {
        var list = new AllowList([new AllowEntry(new PlateText("渝A12345"), AllowKind.SchoolTrip, "教委", "研学", Journeys.At(0), Journeys.At(0, 1))]);
        Assert.NotNull(list.Find(new PlateText("渝A12345"), Journeys.At(0)));
        Assert.Null(list.Find(new PlateText("渝A12345"), Journeys.At(24)));
        Assert.Null(list.Find(new PlateText("渝A12346"), Journeys.At(5)));
    }
}
