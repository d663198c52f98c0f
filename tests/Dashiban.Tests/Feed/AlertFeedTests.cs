using Dashiban.Correlator.Alerts;
using Dashiban.Domain.Correlation;
using Dashiban.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dashiban.Tests.Feed;

public sealed class AlertFeedTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);
    private readonly FakeTimeProvider _time = new(SomePassages.Monday);
    private readonly DutyDay _day;
    private readonly AlertFeed _feed;

    public AlertFeedTests()
    {
        _day = new(_time);
        _feed = new(_day.Desk, _time);
    }

    [Fact]
    public async Task A_follower_sees_every_line_once_whether_written_before_or_after_it_came()
    {
        await RaiseAsync(300);
        await using var follower = Follow(0);
        var seen = await NextLinesAsync(follower, 300);
        await RaiseAsync(5);
        seen.AddRange(await NextLinesAsync(follower, 5));

        var journal = await _day.Desk.ReadJournalAsync(0, 1000, CancellationToken.None);
        Assert.Equal(journal.Select(entry => entry.Position), seen);
    }

    [Fact]
    public async Task A_follower_resumes_after_the_position_it_names()
    {
        var finding = await _day.HitAsync("Watchlist", "渝BD0001", 50, new("布控", "listed"));
        for (var i = 1; i <= 9; i++)
        {
            await _day.ChangeAsync(new(AlertChangeKind.Amended, finding with { Score = 50 + i }), _time.GetUtcNow());
        }

        var journal = await _day.Desk.ReadJournalAsync(0, 1000, CancellationToken.None);
        Assert.Equal(journal[6].Position + 1, journal[7].Position);

        await using var follower = Follow(journal[6].Position);

        Assert.Equal(journal.Skip(7).Select(entry => entry.Position), await NextLinesAsync(follower, 3));
    }

    [Fact]
    public async Task A_slow_follower_misses_nothing()
    {
        await RaiseAsync(1);
        await using var follower = Follow(0);
        var seen = await NextLinesAsync(follower, 1);

        await RaiseAsync(AlertFeed.BatchLimit * 3);
        seen.AddRange(await NextLinesAsync(follower, AlertFeed.BatchLimit * 3));

        Assert.Equal((await _day.Desk.ReadJournalAsync(0, 10_000, CancellationToken.None)).Select(entry => entry.Position), seen);
    }

    [Fact]
    public async Task A_quiet_journal_is_told_and_the_position_stays()
    {
        await RaiseAsync(1);
        await using var follower = Follow(0);
        var position = (await NextLinesAsync(follower, 1))[0];

        var waiting = follower.MoveNextAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        _time.Advance(Quiet);

        Assert.True(await waiting);
        Assert.Equal(position, follower.Current.Position);
        Assert.Empty(follower.Current.Entries);
    }

    [Fact]
    public async Task A_cancelled_follower_ends()
    {
        using var stop = new CancellationTokenSource();
        await using var follower = _feed.FollowAsync(0, Quiet, stop.Token).GetAsyncEnumerator(stop.Token);
        var waiting = follower.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private IAsyncEnumerator<FeedBatch> Follow(long after) =>
        _feed.FollowAsync(after, Quiet, CancellationToken.None).GetAsyncEnumerator(TestContext.Current.CancellationToken);

    private async Task RaiseAsync(int leads)
    {
        for (var i = 0; i < leads; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await _day.HitAsync("Watchlist", "渝BD0001", 50, new("布控", "listed"));
        }
    }

    private static async Task<List<long>> NextLinesAsync(IAsyncEnumerator<FeedBatch> follower, int count)
    {
        var seen = new List<long>();
        while (seen.Count < count)
        {
            Assert.True(await follower.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
            Assert.InRange(follower.Current.Entries.Count, 1, AlertFeed.BatchLimit);
            seen.AddRange(follower.Current.Entries.Select(entry => entry.Position));
        }

        Assert.Equal(count, seen.Count);
        return seen;
    }
}
