using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dashiban.Domain.Lists;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Rules;
using Dashiban.Domain.Seats;

namespace Dashiban.Configuration;

/// <summary>Files that the office keeps and both roles may read. Relative names are looked up beside the configuration file.</summary>
internal sealed record ListFileOptions
{
    /// <summary>Sites and shortest driving times, JSON as in <c>deploy/county.sample.json</c>. Empty (default): sites have no names and clones cannot be found.</summary>
    public string County { get; init; } = "";

    /// <summary>Approved seats, CSV <c>号牌,核定载客</c>. Empty (default): only picture and plate class say something about seats.</summary>
    public string SeatRegister { get; init; } = "";

    /// <summary>Exempt vehicles, CSV or JSON. Empty (default): nobody is exempt.</summary>
    public string AllowList { get; init; } = "";

    /// <summary>Vehicles to be told of, CSV or JSON. Empty (default): none.</summary>
    public string WatchList { get; init; } = "";
}

/// <summary>What the list files say.</summary>
/// <param name="Rules">The rules with their sites and lists.</param>
/// <param name="Seats">Approved seats by plate.</param>
/// <param name="Warnings">Bad lines, one sentence each with file and line; the good lines around them are in force.</param>
internal sealed record OfficeLists(RulePack Rules, SeatRegister Seats, IReadOnlyList<string> Warnings);

internal static class ListFiles
{
    private static readonly JsonSerializerOptions CountyFormat = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Every file that is named but cannot be used at all, one sentence each.</summary>
    public static IEnumerable<string> Validate(ListFileOptions files, string directory)
    {
        (string Key, string File)[] named =
        [
            ("county", files.County), ("seatRegister", files.SeatRegister), ("allowList", files.AllowList), ("watchList", files.WatchList),
        ];
        foreach (var (key, file) in named)
        {
            if (file.Length > 0 && !File.Exists(Path.Combine(directory, file)))
            {
                yield return $"lists:{key}: {Path.Combine(directory, file)} does not exist.";
            }
        }

        if (files.County.Length > 0 && File.Exists(Path.Combine(directory, files.County)) && !TryReadCounty(Path.Combine(directory, files.County), out _, out var fault))
        {
            yield return $"lists:county: {fault}";
        }
    }

    /// <summary>Reads validated files; bad lines are reported and left out.</summary>
    public static OfficeLists Read(ListFileOptions files, RuleOptions rules, string directory)
    {
        var warnings = new List<string>();
        var sites = SiteMap.Empty;
        if (files.County.Length > 0 && !TryReadCounty(Path.Combine(directory, files.County), out sites, out var fault))
        {
            warnings.Add(fault);
        }

        var allowed = Read(files.AllowList, AllowList.Read);
        var watched = Read(files.WatchList, WatchEntry.Read);
        return new OfficeLists(
            new RulePack { Options = rules, Sites = sites, Allowed = allowed, Watched = watched }, ReadSeats(), warnings);

        IReadOnlyList<T> Read<T>(string file, Func<string, ListImport<T>> read)
        {
            if (file.Length == 0)
            {
                return [];
            }

            var import = read(File.ReadAllText(Path.Combine(directory, file)));
            warnings.AddRange(import.Errors.Select(e => $"{file}: {e}"));
            return import.Entries;
        }

        SeatRegister ReadSeats()
        {
            if (files.SeatRegister.Length == 0)
            {
                return SeatRegister.Empty;
            }

            using var reader = new StreamReader(Path.Combine(directory, files.SeatRegister), Encoding.UTF8);
            var import = SeatRegisterImport.Read(reader);
            if (import.Refusal is { } refusal)
            {
                warnings.Add($"{files.SeatRegister}: {refusal.En}");
            }

            warnings.AddRange(import.Problems.Select(p => $"{files.SeatRegister}: line {p.Line}: {p.What.En}"));
            return import.Register;
        }
    }

    private static bool TryReadCounty(string path, out SiteMap sites, out string fault)
    {
        try
        {
            sites = JsonSerializer.Deserialize<SiteMap>(File.ReadAllText(path), CountyFormat) ?? SiteMap.Empty;
            fault = "";
            return true;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            sites = SiteMap.Empty;
            fault = $"{path}: {error.Message}";
            return false;
        }
    }
}
