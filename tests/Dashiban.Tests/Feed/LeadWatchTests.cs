using Dashiban.Correlator.Leads;
using Dashiban.Correlator.Pages;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Dashiban.Tests.Feed;

public sealed class LeadWatchTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(SomePassages.Monday);
    private readonly DutyDay _day;
    private readonly MoodyDesk _desk;
    private readonly LeadWatch _watch;

    public LeadWatchTests()
    {
        _day = new(_time);
        _desk = new(_day.Desk);
        _watch = new(_desk, new(_desk, _time), _time, new WebOptions(), NullLogger<LeadWatch>.Instance);
    }

    public ValueTask DisposeAsync() => _watch.DisposeAsync();

    [Fact]
    public async Task Open_leads_stand_by_score_and_a_settled_one_moves_over()
    {
        await _day.HitAsync("Watchlist", "渝BD0001", 50, new("布控", "listed"));
        await _day.HitAsync("Watchlist", "渝BD0002", 90, new("布控", "listed"));
        await _watch.RefreshAsync();
        Assert.Equal([90, 50], _watch.Open.Select(lead => lead.Score));

        await _desk.SettleAsync(_watch.Open[0].Id, new(DispositionVerdict.Misread, "B 与 8", "张三", _time.GetUtcNow()), CancellationToken.None);
        await _watch.RefreshAsync();

        Assert.Equal([50], _watch.Open.Select(lead => lead.Score));
        Assert.Equal([90], _watch.Settled.Select(lead => lead.Score));
        Assert.Equal(2, _watch.Today);
    }

    [Fact]
    public async Task A_new_lead_is_announced_once_and_the_first_list_is_no_news()
    {
        await _day.HitAsync("Watchlist", "渝BD0001", 50, new("布控", "listed"));
        var arrived = new TaskCompletionSource<IReadOnlyList<Lead>>();
        var fresh = new TaskCompletionSource();
        _watch.Arrived += leads => arrived.TrySetResult(leads);
        _watch.Changed += () => fresh.TrySetResult();
        _watch.Start();
        await fresh.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(arrived.Task.IsCompleted);

        await _day.HitAsync("Watchlist", "渝BD0002", 90, new("布控", "listed"));

        var lead = Assert.Single(await arrived.Task.WaitAsync(TestContext.Current.CancellationToken));
        Assert.Equal(90, lead.Score);
    }

    [Fact]
    public async Task A_register_that_does_not_answer_is_shown_and_asked_again()
    {
        _desk.IsBroken = true;
        var changes = new SemaphoreSlim(0);
        _watch.Changed += () => changes.Release();
        _watch.Start();
        await changes.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(_watch.IsFresh);

        _desk.IsBroken = false;
        await _day.HitAsync("Watchlist", "渝BD0001", 50, new("布控", "listed"));
        while (!await changes.WaitAsync(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken))
        {
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.True(_watch.IsFresh);
        Assert.Single(_watch.Open);
    }

    /// <summary>A desk that can be told to fail, as a locked database does.</summary>
    private sealed class MoodyDesk(ILeadDesk desk) : ILeadDesk
    {
        public bool IsBroken { get; set; }

        private ILeadDesk Desk => IsBroken ? throw new IOException("told to fail") : desk;

        public Task<IReadOnlyList<Lead>> ListAsync(IReadOnlySet<LeadState>? states, int limit, CancellationToken cancel) => Desk.ListAsync(states, limit, cancel);

        public Task<Lead?> OpenAsync(long leadId, string who, string why, CancellationToken cancel) => Desk.OpenAsync(leadId, who, why, cancel);

        public Task<Lead?> SettleAsync(long leadId, Disposition disposition, CancellationToken cancel) => Desk.SettleAsync(leadId, disposition, cancel);

        public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(long afterPosition, int limit, CancellationToken cancel) => Desk.ReadJournalAsync(afterPosition, limit, cancel);

        public Task WaitForJournalAsync(long position, CancellationToken cancel) => Desk.WaitForJournalAsync(position, cancel);

        public Task<ReadOnlyMemory<byte>?> ReadSceneAsync(PassageId passage, CancellationToken cancel) => Desk.ReadSceneAsync(passage, cancel);

        public Task<bool> KeepSceneAsync(PassageId passage, ReadOnlyMemory<byte> jpeg, CancellationToken cancel) => Desk.KeepSceneAsync(passage, jpeg, cancel);
    }
}
