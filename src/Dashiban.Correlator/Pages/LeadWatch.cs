using Dashiban.Correlator.Alerts;
using Dashiban.Correlator.Leads;
using Dashiban.Domain.Correlation;
using Microsoft.Extensions.Logging;

namespace Dashiban.Correlator.Pages;

/// <summary>The leads as one browser sees them, kept fresh from the journal while its circuit lives.</summary>
internal sealed partial class LeadWatch(
    ILeadDesk desk, AlertFeed feed, TimeProvider time, WebOptions options, ILogger<LeadWatch> log) : IAsyncDisposable
{
    private const int OpenLimit = 300;
    private const int SettledLimit = 200;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);
    private static readonly HashSet<LeadState> Done = [LeadState.Confirmed, LeadState.Dismissed, LeadState.Withdrawn];

    private readonly CancellationTokenSource _closing = new();
    private Task _following = Task.CompletedTask;

    /// <summary>Something on the page must be drawn anew. Raised on a pool thread.</summary>
    public event Action? Changed;

    /// <summary>Leads that the journal told of for the first time, as they are now. Raised on a pool thread.</summary>
    public event Action<IReadOnlyList<Lead>>? Arrived;

    /// <summary>Waiting for the officer, the highest score first.</summary>
    public IReadOnlyList<Lead> Open { get; private set; } = [];

    /// <summary>Confirmed, dismissed, withdrawn; the newest change first.</summary>
    public IReadOnlyList<Lead> Settled { get; private set; } = [];

    public AlertLoad Load { get; private set; } = new(0, 0, options.LeadsPerHour);

    /// <summary>Leads raised since midnight at the office.</summary>
    public int Today { get; private set; }

    /// <summary>False until the first list was read, and while the register does not answer.</summary>
    public bool IsFresh { get; private set; }

    public void Start() => _following = _following.IsCompleted ? Task.Run(FollowAsync) : _following;

    /// <summary>Reads the lists now, for example after the officer's own word.</summary>
    public async Task RefreshAsync()
    {
        var open = await desk.ListAsync(null, OpenLimit, _closing.Token);
        var settled = await desk.ListAsync(Done, SettledLimit, _closing.Token);
        Open = [.. open.OrderByDescending(lead => lead.Score).ThenByDescending(lead => lead.RaisedAt)];
        Settled = [.. settled.OrderByDescending(lead => lead.ChangedAt)];
        Count();
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _following;
        _closing.Dispose();
    }

    private async Task FollowAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await RefreshAsync();
                Tell(fresh: true);
                await FollowOnceAsync(NewestPosition());
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever the register throws: the page says that it is not fresh, and tries again.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogRegisterSilent(error);
                Tell(fresh: false);
                await Task.Delay(Retry, time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowOnceAsync(long position)
    {
        await foreach (var batch in feed.FollowAsync(position, Quiet, _closing.Token))
        {
            if (batch.Entries.Count == 0)
            {
                Count();
                Tell(fresh: true);
                continue;
            }

            await RefreshAsync();
            Tell(fresh: true);
            Announce(batch.Entries);

            // A replay or a flood writes many lines: read the lists four times a second at most.
            await Task.Delay(Pause, time, _closing.Token);
        }
    }

    private void Announce(IReadOnlyList<JournalEntry> entries)
    {
        var raised = entries.Where(entry => entry.Kind == AlertChangeKind.Raised).Select(entry => entry.LeadId).ToHashSet();
        var arrivals = Open.Where(lead => raised.Contains(lead.Id)).ToList();
        if (arrivals.Count > 0)
        {
            Arrived?.Invoke(arrivals);
        }
    }

    private void Count()
    {
        var now = time.GetUtcNow();
        var raised = Open.Concat(Settled).Select(lead => lead.RaisedAt).ToList();
        Load = AlertLoad.Of(raised, now, options.LeadsPerHour);
        Today = raised.Count(at => at >= OfficeTime.Midnight(now));
    }

    private void Tell(bool fresh)
    {
        IsFresh = fresh;
        Changed?.Invoke();
    }

    private long NewestPosition() => Open.Concat(Settled).Select(lead => lead.Position).DefaultIfEmpty(0).Max();

    [LoggerMessage(1500, LogLevel.Error, "The register does not answer the page; the page shows that it is not fresh and tries again")]
    private partial void LogRegisterSilent(Exception error);
}
