using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;

namespace Dashiban.Domain.Lists;

/// <summary>Why a vehicle is expected to repeat itself.</summary>
public enum AllowKind
{
    /// <summary>持证客运: licensed passenger transport.</summary>
    LicensedCarrier,

    /// <summary>学生用车: a school bus or a declared school trip.</summary>
    SchoolTrip,

    /// <summary>报备出行: a journey somebody declared beforehand.</summary>
    DeclaredJourney,

    /// <summary>残疾人代步车: helped before anything else, never treated as an offender.</summary>
    MobilityAid,
}

/// <summary>One exemption. It ends: somebody has to look at it again.</summary>
/// <param name="Plate">Exact plate.</param>
/// <param name="Kind">Why.</param>
/// <param name="Owner">The office or person answerable for the entry.</param>
/// <param name="Reason">In words.</param>
/// <param name="From">Exempt from this instant.</param>
/// <param name="Until">Exempt before this instant; at most <see cref="AllowList.LongestDays"/> days after <paramref name="From"/>.</param>
public sealed record AllowEntry(PlateText Plate, AllowKind Kind, string Owner, string Reason, DateTimeOffset From, DateTimeOffset Until);

/// <summary>Vehicles whose passages no pattern may count. Watch-list and cloned-plate rules do not ask it.</summary>
public sealed class AllowList
{
    /// <summary>No exemption is longer: licences are renewed yearly.</summary>
    public const int LongestDays = 366;

    private static readonly Dictionary<string, string> Names = new()
    {
        ["号牌"] = "plate", ["类别"] = "kind", ["责任人"] = "owner", ["事由"] = "reason", ["起"] = "from", ["止"] = "through",
    };

    private static readonly Dictionary<string, AllowKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["持证客运"] = AllowKind.LicensedCarrier, ["学生用车"] = AllowKind.SchoolTrip,
        ["报备出行"] = AllowKind.DeclaredJourney, ["残疾人代步车"] = AllowKind.MobilityAid,
        [nameof(AllowKind.LicensedCarrier)] = AllowKind.LicensedCarrier, [nameof(AllowKind.SchoolTrip)] = AllowKind.SchoolTrip,
        [nameof(AllowKind.DeclaredJourney)] = AllowKind.DeclaredJourney, [nameof(AllowKind.MobilityAid)] = AllowKind.MobilityAid,
    };

    private readonly ILookup<PlateText, AllowEntry> _byPlate;

    public AllowList(IReadOnlyList<AllowEntry> entries)
    {
        Entries = entries;
        _byPlate = entries.ToLookup(e => e.Plate);
    }

    public static AllowList Empty { get; } = new([]);

    public IReadOnlyList<AllowEntry> Entries { get; }

    /// <summary>Reads <c>号牌,类别,责任人,事由,起,止</c> (<c>plate,kind,owner,reason,from,through</c>) as CSV or JSON; both days count.</summary>
    public static ListImport<AllowEntry> Read(string text) => ListText.Read(text, Names, row =>
    {
        var kind = Kinds.TryGetValue(row.Text("kind"), out var known)
            ? known
            : throw new FormatException($"'kind' is unknown; write one of {string.Join(", ", Kinds.Keys.Take(4))}");
        var entry = new AllowEntry(row.Plate(), kind, row.Text("owner"), row.Text("reason"), row.From("from"), row.Through("through"));
        return entry.Until <= entry.From || entry.Until - entry.From > TimeSpan.FromDays(LongestDays)
            ? throw new FormatException($"'through' must lie 0 to {LongestDays} days after 'from'")
            : entry;
    });

    /// <summary>The exemption that covers a vehicle at a moment, or null.</summary>
    public AllowEntry? Find(PlateText plate, DateTimeOffset time) =>
        _byPlate[plate].FirstOrDefault(e => e.From <= time && time < e.Until);

    public bool Covers(PlateText plate, Passage passage) => Find(plate, passage.CapturedAt) is not null;
}
