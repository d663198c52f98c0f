using System.Security.Cryptography;
using Dashiban.Correlator.Leads;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;

namespace Dashiban.Testing.Feed;

/// <summary>A lead desk that a test fills by hand: no rules, no database, only what the pages and the verbs ask for.</summary>
public sealed class ScriptedDesk(TimeProvider time) : ILeadDesk
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, Lead> _leads = [];
    private readonly List<JournalEntry> _journal = [];
    private readonly Dictionary<PassageId, byte[]> _scenes = [];
    private readonly List<(long Lead, string Who, string Why)> _looks = [];
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Every look at a lead, in order.</summary>
    public IReadOnlyList<(long Lead, string Who, string Why)> Looks
    {
        get
        {
            lock (_gate)
            {
                return [.. _looks];
            }
        }
    }

    /// <summary>Set to let every read fail, as a locked database does.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Raises a lead; its id, position and times are given here.</summary>
    public Lead Raise(Lead lead)
    {
        lock (_gate)
        {
            var position = _journal.Count + 1;
            var raised = lead with { Id = position, Position = position, ChangedAt = lead.RaisedAt };
            _leads[position] = raised;
            Append(raised, AlertChangeKind.Raised);
            return raised;
        }
    }

    /// <summary>Changes a lead as later evidence does.</summary>
    public void Amend(long id, Func<Lead, Lead> change, AlertChangeKind kind = AlertChangeKind.Amended)
    {
        lock (_gate)
        {
            _leads[id] = change(_leads[id]) with { Position = _journal.Count + 1, ChangedAt = time.GetUtcNow() };
            Append(_leads[id], kind);
        }
    }

    public Task<IReadOnlyList<Lead>> ListAsync(IReadOnlySet<LeadState>? states, int limit, CancellationToken cancel) => Read<IReadOnlyList<Lead>>(() =>
    [
        .. _leads.Values.Where(lead => states?.Contains(lead.State) ?? lead.State == LeadState.Open)
            .OrderByDescending(lead => lead.Score).ThenByDescending(lead => lead.RaisedAt).Take(limit),
    ]);

    public Task<Lead?> OpenAsync(long leadId, string who, string why, CancellationToken cancel) => Read(() =>
    {
        if (_leads.TryGetValue(leadId, out var lead))
        {
            _looks.Add((leadId, who, why));
        }

        return lead;
    });

    public Task<Lead?> SettleAsync(long leadId, Disposition disposition, CancellationToken cancel) => Read(() =>
    {
        if (!_leads.TryGetValue(leadId, out var lead))
        {
            return null;
        }

        var state = disposition.Verdict == DispositionVerdict.Confirmed ? LeadState.Confirmed : LeadState.Dismissed;
        var settled = lead with { State = state, Disposition = disposition, Position = _journal.Count + 1, ChangedAt = disposition.At };
        _leads[leadId] = settled;
        Append(settled, null);
        return settled;
    });

    public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(long afterPosition, int limit, CancellationToken cancel) =>
        Read<IReadOnlyList<JournalEntry>>(() => [.. _journal.Where(entry => entry.Position > afterPosition).Take(limit)]);

    public async Task WaitForJournalAsync(long position, CancellationToken cancel)
    {
        while (true)
        {
            Task grown;
            lock (_gate)
            {
                if (_journal.Count > position)
                {
                    return;
                }

                grown = _grown.Task;
            }

            await grown.WaitAsync(cancel);
        }
    }

    public Task<ReadOnlyMemory<byte>?> ReadSceneAsync(PassageId passage, CancellationToken cancel) =>
        Read<ReadOnlyMemory<byte>?>(() => _scenes.TryGetValue(passage, out var jpeg) ? jpeg : null);

    public Task<bool> KeepSceneAsync(PassageId passage, ReadOnlyMemory<byte> jpeg, CancellationToken cancel) => Read(() =>
    {
        var announced = _leads.Values.SelectMany(lead => lead.Timeline).FirstOrDefault(recorded => recorded.Id == passage)?.Passage.SceneSha256;
        if (announced != Convert.ToHexStringLower(SHA256.HashData(jpeg.Span)))
        {
            return false;
        }

        _scenes[passage] = jpeg.ToArray();
        return true;
    });

    private void Append(Lead lead, AlertChangeKind? kind)
    {
        _journal.Add(new(_journal.Count + 1, lead.Id, kind, lead.ChangedAt));
        var grown = _grown;
        _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        grown.SetResult();
    }

    private Task<T> Read<T>(Func<T> read)
    {
        if (IsBroken)
        {
            return Task.FromException<T>(new IOException("The desk is told to be broken."));
        }

        lock (_gate)
        {
            return Task.FromResult(read());
        }
    }
}
