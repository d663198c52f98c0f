using Dashiban.Edge;
using Dashiban.Edge.Flagging;
using Dashiban.Messaging;

namespace Dashiban.Tests.Demo;

public sealed class BooksTests
{
    [Theory]
    [InlineData(10, 6, 4, 0, true)]
    [InlineData(10, 6, 3, 0, false)]
    [InlineData(10, 6, 3, 1, false)]
    public void Frames_balance_when_all_have_a_fate_and_none_is_lost(long captured, long analysed, long thinned, long lost, bool holds) =>
        Assert.Equal(holds, Books.Balance(Lane(captured, new() { ["Analysed"] = analysed, ["Thinned"] = thinned, ["Lost"] = lost })));

    [Theory]
    [InlineData(5, 3, 2, 0, true)]
    [InlineData(5, 3, 1, 1, false)]
    [InlineData(5, 3, 1, 0, false)]
    public void Passages_balance_when_each_is_stored_or_withheld(long voted, long stored, long withheld, long abandoned, bool holds) =>
        Assert.Equal(holds, Books.Balance(new EdgeBooks([], new FlagBooks(voted, stored, withheld, abandoned), Guid.Empty, 0, 0)));

    [Fact]
    public void A_line_names_every_fate_that_happened() => Assert.Equal(
        "x: captured=10 Analysed=6 Thinned=4 in-flight=0 reconnects=0 state=Live",
        Books.Of(Lane(10, new() { ["Analysed"] = 6, ["Blank"] = 0, ["Thinned"] = 4 })));

    private static LaneReport Lane(long captured, Dictionary<string, long> fates) => new()
    {
        Camera = "x",
        Site = "s",
        State = "Live",
        Captured = captured,
        Fates = fates,
        Funnel = new Dictionary<string, long>(),
        Latencies = new Dictionary<string, LatencyReport>(),
        Reconnects = 0,
    };
}
