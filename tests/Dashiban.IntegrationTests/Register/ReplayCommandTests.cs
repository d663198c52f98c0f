using Dashiban.Correlator.Register;
using Dashiban.Domain.Rules;
using Dashiban.Testing;
using Microsoft.Data.Sqlite;
using static Dashiban.Testing.Journeys;

namespace Dashiban.IntegrationTests.Register;

/// <summary>The command's exit codes on a real journal.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dashiban-replay-").FullName;

    private string Journal => Path.Combine(_folder, "journal.db");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Replay_exits_0_where_equal_and_1_where_not()
    {
        await WriteJournalAsync();
        Assert.Equal(0, await ReplayAsync("--journal", Journal));
        Assert.Equal(0, await ReplayAsync("--journal", Journal, "--from", "2026-03-02T00:00+08:00", "--to", "2026-03-03T00:00+08:00"));
        Assert.Equal(0, await ReplayAsync("--journal", Journal, "--rules", Rules("""{ "RoundTrips": { "MinimumTrips": 3 } }""")));
        Assert.Equal(1, await ReplayAsync("--journal", Journal, "--rules", Rules("""{ "RoundTrips": { "MinimumTrips": 4 } }""")));
        Spoil();
        Assert.Equal(1, await ReplayAsync("--journal", Journal));
    }

    [Theory]
    [InlineData("""{ "RoundTrips": { "MinimumTrips": 1 } }""")]
    [InlineData("""{ "RoundTripz": { "MinimumTrips": 3 } }""")]
    [InlineData("{ nonsense")]
    public async Task Unusable_rules_exit_2(string rules) => Assert.Equal(2, await ReplayAsync("--journal", Journal, "--rules", Rules(rules)));

    [Fact]
    public async Task A_journal_that_cannot_be_read_exits_1()
    {
        Assert.Equal(1, await ReplayAsync("--journal", Journal));
        await File.WriteAllTextAsync(Journal, new string('x', 5000), Cancel);
        Assert.Equal(1, await ReplayAsync("--journal", Journal));
    }

    private static Task<int> ReplayAsync(params string[] arguments) => ReplayCommand.Create().Parse(arguments).InvokeAsync(cancellationToken: Cancel);

    private async Task WriteJournalAsync()
    {
        using var database = RegisterDatabase.Open(Journal);
        var register = await SqlPlateRegister.OpenAsync(database, new RulePack { Sites = County }, new RegisterOptions(), At(0), Cancel);
        var journeys = new Journeys();
        foreach (var hour in new[] { 8.0, 10.5, 13.0 })
        {
            journeys.ThereAndBack("渝BK3721", "xinli", "chengxi", At(hour));
        }

        foreach (var passage in journeys.All)
        {
            await register.RecordAsync(passage, At(20), Cancel);
        }

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Journal));
        }
    }

    private void Spoil()
    {
        using var connection = new SqliteConnection($"Data Source={Journal};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM alert_change";
        command.ExecuteNonQuery();
    }

    private string Rules(string json)
    {
        var path = Path.Combine(_folder, "rules.json");
        File.WriteAllText(path, json);
        return path;
    }
}
