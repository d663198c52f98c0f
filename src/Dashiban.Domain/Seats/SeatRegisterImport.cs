using System.Globalization;
using System.Text;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Plates;

namespace Dashiban.Domain.Seats;

/// <summary>One line of a register file that could not be used, or was overruled.</summary>
/// <param name="Line">Line number, the header being 1.</param>
/// <param name="What">What is wrong, without the plate.</param>
public sealed record SeatRegisterProblem(int Line, Reason What);

/// <summary>
/// A register file read: CSV with the header 号牌,核定载客 (approved seats, driver included; more columns are passed over), UTF-8
/// with or without a byte order mark. Good rows are kept whatever the others look like.
/// </summary>
/// <param name="Register">The good rows; empty where the file was refused.</param>
/// <param name="Refusal">Why the whole file was refused, or null.</param>
/// <param name="Problems">Bad rows in file order, at most <see cref="MaxProblems"/>.</param>
/// <param name="BadRows">Number of bad rows, also those beyond the ones listed.</param>
public sealed record SeatRegisterImport(
    SeatRegister Register,
    Reason? Refusal,
    IReadOnlyList<SeatRegisterProblem> Problems,
    int BadRows)
{
    /// <summary>Problems listed at most; a file with more has one mistake made everywhere.</summary>
    public const int MaxProblems = 1000;

    private const string PlateColumn = "号牌";
    private const string SeatsColumn = "核定载客";
    private const int MaxSeats = 200;

    /// <summary>Reads a file to its end. Never throws for what stands in it; the caller owns the reader.</summary>
    /// <param name="file">
    /// The file's text. Bytes that are not UTF-8 must arrive as U+FFFD (what <see cref="StreamReader"/> does) or as a
    /// <see cref="DecoderFallbackException"/>.
    /// </param>
    public static SeatRegisterImport Read(TextReader file)
    {
        try
        {
            return ReadRows(file);
        }
        catch (DecoderFallbackException)
        {
            return Refuse(NotUtf8);
        }
    }

    private static Reason NotUtf8 => new(
        "文件不是 UTF-8 编码（可能是 GBK）：请在表格软件中另存为“CSV UTF-8”后再导入",
        "The file is not UTF-8 (perhaps GBK): save it as “CSV UTF-8” in the spreadsheet program and import it again");

    private static SeatRegisterImport ReadRows(TextReader file)
    {
        var header = file.ReadLine()?.TrimStart('\uFEFF');
        if (header is null)
        {
            return Refuse(new Reason("文件是空的", "The file is empty"));
        }

        if (header.Contains('\uFFFD', StringComparison.Ordinal))
        {
            return Refuse(NotUtf8);
        }

        var columns = Split(header);
        var plateAt = columns?.IndexOf(PlateColumn) ?? -1;
        var seatsAt = columns?.IndexOf(SeatsColumn) ?? -1;
        if (plateAt < 0 || seatsAt < 0)
        {
            return Refuse(new Reason(
                $"第一行须为表头“{PlateColumn},{SeatsColumn}”",
                $"The first line must be the header “{PlateColumn},{SeatsColumn}”"));
        }

        return new Rows(plateAt, seatsAt).Read(file);
    }

    private static SeatRegisterImport Refuse(Reason why) => new(SeatRegister.Empty, why, [], 0);

    /// <summary>The fields of one line, trimmed; quotes may surround a field. Null where a quote is never closed.</summary>
    private static List<string>? Split(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        fields.Add(field.ToString().Trim());
        return quoted ? null : fields;
    }

    /// <summary>What people write between the characters of a plate, and lower case, are no mistakes.</summary>
    private static string Normalise(string plate)
    {
        var text = new StringBuilder(plate.Length);
        foreach (var character in plate)
        {
            if (character is not ('·' or '•' or '・' or '-' or ' ' or '　'))
            {
                text.Append(char.ToUpperInvariant(character));
            }
        }

        return PlateGrammar.Spell(text.ToString());
    }

    private sealed class Rows(int plateAt, int seatsAt)
    {
        private readonly Dictionary<string, int> _seats = [];
        private readonly List<SeatRegisterProblem> _problems = [];
        private int _bad;

        public SeatRegisterImport Read(TextReader file)
        {
            for (var line = 2; file.ReadLine() is { } text; line++)
            {
                if (text.Contains('\uFFFD', StringComparison.Ordinal))
                {
                    return Refuse(NotUtf8);
                }

                if (!string.IsNullOrWhiteSpace(text))
                {
                    Add(line, text);
                }
            }

            return new SeatRegisterImport(new SeatRegister(_seats), null, _problems, _bad);
        }

        private void Add(int line, string text)
        {
            var fields = Split(text);
            if (fields is null || fields.Count <= Math.Max(plateAt, seatsAt))
            {
                Report(line, "列数不够，或引号未闭合", "Too few columns, or a quote that is never closed");
                return;
            }

            var plate = Normalise(fields[plateAt]);
            if (!PlateGrammar.Judge(plate, PlateColour.Unknown, PlateLayout.SingleRow).IsValid)
            {
                Report(line, "号牌不符合编码规则", "This is no plate");
                return;
            }

            if (!int.TryParse(fields[seatsAt], NumberStyles.None, CultureInfo.InvariantCulture, out var seats) || seats > MaxSeats)
            {
                Report(line, $"核定载客须为 0 到 {MaxSeats} 的整数", $"The seats must be a whole number from 0 to {MaxSeats}");
                return;
            }

            if (_seats.TryGetValue(plate, out var before) && before != seats)
            {
                Report(
                    line,
                    $"同一号牌前面登记 {before} 座，此处登记 {seats} 座，以此处为准",
                    $"The same plate stood above with {before} seats and here with {seats}; this line counts");
            }

            _seats[plate] = seats;
        }

        private void Report(int line, string zh, string en)
        {
            _bad++;
            if (_problems.Count < MaxProblems)
            {
                _problems.Add(new SeatRegisterProblem(line, new Reason(zh, en)));
            }
        }
    }
}
