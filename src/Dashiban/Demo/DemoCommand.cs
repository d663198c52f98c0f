using System.CommandLine;

namespace Dashiban.Demo;

/// <summary><c>dashiban demo</c>: the whole system on one machine, ending with books that balance or not.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var seconds = new Option<int?>("--seconds") { Description = "Stop this many seconds after the cameras started; without it, on Ctrl-C.", HelpName = "N" };
        var port = new Option<int>("--port") { Description = "Port of the page on 127.0.0.1; 0 takes a free one.", DefaultValueFactory = _ => 8480, HelpName = "PORT" };
        var folder = new Option<string>("--data") { Description = "Folder for footage, journal and outboxes.", DefaultValueFactory = _ => "var/demo", HelpName = "DIR" };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 86_400)
            {
                result.AddError("--seconds takes 1 to 86400.");
            }
        });
        var command = new Command("demo", """
            Run everything on this machine: three virtual checkpoint cameras as real RTSP streams, two edge workers, an MQTT broker, the
            correlator and its page. A planted vehicle of seven seats shuttles between two sites; licensed, declared and ordinary traffic
            must raise no lead. Exit code 0 only if the planted lead came in time, nobody else raised one and all books balance.
            """)
        {
            seconds, port, folder,
        };
        command.SetAction(parsed => RunAsync(new DemoOptions(
            parsed.GetRequiredValue(folder),
            parsed.GetRequiredValue(port),
            parsed.GetValue(seconds) is { } limit ? TimeSpan.FromSeconds(limit) : null)));
        return command;
    }

    private static async Task<int> RunAsync(DemoOptions options)
    {
        using var logs = RoleLogging.Create();
        var run = new DemoRun(options, TimeProvider.System, RoleLogging.Dice(), logs, Console.WriteLine);
        var holds = false;
        var exit = await RoleProcess.RunAsync(
            async (stopping, abort) =>
            {
                try
                {
                    holds = Print(await run.RunAsync(stopping, abort));
                }
                catch (DemoException error)
                {
                    await Console.Error.WriteLineAsync($"demo: {error.Message}");
                }
            },
            logs.CreateLogger("demo"),
            TimeProvider.System);
        return exit != ExitCode.Tidy ? exit : holds ? ExitCode.Tidy : ExitCode.SomeFailed;
    }

    private static bool Print(DemoOutcome outcome)
    {
        var lines = DemoReport.Lines(outcome).ToArray();
        Console.WriteLine();
        foreach (var (holds, line) in lines)
        {
            Console.WriteLine($"{holds switch { true => "ok  ", false => "FAIL", null => "    " }} {line}");
        }

        var all = lines.All(l => l.Holds != false);
        Console.WriteLine(all ? "demo: everything holds" : "demo: see FAIL above");
        return all;
    }
}
