using System.CommandLine;
using Dashiban.Configuration;
using Dashiban.Domain.Seats;
using Dashiban.Edge;
using Dashiban.Vision.Models;
using Dashiban.Vision.Scenes;

namespace Dashiban;

/// <summary><c>dashiban edge</c>: cameras in, passages out, until SIGTERM.</summary>
internal static class EdgeCommand
{
    public static Command Create()
    {
        var file = CheckCommand.ConfigurationOption();
        var command = new Command("edge", "Run one edge box: read its cameras, vote passages, flag, publish over MQTT. Stops on SIGTERM.") { file };
        command.SetAction(parsed => RunAsync(parsed.GetRequiredValue(file)));
        return command;
    }

    private static async Task<int> RunAsync(string path)
    {
        var outcome = RoleConfiguration.Load(path, needsEdge: true);
        if (CheckCommand.Refuse(path, outcome.Errors))
        {
            return ExitCode.Configuration;
        }

        using var logs = RoleLogging.Create();
        return await RoleProcess.RunAsync((stopping, abort) => RunAsync(outcome.Options!, path, logs, stopping, abort), logs.CreateLogger("edge"), TimeProvider.System);
    }

    private static async Task RunAsync(RoleConfiguration configuration, string path, ILoggerFactory logs, CancellationToken stopping, CancellationToken abort)
    {
        var lists = configuration.ReadLists(path);
        RoleLogging.Report(logs, lists.Warnings);
        using var models = Load(configuration.Models, configuration.Edge!.Vision);
        using var node = new EdgeNode(
            configuration.Edge, models, TrustIn(models), lists.Rules, lists.Seats, TimeProvider.System, RoleLogging.Dice(), logs);
        await node.RunAsync(stopping, abort);
        foreach (var lane in node.Books.Lanes)
        {
            Console.WriteLine(Books.Of(lane));
        }

        Console.WriteLine(Books.Of(node.Books));
    }

    internal static VisionModels Load(string directory, VisionOptions options) =>
        VisionModels.Load(ModelCatalog.Open(directory.Length > 0 ? directory : ModelCatalog.FindDefaultDirectory()), options);

    /// <summary>What the seat model's manifest says of its own reliability; a model that nobody has measured counts for nothing.</summary>
    internal static SeatModelTrust TrustIn(VisionModels models) => models.SeatReliability is { } measured
        ? new SeatModelTrust(measured.SmallPlates, measured.LargePlates)
        : SeatModelTrust.Unmeasured;
}
