using System.CommandLine;
using Dashiban.Configuration;

namespace Dashiban;

/// <summary><c>dashiban check</c>: says everything that is wrong with a configuration and starts nothing.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = ConfigurationOption();
        var command = new Command("check", "Say everything that is wrong with a configuration file, and start nothing.") { file };
        command.SetAction(parsed => Check(parsed.GetRequiredValue(file)));
        return command;
    }

    /// <summary>The option that every role takes.</summary>
    internal static Option<string> ConfigurationOption() => new("--config", "-c")
    {
        Description = "JSON file; see deploy/*.sample.json. Environment variables such as DASHIBAN_Edge__Link__Port override it.",
        Required = true,
        HelpName = "FILE",
    };

    /// <summary>Writes what is wrong to standard error; true where something is.</summary>
    internal static bool Refuse(string path, IReadOnlyList<string> errors)
    {
        foreach (var error in errors)
        {
            Console.Error.WriteLine($"{path}: {error}");
        }

        return errors.Count > 0;
    }

    private static int Check(string path)
    {
        var outcome = RoleConfiguration.Load(path);
        if (Refuse(path, outcome.Errors))
        {
            return ExitCode.Configuration;
        }

        var lists = outcome.Options!.ReadLists(path);
        foreach (var warning in lists.Warnings)
        {
            Console.WriteLine($"warning: {warning}");
        }

        var roles = new[] { outcome.Options.Edge is null ? null : $"edge {outcome.Options.Edge.Id}, {outcome.Options.Edge.Cameras.Count} cameras", outcome.Options.Correlator is null ? null : "correlator" };
        Console.WriteLine($"{path}: good ({string.Join("; ", roles.OfType<string>())}; {lists.Rules.Sites.Sites.Count} sites, {lists.Seats.Count} vehicles in the seat register, "
            + $"{lists.Rules.Allowed.Count} exempt, {lists.Rules.Watched.Count} watched)");
        return ExitCode.Tidy;
    }
}
