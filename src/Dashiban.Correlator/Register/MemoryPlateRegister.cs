using System.Security.Cryptography;
using Dashiban.Correlator.Leads;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Rules;
using Dashiban.Messaging;

namespace Dashiban.Correlator.Register;

/// <summary>The register in memory: what replay, tune and page tests work with. Nothing survives the process. Safe for many threads.</summary>
public sealed class MemoryPlateRegister(RulePack pack, TimeProvider time) : IPlateRegister, ILeadDesk
{
    private readonly Lock _gate = new();
    private readonly JournalSignal _signal = new();
    private readonly Examiner _examiner = new(pack);
    private readonly Dictionary<PassageId, RecordedPassage> _passages = [];
    private readonly HashSet<PassageId> _hits = [];
    private readonly HashSet<PassageId> _refused = [];
    private readonly Dictionary<PlateKey, Bucket> _buckets = [];
    private readonly Dictionary<FindingKey, long> _leadIds = [];
    private readonly SortedDictionary<long, LeadFile> _leads = [];
    private readonly List<JournalRow> _rows = [];
    private readonly List<JournalEntry> _journal = [];
    private readonly Dictionary<PassageId, ReadOnlyMemory<byte>> _scenes = [];
    private readonly List<AuditEntry> _audit = [];
    private long _position;

    public Task<Recorded> RecordAsync(RecordedPassage passage, DateTimeOffset receivedAt, CancellationToken cancel) => Under(() =>
    {
        if (!_passages.TryAdd(passage.Id, passage))
        {
            return Recorded.Duplicate;
        }

        _position++;
        var captured = passage.Passage.CapturedAt;
        if (receivedAt - captured > Lateness)
        {
            return new Recorded(true, []);
        }

        var bucket = BucketOf(PlateKey.Of(passage.Passage.Plate));
        bucket.Passages.Add(passage);
        return new Recorded(true, Examine(bucket, receivedAt, captured));
    }, cancel);

    public Task<Recorded> RecordHitAsync(EdgeHit hit, DateTimeOffset receivedAt, CancellationToken cancel) => Under(() =>
    {
        if (!_hits.Add(new PassageId(hit.Outbox, hit.Sequence)))
        {
            return Recorded.Duplicate;
        }

        Append(hit.Change, fromEdge: true, receivedAt);
        return new Recorded(true, [hit.Change]);
    }, cancel);

    public Task<IReadOnlyList<AlertChange>> RecordCoverageAsync(
        IReadOnlyList<CoverageFact> facts, DateTimeOffset receivedAt, CancellationToken cancel) => Under<IReadOnlyList<AlertChange>>(() =>
    {
        var changes = new List<AlertChange>();
        foreach (var fact in facts)
        {
            _position++;
            _examiner.Coverage.Add(fact);
            changes.AddRange(Recheck(receivedAt, fact.From, fact.To));
        }

        return changes;
    }, cancel);

    public Task<IReadOnlyList<AlertChange>> AdoptAsync(RulePack pack, DateTimeOffset at, CancellationToken cancel) => Under(() =>
    {
        if (RegisterJson.Write(pack) == RegisterJson.Write(_examiner.Pack))
        {
            return [];
        }

        _position++;
        _examiner.Adopt(pack);
        return Reexamine(at);
    }, cancel);

    public Task RejectAsync(
        string topic, ReadOnlyMemory<byte> payload, WireRefusal refusal, DateTimeOffset receivedAt, CancellationToken cancel) => Under(() =>
    {
        _position++;
        return refusal.Outbox is { } outbox && refusal.Sequence > 0 && _refused.Add(new PassageId(outbox, refusal.Sequence));
    }, cancel);

    public Task<IReadOnlyList<OutboxProgress>> ReadProgressAsync(CancellationToken cancel) => Under<IReadOnlyList<OutboxProgress>>(() =>
    [
        .. _passages.Keys.Concat(_hits).Union(_refused).GroupBy(id => id.Outbox)
            .Select(g => new OutboxProgress(g.Key, 0, [.. g.Select(id => id.Sequence).Order()])),
    ], cancel);

    public Task<IReadOnlyList<Lead>> ListAsync(IReadOnlySet<LeadState>? states, int limit, CancellationToken cancel) => Under<IReadOnlyList<Lead>>(() =>
    [
        .. _leads.Values.Select(f => f.Summary)
            .Where(s => (states ?? LeadAssembly.OpenOnly).Contains(s.State))
            .InOrder().Take(limit).Select(Build),
    ], cancel);

    public Task<Lead?> OpenAsync(long leadId, string who, string why, CancellationToken cancel) => Under(() =>
    {
        if (!_leads.TryGetValue(leadId, out var file))
        {
            return null;
        }

        Audit(who, why, "open", leadId);
        return Build(file.Summary);
    }, cancel);

    public Task<Lead?> SettleAsync(long leadId, Disposition disposition, CancellationToken cancel) => Under(() =>
    {
        if (!_leads.TryGetValue(leadId, out var file))
        {
            return null;
        }

        file.Words.Add((++_position, disposition));
        Audit(disposition.By, disposition.Reason, "settle", leadId);
        Journal(new JournalEntry(_position, leadId, null, disposition.At));
        return Build(file.Summary);
    }, cancel);

    public Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(long afterPosition, int limit, CancellationToken cancel) =>
        Under<IReadOnlyList<JournalEntry>>(() => [.. _journal.Where(e => e.Position > afterPosition).Take(limit)], cancel);

    public Task WaitForJournalAsync(long position, CancellationToken cancel) => _signal.WaitPastAsync(position, cancel);

    public Task<ReadOnlyMemory<byte>?> ReadSceneAsync(PassageId passage, CancellationToken cancel) => Under(() =>
        _scenes.TryGetValue(passage, out var jpeg) ? jpeg : (ReadOnlyMemory<byte>?)null, cancel);

    public Task<bool> KeepSceneAsync(PassageId passage, ReadOnlyMemory<byte> jpeg, CancellationToken cancel) => Under(() =>
    {
        var announced = _passages.TryGetValue(passage, out var known) ? known.Passage.SceneSha256 : null;
        if (announced is null || announced != Convert.ToHexStringLower(SHA256.HashData(jpeg.Span)))
        {
            return false;
        }

        _scenes[passage] = jpeg.ToArray();
        return true;
    }, cancel);

    /// <summary>All changes that the rules caused, in order; what edges raised is left out.</summary>
    public IReadOnlyList<AlertChange> Changes() => [.. Rows().Where(r => !r.FromEdge).Select(r => r.Change)];

    internal IReadOnlyList<JournalRow> Rows()
    {
        lock (_gate)
        {
            return [.. _rows];
        }
    }

    /// <summary>The findings that hold now.</summary>
    public IReadOnlyList<Finding> Standing()
    {
        lock (_gate)
        {
            return [.. _buckets.Values.SelectMany(b => b.Standing.Values)];
        }
    }

    /// <summary>Every look and act so far.</summary>
    public IReadOnlyList<AuditEntry> AuditTrail()
    {
        lock (_gate)
        {
            return [.. _audit];
        }
    }

    private TimeSpan Lateness => _examiner.Pack.Options.LongestLateness;

    private Task<T> Under<T>(Func<T> action, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult(action());
        }
    }

    private Bucket BucketOf(PlateKey key)
    {
        if (!_buckets.TryGetValue(key, out var bucket))
        {
            _buckets[key] = bucket = new Bucket();
        }

        return bucket;
    }

    private IReadOnlyList<AlertChange> Examine(Bucket bucket, DateTimeOffset now, params IReadOnlyCollection<DateTimeOffset> times)
    {
        var span = _examiner.Book.SpanOf(times);
        var changes = _examiner.Judge(bucket.Passages.Where(p => span.Contains(p.Passage.CapturedAt)), bucket.Standing.Values, times);
        foreach (var change in changes)
        {
            Append(change, fromEdge: false, now);
            if (change.Kind == AlertChangeKind.Withdrawn)
            {
                bucket.Standing.Remove(change.Finding.Key);
            }
            else
            {
                bucket.Standing[change.Finding.Key] = change.Finding;
            }
        }

        return changes;
    }

    private IEnumerable<Bucket> BucketsInOrder => _buckets.OrderBy(b => b.Key.Value, StringComparer.Ordinal).Select(b => b.Value);

    /// <summary>Examines again what stands in periods that coverage facts touch.</summary>
    private IReadOnlyList<AlertChange> Recheck(DateTimeOffset now, DateTimeOffset from, DateTimeOffset to) =>
        ExamineAll(now, bucket => OpenStanding(bucket, now).Where(f => f.Period.Start < to && f.Period.End > from).Select(f => f.Period.Start));

    /// <summary>Examines again everything that is still open.</summary>
    private IReadOnlyList<AlertChange> Reexamine(DateTimeOffset now) => ExamineAll(
        now,
        bucket => bucket.Passages.Select(p => p.Passage.CapturedAt).Where(t => t >= now - Lateness)
            .Concat(OpenStanding(bucket, now).Select(f => f.Period.Start)));

    private IReadOnlyList<AlertChange> ExamineAll(DateTimeOffset now, Func<Bucket, IEnumerable<DateTimeOffset>> timesOf) =>
    [
        .. BucketsInOrder.Select(b => (Bucket: b, Times: timesOf(b).ToArray()))
            .Where(b => b.Times.Length > 0)
            .SelectMany(b => Examine(b.Bucket, now, b.Times)),
    ];

    private IEnumerable<Finding> OpenStanding(Bucket bucket, DateTimeOffset now) =>
        bucket.Standing.Values.Where(f => f.Period.End > now - Lateness);

    private void Append(AlertChange change, bool fromEdge, DateTimeOffset at)
    {
        var position = ++_position;
        if (!_leadIds.TryGetValue(change.Finding.Key, out var leadId))
        {
            _leadIds[change.Finding.Key] = leadId = position;
            _leads[leadId] = new LeadFile(_passages.ContainsKey);
        }

        var row = new JournalRow(position, leadId, fromEdge, change, at);
        _rows.Add(row);
        _leads[leadId].Rows.Add(row);
        Journal(new JournalEntry(position, leadId, change.Kind, at));
    }

    private void Journal(JournalEntry entry)
    {
        _journal.Add(entry);
        _signal.GrownTo(entry.Position);
    }

    private void Audit(string who, string why, string action, long leadId) =>
        _audit.Add(AuditChain.Next(_audit.LastOrDefault(), time.GetUtcNow(), who, why, action, $"lead {leadId}"));

    private Lead Build(LeadSummary summary) => LeadAssembly.Build(
        summary,
        summary.Current.Change.Finding.Evidence.Select(id => _passages.GetValueOrDefault(id)).OfType<RecordedPassage>());

    private sealed class Bucket
    {
        public List<RecordedPassage> Passages { get; } = [];

        public Dictionary<FindingKey, Finding> Standing { get; } = [];
    }

    private sealed class LeadFile(Func<PassageId, bool> isRecorded)
    {
        public List<JournalRow> Rows { get; } = [];

        public List<(long Position, Disposition Word)> Words { get; } = [];

        public LeadSummary Summary => LeadSummary.Of(Rows, Words, isRecorded);
    }
}
