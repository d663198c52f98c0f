using System.Globalization;

namespace Dashiban.Evaluation;

/// <summary>The cells of one row by the names of their columns; whatever cannot be understood is named with its place.</summary>
/// <param name="Cells">By column.</param>
/// <param name="Where">File and row, for people.</param>
internal readonly record struct LabelCells(IReadOnlyDictionary<string, string> Cells, string Where)
{
    public bool Has(string column) => Cells.ContainsKey(column);

    /// <exception cref="InvalidDataException">There is no such column.</exception>
    public string Text(string column) =>
        Cells.TryGetValue(column, out var value) ? value : throw new InvalidDataException($"{Where}: there is no column {column}.");

    /// <exception cref="InvalidDataException">There is no such column, or its cell is no number.</exception>
    public float Number(string column) => Parsed(Text(column)) is { } number ? number : throw NotNumbers(Text(column), 1);

    /// <summary>Numbers with spaces between them; null where the cell is empty.</summary>
    /// <exception cref="InvalidDataException">There is no such column, or its cell does not hold so many numbers.</exception>
    public float[]? Numbers(string column, int count)
    {
        var text = Text(column);
        if (text.Length == 0)
        {
            return null;
        }

        var numbers = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Parsed(word) ?? float.NaN).ToArray();
        return numbers.Length == count && !numbers.Any(float.IsNaN) ? numbers : throw NotNumbers(text, count);
    }

    private static float? Parsed(string word) => float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private InvalidDataException NotNumbers(string text, int count) => new($"{Where}: '{text}' is not {count} number(s).");
}
