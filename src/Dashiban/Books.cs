using Dashiban.Edge;
using Dashiban.Messaging;

namespace Dashiban;

/// <summary>The books in one line each, for people and scripts; and whether they balance.</summary>
internal static class Books
{
    private const string LostFate = "Lost";

    /// <summary>Frames of one camera by fate.</summary>
    public static string Of(LaneReport lane)
    {
        var settled = lane.Fates.Values.Sum();
        var fates = string.Join(' ', lane.Fates.Where(f => f.Value > 0).Select(f => $"{f.Key}={f.Value}"));
        return $"{lane.Camera}: captured={lane.Captured} {fates} in-flight={lane.Captured - settled} reconnects={lane.Reconnects} state={lane.State}";
    }

    /// <summary>Passages of one edge.</summary>
    public static string Of(EdgeBooks books) =>
        $"passages: voted={books.Flag.Voted} stored={books.Flag.Stored} withheld={books.Flag.Withheld} abandoned={books.Flag.Abandoned} "
        + $"last-sequence={books.LastSequence} confirmed-through={books.ConfirmedThrough}";

    /// <summary>True where every captured frame has a fate and none was lost.</summary>
    public static bool Balance(LaneReport lane) =>
        lane.Captured == lane.Fates.Values.Sum() && lane.Fates.GetValueOrDefault(LostFate) == 0;

    /// <summary>True where every passage voted is stored or was withheld on purpose.</summary>
    public static bool Balance(EdgeBooks books) => books.Flag.Voted == books.Flag.Stored + books.Flag.Withheld;
}
