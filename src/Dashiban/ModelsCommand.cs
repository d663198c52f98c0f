using System.CommandLine;
using Dashiban.Evaluation;
using Dashiban.Vision.Models;

namespace Dashiban;

/// <summary><c>dashiban models</c>: what is installed, whether it is what it says, and how well it does.</summary>
public static class ModelsCommand
{
    /// <summary>Exit code of a program that refuses a model.</summary>
    public const int ModelRefused = 3;

    /// <summary>The command with its sub-commands.</summary>
    public static Command Create() => new("models", "Lists, verifies, evaluates and compares models.") { List(), Verify(), EvaluateCommand.Create(), CompareCommand.Create() };

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
}
