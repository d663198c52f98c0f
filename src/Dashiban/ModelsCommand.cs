using System.CommandLine;
using System.Globalization;
using Dashiban.Evaluation;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Models;
using Dashiban.Vision.Scenes;

namespace Dashiban;

/// <summary><c>dashiban models</c>: what is installed, whether it is what it says, and how well it does.</summary>
public static class ModelsCommand
{
    /// <summary>Exit code of a program that refuses a model.</summary>
    public const int ModelRefused = 3;

    /// <summary>The command with its sub-commands.</summary>
    public static Command Create() => new("models", "Lists, verifies and evaluates the installed models.") { List(), Verify(), Evaluate() };

    /// <summary>The option that names the catalogue.</summary>
    internal static Option<string?> DirectoryOption() => new("--models")
    {
        Description = "Folder of models; default: the folder 'models' beside the program or above it.", HelpName = "DIR",
    };

    /// <exception cref="ModelMismatchException">There is no catalogue.</exception>
    internal static ModelCatalog Catalog(string? directory) => ModelCatalog.Open(directory ?? ModelCatalog.FindDefaultDirectory());

    /// <summary>Runs a command; a refused model is named on the error output and gives exit code 3.</summary>
    internal static int RefusalsExit3(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (ModelMismatchException refusal)
        {
            Console.Error.WriteLine(refusal.Message);
            return ModelRefused;
        }
    }

    private static Command List()
    {
        var directory = DirectoryOption();
        var command = new Command("list", "Lists every model with its task and licence; a star marks the version in use.") { directory };
        command.SetAction(parsed => RefusalsExit3(() =>
        {
            var entries = Catalog(parsed.GetValue(directory)).Entries.Select(entry => (Entry: entry, Manifest: entry.ReadManifest())).ToList();
            foreach (var (entry, manifest) in entries)
            {
                var newest = entries.Where(other => other.Manifest.Task == manifest.Task).Max(other => other.Entry.Version);
                Console.WriteLine($"{(entry.Version == newest ? '*' : ' ')} {entry,-20} {manifest.Task,-18} {manifest.Origin.Made}  {manifest.License}");
            }

            return 0;
        }));
        return command;
    }

    private static Command Verify()
    {
        var directory = DirectoryOption();
        var command = new Command("verify", "Holds every manifest against its files: hash, tensors, dimensions. Exit code 3 if one does not fit.") { directory };
        command.SetAction(parsed => RefusalsExit3(() =>
        {
            var refused = 0;
            foreach (var entry in Catalog(parsed.GetValue(directory)).Entries)
            {
                var result = RefusalsExit3(() =>
                {
                    entry.Verify();
                    Console.WriteLine($"{entry}: as its manifest says");
                    return 0;
                });
                refused += result == 0 ? 0 : 1;
            }

            return refused == 0 ? 0 : ModelRefused;
        }));
        return command;
    }

    private static Command Evaluate()
    {
        var dataset = new Option<string>("--dataset")
        {
            Description = "Folder with pictures and labels.csv, or a folder of such folders. Labels that cover their picture are read as plate crops.",
            HelpName = "DIR",
            Required = true,
        };
        var output = new Option<string?>("--out") { Description = "Write all figures to this file, JSON.", HelpName = "FILE" };
        var update = new Option<bool>("--update-models") { Description = "Write evaluation.json beside the manifest of every model used." };
        var passages = new Option<bool>("--passages")
        {
            Description = "Also let every labelled plate drive up, eight looks through tracker and vote: what would be published. Takes about ten times as long.",
        };
        var directory = DirectoryOption();
        var command = new Command("evaluate", "Measures the models in use on labelled pictures, by the code that watches live cameras.") { dataset, passages, output, update, directory };
        command.SetAction(parsed => RefusalsExit3(() =>
        {
            try
            {
                Evaluate(parsed.GetRequiredValue(dataset), parsed.GetValue(passages), parsed.GetValue(output), parsed.GetValue(update), Catalog(parsed.GetValue(directory)));
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

    private static void Evaluate(string dataset, bool withPassages, string? output, bool update, ModelCatalog catalog)
    {
        using var models = VisionModels.Load(catalog, new VisionOptions());
        var report = EvaluationRun.Over(dataset, models, withPassages, TimeProvider.System, set =>
        {
            foreach (var line in EvaluationLines.Of(set))
            {
                Console.WriteLine(line);
            }
        });
        if (output is not null)
        {
            File.WriteAllText(output, report.ToJson());
        }

        foreach (var manifest in update ? models.Manifests.Values : [])
        {
            var file = Path.Combine(catalog.Directory, manifest.Name, manifest.Version.ToString(CultureInfo.InvariantCulture), "evaluation.json");
            File.WriteAllText(file, EvaluationRun.About(manifest, report).ToJson());
        }
    }
}
