using System.Globalization;

namespace Dashiban.Evaluation;

/// <summary>What a reader made of one labelled plate.</summary>
/// <param name="Set">Name of the set.</param>
/// <param name="File">Name of the picture.</param>
/// <param name="Row">Number of the plate among the rows of that picture in <c>labels.csv</c>, from 1.</param>
/// <param name="Text">The text; empty where the plate was not found or nothing was read.</param>
internal sealed record PlateAnswer(string Set, string File, int Row, string Text);

/// <summary>Answers as comma-separated values with the header <c>set,file,row,text</c>. No cell needs quotes.</summary>
internal static class ReadingsFile
{
    private static readonly string[] Header = ["set", "file", "row", "text"];

    public static string Write(IEnumerable<PlateAnswer> answers) => string.Concat(
        answers.Select(answer => string.Create(CultureInfo.InvariantCulture, $"{answer.Set},{answer.File},{answer.Row},{answer.Text}\n")).Prepend(string.Join(',', Header) + "\n"));

    /// <exception cref="InvalidDataException">It is not such a file; the message says where.</exception>
    public static IReadOnlyList<PlateAnswer> Parse(string text)
    {
        var rows = CsvRows.Parse(text).ToList();
        return rows is [{ } header, ..] && header.SequenceEqual(Header)
            ? [.. rows.Skip(1).Select(Answer)]
            : throw new InvalidDataException($"Readings begin with the line '{string.Join(',', Header)}'.");
    }

    private static PlateAnswer Answer(IReadOnlyList<string> cells, int index) =>
        cells.Count == Header.Length && int.TryParse(cells[2], NumberStyles.None, CultureInfo.InvariantCulture, out var row) && row > 0
            ? new(cells[0], cells[1], row, cells[3])
            : throw new InvalidDataException($"Row {index + 2} of the readings is not a set, a file, a row number from 1 on and a text.");
}
