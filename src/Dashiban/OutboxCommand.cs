using System.CommandLine;
using Dashiban.Configuration;
using Dashiban.Edge;
using Dashiban.Edge.Outbox;
using Dashiban.History;

namespace Dashiban;

/// <summary><c>dashiban outbox</c>: work with an edge's outbox without its cameras.</summary>
internal static class OutboxCommand
{
    public static Command Create() => new("outbox", "Works with an outbox without cameras.") { Publish() };

    private static Command Publish()
    {
        var configuration = CheckCommand.ConfigurationOption();
        var file = new Option<string>("--file", "-f") { Description = "Passages, one JSON object per line, as they stand on the wire (passage.v1).", Required = true, HelpName = "FILE" };
        var pace = new Option<double>("--per-second") { Description = "Passages stored per second; 0 stores them as fast as the disk takes them.", HelpName = "N" };
        var say = new Option<bool>("--say-stored") { Description = "Print 'stored N' whenever passages up to N are on disk." };
        var command = new Command(
            "publish",
            """
            Brings passages of the past to the centre on the way of live ones: outbox, broker, confirmation.

            Takes the edge's id, outbox, publish and link from the configuration. Name an outbox of its own for each
            history: line N of the file becomes message N. A run that was cut off is repeated with the same command;
            lines that are stored already are skipped, and nothing is counted twice at the centre.
            Exit codes: 0 the centre has confirmed every line; 1 stopped before that, or a line is no passage; 2 wrong usage.
            """)
        {
            configuration, file, pace, say,
        };
        command.SetAction(parsed => RunAsync(
            parsed.GetRequiredValue(configuration), parsed.GetRequiredValue(file), parsed.GetValue(pace), parsed.GetValue(say)));
        return command;
    }

    private static async Task<int> RunAsync(string path, string file, double perSecond, bool sayStored)
    {
        var outcome = RoleConfiguration.Load(path, needsEdge: true);
        if (CheckCommand.Refuse(path, outcome.Errors))
        {
            return ExitCode.Configuration;
        }

        if (!File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"{file}: does not exist.");
            return ExitCode.Configuration;
        }

        using var logs = RoleLogging.Create();
        var complete = false;
        var end = await RoleProcess.RunAsync(
            async (stopping, _) => complete = await PublishAsync(outcome.Options!.Edge!, file, perSecond, sayStored, logs, stopping),
            logs.CreateLogger("outbox"),
            TimeProvider.System);
        return end == ExitCode.Tidy && !complete ? ExitCode.SomeFailed : end;
    }

    private static async Task<bool> PublishAsync(EdgeOptions edge, string file, double perSecond, bool sayStored, ILoggerFactory logs, CancellationToken stopping)
    {
        var dice = RoleLogging.Dice();
        using var outbox = EdgeOutbox.Open(edge.Outbox, edge.Id, examine: null, TimeProvider.System, dice, logs.CreateLogger<EdgeOutbox>());
        var history = new HistoryPublisher(outbox, edge.Link, edge.Publish, TimeProvider.System, dice, logs);
        Console.WriteLine($"outbox {outbox.Id:n} next {outbox.NextSequence}");
        try
        {
            var books = await history.RunAsync(PassageFile.Read(file), perSecond, sequence => Say(sayStored, sequence), stopping);
            Console.WriteLine($"stored {books.Stored} confirmed {books.Confirmed}");
            return books.Confirmed == books.Stored && !stopping.IsCancellationRequested;
        }
        catch (InvalidDataException unreadable)
        {
            await Console.Error.WriteLineAsync(unreadable.Message);
            return false;
        }
    }

    private static void Say(bool aloud, long sequence)
    {
        if (aloud)
        {
            Console.WriteLine($"stored {sequence}");
        }
    }
}
