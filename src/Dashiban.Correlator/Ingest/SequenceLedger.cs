using Dashiban.Correlator.Register;
using Dashiban.Domain.Passages;
using Dashiban.Messaging;

namespace Dashiban.Correlator.Ingest;

/// <summary>
/// Which sequences of each outbox are recorded: through which number without a hole, and the holes beyond. A hole is a message that
/// is lost or still on its way, so that loss is visible and repaired by the edge. Safe for many threads.
/// </summary>
public sealed class SequenceLedger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, SpanSet> _recorded = [];

    /// <summary>Continues from what the register has.</summary>
    public SequenceLedger(IEnumerable<OutboxProgress> progress)
    {
        foreach (var (outbox, through, beyond) in progress)
        {
            _recorded[outbox] = new SpanSet();
            _recorded[outbox].Add(1, through + 1);
            foreach (var sequence in beyond)
            {
                _recorded[outbox].Add(sequence, sequence + 1);
            }
        }
    }

    public IReadOnlyList<Guid> Outboxes
    {
        get
        {
            lock (_gate)
            {
                return [.. _recorded.Keys];
            }
        }
    }

    /// <summary>Notes a recorded sequence (from 1).</summary>
    public void Record(Guid outbox, long sequence)
    {
        lock (_gate)
        {
            if (!_recorded.TryGetValue(outbox, out var set))
            {
                _recorded[outbox] = set = new SpanSet();
            }

            set.Add(sequence, sequence + 1);
        }
    }

    /// <summary>What the edge is told.</summary>
    public RecordedReport ReportOf(Guid outbox)
    {
        lock (_gate)
        {
            var spans = _recorded.TryGetValue(outbox, out var set) ? set.Spans : [];
            var through = spans.Count > 0 && spans[0].Start == 1 ? spans[0].End - 1 : 0;
            var missing = new List<SequenceRange>();
            var highest = through;
            foreach (var (start, end) in spans.SkipWhile(s => s.Start == 1))
            {
                if (missing.Count == RecordedReport.MostGaps)
                {
                    break;
                }

                missing.Add(new SequenceRange { First = highest + 1, Last = start - 1 });
                highest = end - 1;
            }

            return new RecordedReport
            {
                Schema = RecordedReport.CurrentSchema, Outbox = outbox, RecordedThrough = through, Highest = highest, Missing = missing,
            };
        }
    }
}
