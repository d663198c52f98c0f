using System.Threading.Channels;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Lists;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Rules;
using Dashiban.Edge.Flagging;
using Dashiban.Edge.Outbox;
using Dashiban.Edge.Voting;
using Dashiban.IntegrationTests.Delivery;
using Dashiban.Messaging;
using Dashiban.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Dashiban.IntegrationTests.Outbox;

/// <summary>The outbox on a real disk.</summary>
public sealed class OutboxTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(SomePassages.Monday);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Numbers_and_identity_go_on_after_a_restart_even_when_all_rows_were_pruned()
    {
        Guid id;
        await using (var first = Open())
        {
            id = first.Outbox.Id;
            for (var i = 1; i <= 3; i++)
            {
                Assert.Equal(i, (await first.Outbox.AppendAsync(SomePassages.Minibus(), default, Cancel)).Id.Sequence);
            }

            await first.Outbox.ConfirmThroughAsync(3, Cancel);
            _clock.Advance(TimeSpan.FromDays(100));
            await first.Outbox.PruneAsync(Cancel);
            Assert.Empty(first.Outbox.Read([1, 2, 3]));
        }

        await using var second = Open();
        Assert.Equal((id, 4L, 3L), (second.Outbox.Id, second.Outbox.NextSequence, second.Outbox.ConfirmedThrough));
        Assert.Equal(4, (await second.Outbox.AppendAsync(SomePassages.Minibus(), default, Cancel)).Id.Sequence);
    }

    [Fact]
    public async Task What_is_not_confirmed_is_never_pruned()
    {
        await using var open = Open();
        await open.Outbox.AppendAsync(SomePassages.Minibus(), default, Cancel);
        await open.Outbox.AppendAsync(SomePassages.Minibus(), default, Cancel);
        await open.Outbox.ConfirmThroughAsync(1, Cancel);
        _clock.Advance(TimeSpan.FromDays(1000));
        await open.Outbox.PruneAsync(Cancel);

        Assert.Equal([2L], open.Outbox.Read([1, 2]).Select(message => message.Sequence));
    }

    [Fact]
    public async Task A_stored_body_is_the_payload_of_that_passage()
    {
        await using var open = Open();
        var passage = SomePassages.Minibus();
        var recorded = await open.Outbox.AppendAsync(passage, default, Cancel);
        var message = Assert.Single(open.Outbox.Read([recorded.Id.Sequence]));

        Assert.True(WireMapping.TryReadPassage(message.Body.Span, out var read, out _));
        Assert.Equal(recorded.Id, read.Id);
        Assert.Equal(Topics.Passage(passage.Site, PlateKey.Of(passage.Plate)), message.Topic);
    }

    [Fact]
    public async Task Many_waiting_appends_share_a_commit_and_keep_their_order()
    {
        await using var open = Open();
        var appends = Enumerable.Range(0, 500).Select(i => open.Outbox.AppendAsync(SomePassages.Minibus($"渝BD{i:0000}"), default, Cancel)).ToArray();
        var recorded = await Task.WhenAll(appends);

        Assert.Equal(Enumerable.Range(1, 500).Select(n => (long)n), recorded.Select(passage => passage.Id.Sequence));
        Assert.Equal(501, open.Outbox.NextSequence);
    }

    [Fact]
    public async Task A_full_disk_makes_writers_wait_and_loses_nothing()
    {
        var options = Options with { LargestMegabytes = 16 };
        var log = new WrittenLog();
        await using var open = new RunningOutbox(EdgeOutbox.Open(options, "edge-test", null, TimeProvider.System, () => 0.5, log));
        // 120 scenes of 200 KB are more than 16 MB can hold.
        var appends = Enumerable.Range(0, 120).Select(_ => open.Outbox.AppendAsync(SomePassages.Minibus(), new byte[200_000], Cancel)).ToArray();
        await Eventually.IsTrueAsync(() => log.Lines.Any(line => Says(line, Full)), "the disk is full", 60);
        var stored = open.Outbox.NextSequence;
        Assert.InRange(stored, 2, 100);
        await Task.Delay(300, Cancel);
        Assert.Equal(stored, open.Outbox.NextSequence);
        Assert.DoesNotContain(appends, append => append.IsFaulted);
        Assert.Single(log.Lines, line => Says(line, Full));

        // The disk gets room, again and again: whoever waited is served, in order, without a gap.
        var all = Task.WhenAll(appends);
        using (var wider = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={options.File};Pooling=False"))
        {
            await wider.OpenAsync(Cancel);
            using var settle = wider.CreateCommand();
            settle.CommandText = "UPDATE scene SET settled = 1";
            while (!all.IsCompleted)
            {
                await settle.ExecuteNonQueryAsync(Cancel);
                await Task.WhenAny(all, Task.Delay(200, Cancel));
            }
        }

        await all;
        Assert.Equal(Enumerable.Range(1, appends.Length).Select(n => (long)n), appends.Select(append => append.Result.Id.Sequence));

        // The room may run out several times (issue 3, a slow machine): each time one line says so, and one that there is room again.
        var said = log.Lines.Where(line => Says(line, Full) || Says(line, Roomy)).ToArray();
        Assert.Equal(0, said.Length % 2);
        Assert.All(said.Index(), line => Assert.True(Says(line.Item, line.Index % 2 == 0 ? Full : Roomy), string.Join('\n', said)));
    }

    private const string Full = " 1310 ", Roomy = " 1311 ";

    private static bool Says(string line, string number) => line.Contains(number, StringComparison.Ordinal);

    [Fact]
    public async Task A_second_process_is_refused()
    {
        await using var open = Open();
        var refused = Assert.Throws<IOException>(() => EdgeOutbox.Open(Options, "edge", null, _clock, () => 0.5, NullLogger.Instance));

        Assert.Contains("another process", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_is_put_aside_and_a_new_outbox_goes_on()
    {
        await File.WriteAllTextAsync(Options.File, new string('x', 9000), Cancel);
        await using var open = Open();
        await open.Outbox.AppendAsync(SomePassages.Minibus(), default, Cancel);

        Assert.Single(Directory.GetFiles(_folder.Root, "outbox.db.damaged-*"));
    }

    [Fact]
    public async Task Scenes_wait_until_confirmed_and_go_after_their_retention()
    {
        await using var open = Open();
        await open.Outbox.AppendAsync(SomePassages.Minibus(), new byte[] { 1 }, Cancel);
        await open.Outbox.AppendAsync(SomePassages.Minibus(), new byte[] { 2 }, Cancel);
        Assert.Null(open.Outbox.ReadSceneAfter(0));

        await open.Outbox.ConfirmThroughAsync(2, Cancel);
        Assert.Equal(1, open.Outbox.ReadSceneAfter(0)!.Sequence);
        Assert.Equal(2, open.Outbox.ReadSceneAfter(1)!.Sequence);

        await open.Outbox.SettleSceneAsync(1, Cancel);
        Assert.Equal(2, open.Outbox.ReadSceneAfter(0)!.Sequence);
    }

    [Fact]
    public async Task The_edge_flags_by_itself_what_the_rule_book_says_of_its_own_passages()
    {
        var pack = new RulePack
        {
            Watched = [new WatchEntry(new PlateText("渝BD1234"), "跨县揽客线索", "交通执法大队", "值班员", SomePassages.Monday.AddDays(-1), SomePassages.Monday.AddDays(30))],
        };
        await using var open = Open(examine: LocalRules.Of(pack));
        await open.Outbox.AppendAsync(SomePassages.Minibus("渝BD1234", SomePassages.Monday), default, Cancel);
        await open.Outbox.AppendAsync(SomePassages.Minibus("渝BD9999", SomePassages.Monday), default, Cancel);
        await open.Outbox.AppendAsync(SomePassages.Minibus("渝BD1234", SomePassages.Monday.AddHours(1)), default, Cancel);

        Assert.Equal(3, open.Outbox.PassagesStored);
        Assert.Equal(2, open.Outbox.HitsStored);
        var hits = open.Outbox.Read([2, 5]).Select(message =>
        {
            Assert.True(WireMapping.TryReadHit(message.Body.Span, out var hit, out var refusal), refusal?.Reason);
            return hit;
        }).ToArray();
        Assert.Equal([AlertChangeKind.Raised, AlertChangeKind.Amended], hits.Select(hit => hit.Change.Kind));
        Assert.Equal([1L, 4L], hits[1].Change.Finding.Evidence.Select(id => id.Sequence));
        Assert.Equal("edge-test", hits[0].Edge);
    }

    [Fact]
    public async Task A_rule_that_fails_does_not_cost_the_passage()
    {
        await using var open = Open(examine: (_, _) => throw new InvalidOperationException("broken rule"));
        Assert.Equal(1, (await open.Outbox.AppendAsync(SomePassages.Minibus(), default, Cancel)).Id.Sequence);
    }

    [Fact]
    public async Task Voted_passages_are_stored_or_withheld_and_the_books_balance()
    {
        await using var open = Open();
        var listed = SomePassages.Car("渝A77777");
        var stage = new FlagStage(open.Outbox, new FlagOptions(), passage => passage.Plate == listed.Plate);
        var voted = Channel.CreateBounded<VotedPassage>(8);
        var run = stage.RunAsync(voted.Reader, CancellationToken.None);
        for (var i = 0; i < 200; i++)
        {
            await voted.Writer.WriteAsync(new VotedPassage(i % 4 == 0 ? SomePassages.Minibus() : SomePassages.Car(), default), Cancel);
        }

        await voted.Writer.WriteAsync(new VotedPassage(listed, default), Cancel);
        voted.Writer.Complete();
        await run;

        Assert.Equal(new FlagBooks(Voted: 201, Stored: 51, Withheld: 150, Abandoned: 0), stage.Books);
        Assert.Equal(51, open.Outbox.PassagesStored);
    }

    [Fact]
    public async Task An_abort_settles_what_could_not_be_stored_as_abandoned()
    {
        using var abort = new CancellationTokenSource();
        var outbox = EdgeOutbox.Open(Options, "edge-test", null, _clock, () => 0.5, NullLogger.Instance);
        var stage = new FlagStage(outbox, new FlagOptions(), _ => false);
        var voted = Channel.CreateUnbounded<VotedPassage>();
        for (var i = 0; i < 300; i++)
        {
            voted.Writer.TryWrite(new VotedPassage(SomePassages.Minibus(), default));
        }

        // No writer runs, as if the disk never came back.
        var run = stage.RunAsync(voted.Reader, abort.Token);
        await abort.CancelAsync();
        await outbox.RunAsync(abort.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        outbox.Dispose();

        Assert.Equal(new FlagBooks(Voted: 300, Stored: 0, Withheld: 0, Abandoned: 300), stage.Books);
    }

    public void Dispose() => _folder.Dispose();

    private OutboxOptions Options => new() { File = _folder["outbox.db"] };

    private RunningOutbox Open(ExamineArrival? examine = null) =>
        new(EdgeOutbox.Open(Options, "edge-test", examine, _clock, () => 0.5, NullLogger.Instance));
}

/// <summary>An outbox with its writer running; disposing stops it as a tidy edge does.</summary>
internal sealed class RunningOutbox : IAsyncDisposable
{
    private readonly CancellationTokenSource _abort = new();
    private readonly Task _run;

    public RunningOutbox(EdgeOutbox outbox)
    {
        Outbox = outbox;
        _run = Task.Run(() => outbox.RunAsync(_abort.Token));
    }

    public EdgeOutbox Outbox { get; }

    public async ValueTask DisposeAsync()
    {
        // A test that failed while the disk was full must not wait for room for ever.
        _abort.CancelAfter(TimeSpan.FromSeconds(10));
        Outbox.Complete();
        await _run;
        Outbox.Dispose();
        _abort.Dispose();
    }
}
