using System.CommandLine;
using System.Globalization;

namespace Dashiban.Evaluation;

/// <summary><c>dashiban models compare</c>: two readers, ours or anybody's, on the same labelled plates.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var dataset = LabelledSet.Option();
        var first = new Argument<string>("first") { Description = "Readings as written by 'models evaluate --readings', or by a script of your own: CSV with the columns set, file, row, text." };
        var second = new Argument<string>("second") { Description = "The same of another reader." };
        var command = new Command("compare", "Compares two readers plate by plate: who is right alone, and how likely chance alone explains it (McNemar, exact).")
        {
            first, second, dataset,
        };
        command.SetAction(parsed =>
        {
            try
            {
                var sets = LabelledSet.Find(parsed.GetRequiredValue(dataset));
                var a = ReadingsFile.Parse(File.ReadAllText(parsed.GetRequiredValue(first)));
                var b = ReadingsFile.Parse(File.ReadAllText(parsed.GetRequiredValue(second)));
                foreach (var comparison in PairedComparison.Of(sets, a, b))
                {
                    Console.WriteLine(Line(comparison));
                }

                return 0;
            }
            catch (Exception problem) when (problem is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(problem.Message);
                return 1;
            }
        });
        return command;
    }

    private static string Line(PairedComparison set) => string.Create(
        CultureInfo.InvariantCulture,
        $"{set.Set,-14} first {set.First} of {set.Plates}, second {set.Second}; right alone: first {set.OnlyFirst}, second {set.OnlySecond}; p {(set.Chance < 0.001 ? "< 0.001" : $"= {set.Chance.ToString("F3", CultureInfo.InvariantCulture)}")}");
}
