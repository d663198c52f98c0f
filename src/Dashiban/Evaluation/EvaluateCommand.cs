using System.CommandLine;
using System.Globalization;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Models;
using Dashiban.Vision.Scenes;

namespace Dashiban.Evaluation;

/// <summary><c>dashiban models evaluate</c>: how well the models in use do on labelled pictures.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var dataset = LabelledSet.Option();
        var output = new Option<string?>("--out") { Description = "Write all figures to this file, JSON.", HelpName = "FILE" };
        var readings = new Option<string?>("--readings")
        {
            Description = "Write what was read of every labelled plate to this file, CSV, for 'models compare'. It holds whole plates.",
            HelpName = "FILE",
        };
        var update = new Option<bool>("--update-models") { Description = "Write evaluation.json beside the manifest of every model used." };
        var passages = new Option<bool>("--passages")
        {
            Description = "Also let every labelled plate drive up, eight looks through tracker and vote: what would be published. Takes about ten times as long.",
        };
        var pins = new Option<string[]>("--pin") { Description = "Take this version of a model instead of the newest, such as plate-reader=0; may be repeated.", HelpName = "NAME=VERSION" };
        var directory = ModelsCommand.DirectoryOption();
        var command = new Command("evaluate", "Measures the models in use on labelled pictures, by the code that watches live cameras.")
        {
            dataset, passages, pins, output, readings, update, directory,
        };
        command.SetAction(parsed => ModelsCommand.RefusalsExit3(() =>
        {
            try
            {
                var catalog = ModelsCommand.Catalog(parsed.GetValue(directory));
                using var models = VisionModels.Load(catalog, new VisionOptions { PinnedVersions = Pinned(parsed.GetValue(pins) ?? []) });
                var evaluated = EvaluationRun.Over(parsed.GetRequiredValue(dataset), models, parsed.GetValue(passages), TimeProvider.System, Print);
                Write(parsed.GetValue(output), evaluated.Report.ToJson);
                Write(parsed.GetValue(readings), () => ReadingsFile.Write(evaluated.Readings));
                if (parsed.GetValue(update))
                {
                    Update(catalog, models, evaluated.Report);
                }

                return 0;
            }
            catch (Exception problem) when (problem is InvalidDataException or UnreadablePictureException or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(problem.Message);
                return 1;
            }
        }));
        return command;
    }

    private static Dictionary<string, int> Pinned(string[] pins) => pins
        .Select(pin => pin.Split('=') is [{ Length: > 0 } name, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (name, version)
            : throw new InvalidDataException($"--pin {pin} is not NAME=VERSION, such as plate-reader=0."))
        .GroupBy(pin => pin.name, pin => pin.version)
        .ToDictionary(pin => pin.Key, pin => pin.Last());

    private static void Print(SetReport set)
    {
        foreach (var line in EvaluationLines.Of(set))
        {
            Console.WriteLine(line);
        }
    }

    private static void Write(string? file, Func<string> content)
    {
        if (file is not null)
        {
            File.WriteAllText(file, content());
        }
    }

    private static void Update(ModelCatalog catalog, VisionModels models, EvaluationReport report)
    {
        foreach (var manifest in models.Manifests.Values)
        {
            var file = Path.Combine(catalog.Directory, manifest.Name, manifest.Version.ToString(CultureInfo.InvariantCulture), "evaluation.json");
            File.WriteAllText(file, EvaluationRun.About(manifest, report).ToJson());
        }
    }
}
