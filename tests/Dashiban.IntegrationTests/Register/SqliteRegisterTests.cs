using Dashiban.Correlator.Leads;
using Dashiban.Correlator.Register;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Rules;
using Microsoft.Data.Sqlite;
using static Dashiban.Testing.Journeys;

namespace Dashiban.IntegrationTests.Register;

public sealed class SqliteRegisterTests : RegisterContract, IAsyncLifetime
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"dashiban-register-{Guid.NewGuid():n}.db");
    private RegisterDatabase _database = null!;
    private SqlPlateRegister _register = null!;

    protected override IPlateRegister Register => _register;

    protected override ILeadDesk Desk => new SqlLeadDesk(_database, Clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await OpenAsync();

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        foreach (var file in Directory.EnumerateFiles(Path.GetTempPath(), Path.GetFileName(_path) + "*"))
        {
            File.Delete(file);
        }

        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_reopened_register_goes_on_where_it_was()
    {
        var journeys = ThreeTrips();
        foreach (var passage in journeys.All.Take(5))
        {
            await _register.RecordAsync(passage, At(20), Cancel);
        }

        _database.Dispose();
        await OpenAsync();
        foreach (var passage in journeys.All)
        {
            await _register.RecordAsync(passage, At(20), Cancel);
        }

        Assert.Equal(9, Assert.Single(await Desk.ListAsync(null, 10, Cancel)).Timeline.Count);
        var waiting = Desk.WaitForJournalAsync(0, Cancel);
        await waiting.WaitAsync(TimeSpan.FromSeconds(5), Cancel);
    }

    [Fact]
    public async Task A_record_that_fails_half_way_leaves_nothing_behind()
    {
        Sql("CREATE TRIGGER break_it BEFORE INSERT ON alert_change BEGIN SELECT RAISE(ABORT, 'disk full'); END");
        var journeys = ThreeTrips();
        foreach (var passage in journeys.All.Take(8))
        {
            await _register.RecordAsync(passage, At(20), Cancel);
        }

        await Assert.ThrowsAsync<SqliteException>(() => _register.RecordAsync(journeys.All[8], At(20), Cancel));
        Assert.Equal(8, Assert.Single(await _register.ReadProgressAsync(Cancel)).Beyond.Count);
        Sql("DROP TRIGGER break_it");
        Assert.Single((await _register.RecordAsync(journeys.All[8], At(20), Cancel)).Changes);
    }

    [Fact]
    public void A_register_of_a_newer_version_is_refused()
    {
        Sql("INSERT INTO migration (number) VALUES (9999)");
        _database.Dispose();
        var refusal = Assert.Throws<InvalidOperationException>(() => RegisterDatabase.Open(_path));
        Assert.Contains("newer version", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retention_removes_passages_without_a_lead_and_counts_them_as_recorded()
    {
        var journeys = ThreeTrips().Add("渝B11111", "dashi", At(9)).Add("渝B11111", "dashi", At(9, 50));
        foreach (var passage in journeys.All)
        {
            await _register.RecordAsync(passage, passage.Passage.CapturedAt.AddMinutes(1), Cancel);
        }

        Assert.Equal(0, await _register.PruneAsync(At(0, 29), Cancel));
        Assert.Equal(1, await _register.PruneAsync(At(0, 61), Cancel));
        Assert.Equal(9, Assert.Single(await Desk.ListAsync(null, 10, Cancel)).Timeline.Count);
        Assert.Equal(11, Assert.Single(await _register.ReadProgressAsync(Cancel)).Through);
        Assert.False((await _register.RecordAsync(journeys.All[9], At(0, 61), Cancel)).New);
        Assert.True(Replay.Run(_database, Always, null).Equal);

        Assert.Equal(10, await _register.PruneAsync(At(0, 182), Cancel));
        Assert.Empty(await Desk.ListAsync(null, 10, Cancel));
    }

    [Fact]
    public async Task Replay_tells_what_other_rules_would_change()
    {
        foreach (var passage in ThreeTrips().All)
        {
            await _register.RecordAsync(passage, At(20), Cancel);
        }

        var same = Replay.Run(_database, Always, null);
        Assert.Equal((9, true), (same.Passages, same.Equal));
        var stricter = new RuleOptions { RoundTrips = new RoundTripOptions { MinimumTrips = 4 } };
        var other = Replay.Run(_database, Always, stricter);
        Assert.False(other.Equal);
        Assert.Equal(nameof(RoundTrips), Assert.Single(other.Vanishing).Key.Rule);
        Assert.Empty(other.Appearing);
    }

    [Fact]
    public async Task Replay_notices_a_change_that_no_rule_caused()
    {
        foreach (var passage in ThreeTrips().All)
        {
            await _register.RecordAsync(passage, At(20), Cancel);
        }

        Sql("UPDATE alert_change SET score = score + 1");
        Assert.False(Replay.Run(_database, Always, null).Equal);
    }

    protected override async Task<IReadOnlyList<AuditEntry>> ReadAuditAsync() => await new SqlLeadDesk(_database, Clock).ReadAuditAsync(Cancel);

    internal static Period Always { get; } = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    private void Sql(string text)
    {
        using var connection = new SqliteConnection($"Data Source={_path}");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own text.
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private async Task OpenAsync()
    {
        _database = RegisterDatabase.Open(_path);
        _register = await SqlPlateRegister.OpenAsync(_database, Pack, new RegisterOptions(), At(0), Cancel);
    }
}
