using System.Globalization;
using System.Text.Json;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Plates;

namespace Dashiban.Domain.Lists;

/// <summary>The outcome of reading a list: all good entries, and one sentence per bad line saying where and why.</summary>
public sealed record ListImport<T>(IReadOnlyList<T> Entries, IReadOnlyList<string> Errors);

/// <summary>
/// Reads lists as offices keep them: CSV with a heading line (Chinese or English names, any order, quotes allowed) or a JSON array
/// of flat objects with the same names.
/// </summary>
internal static class ListText
{
    public static ListImport<T> Read<T>(string text, IReadOnlyDictionary<string, string> names, Func<ListRow, T> parse)
    {
        var entries = new List<T>();
        var errors = new List<string>();
        try
        {
            foreach (var row in text.AsSpan().TrimStart().StartsWith("[") ? FromJson(text, names) : FromCsv(text, names))
            {
                try
                {
                    entries.Add(parse(row));
                }
                catch (FormatException e)
                {
                    errors.Add($"{row.Where}: {e.Message}");
                }
            }
        }
        catch (JsonException e)
        {
            errors.Add($"line {e.LineNumber + 1}: not JSON: {e.Message}");
        }

        return new ListImport<T>(entries, errors);
    }

    private static IEnumerable<ListRow> FromCsv(string text, IReadOnlyDictionary<string, string> names)
    {
        string[]? heading = null;
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#'))
            {
                continue;
            }

            var cells = Cells(line.TrimEnd('\r'));
            if (heading is null)
            {
                heading = [.. cells.Select(c => names.GetValueOrDefault(c, c))];
                continue;
            }

            yield return new ListRow($"line {number}", heading.Zip(cells).GroupBy(p => p.First).ToDictionary(g => g.Key, g => g.First().Second));
        }
    }

    private static IEnumerable<ListRow> FromJson(string text, IReadOnlyDictionary<string, string> names)
    {
        using var document = JsonDocument.Parse(text);
        var number = 0;
        foreach (var element in document.RootElement.EnumerateArray())
        {
            number++;
            var fields = element.ValueKind == JsonValueKind.Object
                ? element.EnumerateObject().GroupBy(p => names.GetValueOrDefault(p.Name, p.Name)).ToDictionary(g => g.Key, g => g.First().Value.ToString())
                : [];
            yield return new ListRow($"entry {number}", fields);
        }
    }

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var cell = new System.Text.StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case '"' when quoted && i + 1 < line.Length && line[i + 1] == '"':
                    cell.Append('"');
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    cells.Add(cell.ToString().Trim());
                    cell.Clear();
                    break;
                default:
                    cell.Append(line[i]);
                    break;
            }
        }

        cells.Add(cell.ToString().Trim());
        return cells;
    }
}

/// <summary>One line or element of a list; every getter throws <see cref="FormatException"/> with a sentence that says what to write.</summary>
internal sealed record ListRow(string Where, IReadOnlyDictionary<string, string> Fields)
{
    public string Text(string name) => Fields.TryGetValue(name, out var value) && value.Length > 0
        ? value
        : throw new FormatException($"'{name}' is missing; every entry needs one");

    public PlateText Plate()
    {
        var plate = Text("plate").Replace("·", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return plate.Length is 7 or 8 && plate[0] >= '\u4E00'
            ? new PlateText(plate)
            : throw new FormatException("'plate' is no plate; write the province, the letter and 5 or 6 characters");
    }

    /// <summary>The first instant of the day named.</summary>
    public DateTimeOffset From(string name) => CountyTime.StartOf(Day(name));

    /// <summary>The first instant after the day named: the day itself still counts.</summary>
    public DateTimeOffset Through(string name) => CountyTime.StartOf(Day(name).AddDays(1));

    private DateOnly Day(string name) =>
        DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new FormatException($"'{name}' is no day; write it as 2026-03-31");
}
