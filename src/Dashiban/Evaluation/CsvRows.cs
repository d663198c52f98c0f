using System.Text;

namespace Dashiban.Evaluation;

/// <summary>Comma-separated values after RFC 4180: quoted cells may hold commas, quotes (doubled) and line ends.</summary>
internal static class CsvRows
{
    /// <summary>The rows; an empty last line is no row.</summary>
    public static IEnumerable<IReadOnlyList<string>> Parse(string text)
    {
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (quoted)
            {
                if (character != '"')
                {
                    cell.Append(character);
                }
                else if (at + 1 < text.Length && text[at + 1] == '"')
                {
                    cell.Append(text[++at]);
                }
                else
                {
                    quoted = false;
                }

                continue;
            }

            switch (character)
            {
                case '"':
                    quoted = true;
                    break;
                case ',':
                    row.Add(Taken(cell));
                    break;
                case '\n':
                    row.Add(Taken(cell));
                    yield return row;
                    row = [];
                    break;
                case '\r' or '\uFEFF':
                    break;
                default:
                    cell.Append(character);
                    break;
            }
        }

        if (row.Count > 0 || cell.Length > 0)
        {
            row.Add(Taken(cell));
            yield return row;
        }
    }

    private static string Taken(StringBuilder cell)
    {
        var text = cell.ToString();
        cell.Clear();
        return text;
    }
}
