using Dashiban.Domain.Plates;

namespace Dashiban.Domain.Lists;

/// <summary>A plate that somebody with the authority to do so asked to be told of.</summary>
/// <param name="Plate">Exact plate.</param>
/// <param name="Reason">In words; shown to the officer.</param>
/// <param name="Authority">The office that ordered it.</param>
/// <param name="Owner">Who answers for the entry.</param>
/// <param name="Listed">In force from this instant.</param>
/// <param name="Until">In force before this instant; at most <see cref="LongestDays"/> days after <paramref name="Listed"/>.</param>
public sealed record WatchEntry(PlateText Plate, string Reason, string Authority, string Owner, DateTimeOffset Listed, DateTimeOffset Until)
{
    /// <summary>Hot lists elsewhere cap an entry at 100 days; an entry without an end is refused.</summary>
    public const int LongestDays = 100;

    private static readonly Dictionary<string, string> Names = new()
    {
        ["号牌"] = "plate", ["事由"] = "reason", ["批准单位"] = "authority", ["责任人"] = "owner", ["起"] = "listed", ["止"] = "through",
    };

    /// <summary>Reads <c>号牌,事由,批准单位,责任人,起,止</c> (<c>plate,reason,authority,owner,listed,through</c>) as CSV or JSON; both days count.</summary>
    public static ListImport<WatchEntry> Read(string text) => ListText.Read(text, Names, row =>
    {
        var entry = new WatchEntry(
            row.Plate(), row.Text("reason"), row.Text("authority"), row.Text("owner"), row.From("listed"), row.Through("through"));
        return entry.Until <= entry.Listed || entry.Until - entry.Listed > TimeSpan.FromDays(LongestDays)
            ? throw new FormatException($"'through' must lie 0 to {LongestDays} days after 'listed'")
            : entry;
    });
}
