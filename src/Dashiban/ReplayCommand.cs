using System.CommandLine;
using System.Globalization;
using Dashiban.Configuration;
using Dashiban.Correlator.Register;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Rules;
using Microsoft.Data.Sqlite;

namespace Dashiban;

/// <summary><c>dashiban replay</c>: is the alert journal what the rules say of the passages, and what would other rules say?</summary>
public static class ReplayCommand
{
    private const int Differs = 1;
    private const int WrongUsage = 2;

    /// <summary>The command with its help.</summary>
    public static Command Create()
    {
        var journal = new Option<string>("--journal") { Description = "The register's database file; it is only read.", Required = true, HelpName = "DB" };
        var from = new Option<DateTimeOffset?>("--from") { Description = "Compare changes recorded from this time, for example 2026-03-02T00:00+08:00.", HelpName = "TIME" };
        var to = new Option<DateTimeOffset?>("--to") { Description = "Compare changes recorded before this time.", HelpName = "TIME" };
        var rules = new Option<string?>("--rules") { Description = "Try the thresholds of this JSON file; sites and lists stay those of the day.", HelpName = "FILE" };
        var command = new Command(
            "replay",
            """
            Feeds the journal of passages, in the order in which they arrived, to the rules, and compares the changes of leads with
            the stored ones. All passages are replayed in any case; --from and --to choose the changes that are compared.

            Exit codes: 0 equal; 1 different, or the journal cannot be read; 2 wrong usage or unusable rules.
            """)
        {
            journal, from, to, rules,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(journal),
            new Period(parsed.GetValue(from) ?? DateTimeOffset.MinValue, parsed.GetValue(to) ?? DateTimeOffset.MaxValue),
            parsed.GetValue(rules)));
        return command;
    }

    private static int Run(string journal, Period window, string? rulesFile)
    {
        RuleOptions? instead = null;
        if (rulesFile is not null)
        {
            var loaded = StrictConfiguration.Load<RuleOptions>(rulesFile, [], options => options.Validate());
            if (loaded.Errors.Count > 0)
            {
                Console.Error.WriteLine(string.Join(Environment.NewLine, loaded.Errors));
                return WrongUsage;
            }

            instead = loaded.Options;
        }

        if (!File.Exists(journal))
        {
            Console.Error.WriteLine($"{journal}: no such file");
            return Differs;
        }

        try
        {
            using var database = RegisterDatabase.Open(journal);
            var outcome = Replay.Run(database, window, instead);
            Console.Write(Report(outcome));
            return outcome.Equal ? 0 : Differs;
        }
        catch (Exception problem) when (problem is SqliteException or InvalidOperationException)
        {
            Console.Error.WriteLine($"{journal}: {problem.Message}");
            return Differs;
        }
    }

    private static string Report(ReplayOutcome outcome)
    {
        var lines = new List<string>
        {
            $"{outcome.Passages} passages replayed; {outcome.StoredChanges} stored changes, {outcome.ReplayedChanges} replayed",
            outcome.Equal ? "Equal: the journal is what the rules say." : "DIFFERENT: the journal is not what these rules say.",
        };
        lines.AddRange(outcome.Appearing.Select(f => $"+ {Line(f)}"));
        lines.AddRange(outcome.Vanishing.Select(f => $"- {Line(f)}"));
        return string.Concat(lines.Select(l => l + Environment.NewLine));
    }

    /// <summary>The plate masks itself.</summary>
    private static string Line(Finding finding) => string.Create(
        CultureInfo.InvariantCulture,
        $"{finding.Key.Rule} {finding.Key.Plate} {finding.Period.Start:yyyy-MM-dd HH:mm} {finding.Score:0} {finding.Reasons[0].Zh}");
}
