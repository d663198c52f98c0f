using System.CommandLine;
using Dashiban.Configuration;
using Dashiban.Correlator;

namespace Dashiban;

/// <summary><c>dashiban correlator</c>: the centre, until SIGTERM.</summary>
internal static class CorrelatorCommand
{
    public static Command Create()
    {
        var file = CheckCommand.ConfigurationOption();
        var command = new Command("correlator", "Run the centre: record passages, judge them by the rules, show leads on a page. Stops on SIGTERM.") { file };
        command.SetAction(parsed => RunAsync(parsed.GetRequiredValue(file)));
        return command;
    }

    private static async Task<int> RunAsync(string path)
    {
        var outcome = RoleConfiguration.Load(path, needsCorrelator: true);
        if (CheckCommand.Refuse(path, outcome.Errors))
        {
            return ExitCode.Configuration;
        }

        using var logs = RoleLogging.Create();
        return await RoleProcess.RunAsync((stopping, _) => RunAsync(outcome.Options!, path, logs, stopping), logs.CreateLogger("correlator"), TimeProvider.System);
    }

    private static async Task RunAsync(RoleConfiguration configuration, string path, ILoggerFactory logs, CancellationToken stopping)
    {
        var lists = configuration.ReadLists(path);
        RoleLogging.Report(logs, lists.Warnings);
        await using var node = await CorrelatorNode.OpenAsync(
            configuration.Correlator!, lists.Rules, TimeProvider.System, RoleLogging.Dice(), logs, stopping);
        Console.WriteLine($"page {node.Address}");
        await node.RunAsync(stopping);
    }
}
