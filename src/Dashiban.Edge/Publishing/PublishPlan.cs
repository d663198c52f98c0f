using Dashiban.Messaging;

namespace Dashiban.Edge.Publishing;

/// <summary>
/// Decides which numbers of the outbox go out next and when one goes out again. Pure: time is an argument (any clock that only runs
/// forward), and nothing here does I/O. Not safe for several threads.
/// </summary>
/// <remarks>
/// The broker's PUBACK is not delivery, the centre's word is. A number without that word goes out again
/// <list type="bullet">
/// <item>soon, where the centre reports later numbers but not this one: it was lost on the way;</item>
/// <item>after <see cref="PublishOptions.ConfirmWithin"/>, where the centre has been heard since: the queue behind it was lost;</item>
/// <item>after the same time, but the oldest one alone, where the centre keeps silent: it may be down, and then everything sent
/// again would only pile up at the broker. The answer to that one shows how far the centre got.</item>
/// </list>
/// Each further try of the same number waits twice as long.
/// </remarks>
internal sealed class PublishPlan
{
    /// <summary>A gap may be a message that another worker of the centre is still writing.</summary>
    private static readonly TimeSpan GapPatience = TimeSpan.FromSeconds(2);

    private readonly PublishOptions _options;
    private readonly SortedDictionary<long, Sent> _sent = [];
    private readonly HashSet<long> _inFlight = [];
    private readonly HashSet<long> _absent = [];
    private RecordedReport? _recorded;
    private TimeSpan? _centreHeard;
    private TimeSpan _centreAwakeSince;
    private long _nextFresh;
    private long _stored;

    /// <param name="options">Window and patience.</param>
    /// <param name="confirmedThrough">What the centre had when the outbox was last open.</param>
    public PublishPlan(PublishOptions options, long confirmedThrough)
    {
        _options = options;
        ConfirmedThrough = confirmedThrough;
        _stored = confirmedThrough;
        _nextFresh = confirmedThrough + 1;
    }

    /// <summary>The centre has everything up to this number. Never goes back.</summary>
    public long ConfirmedThrough { get; private set; }

    /// <summary>Published, the centre's word outstanding.</summary>
    public int Unconfirmed => _sent.Count;

    public int InFlight => _inFlight.Count;

    /// <summary>The outbox holds everything up to this number.</summary>
    public void Stored(long through) => _stored = Math.Max(_stored, through);

    /// <summary>The centre's word. An older word than the last one changes nothing.</summary>
    /// <param name="report">Of this outbox.</param>
    /// <param name="live">False for the copy that the broker had kept: it says what was recorded, not that the centre is alive.</param>
    /// <param name="now">The time.</param>
    public void Confirmed(RecordedReport report, bool live, TimeSpan now)
    {
        if (live)
        {
            Hear(now);
        }

        if (_recorded is not null && report.RecordedThrough < _recorded.RecordedThrough)
        {
            return;
        }

        _recorded = report;
        ConfirmedThrough = Math.Max(ConfirmedThrough, report.RecordedThrough);
        PassOverAbsent();
        _nextFresh = Math.Max(_nextFresh, ConfirmedThrough + 1);
        foreach (var sequence in _sent.Keys.Where(Has).ToArray())
        {
            _sent.Remove(sequence);
        }
    }

    /// <summary>The numbers to publish now, the most urgent first; they count as under way from here on.</summary>
    public IReadOnlyList<long> Take(TimeSpan now)
    {
        var free = _options.MaxInFlight - _inFlight.Count;
        var taken = new List<long>();
        if (free <= 0)
        {
            return taken;
        }

        taken.AddRange(_sent.Where(sent => !_inFlight.Contains(sent.Key) && DueAt(sent.Key, sent.Value) <= now).Select(sent => sent.Key).Take(free));
        while (taken.Count < free && _nextFresh <= _stored && _sent.Count + _inFlight.Count < _options.MaxUnconfirmed)
        {
            if (!_sent.ContainsKey(_nextFresh) && !Has(_nextFresh) && _inFlight.Add(_nextFresh))
            {
                taken.Add(_nextFresh);
            }

            _nextFresh++;
        }

        _inFlight.UnionWith(taken);
        return taken;
    }

    /// <summary>What became of a publish. One that did not reach the broker is fresh again.</summary>
    public void Finished(long sequence, PublishOutcome outcome, TimeSpan now)
    {
        if (!_inFlight.Remove(sequence) || Has(sequence))
        {
            return;
        }

        if (outcome == PublishOutcome.Accepted)
        {
            _sent[sequence] = new Sent(now, _sent.TryGetValue(sequence, out var before) ? before.Tries + 1 : 1);
        }
        else
        {
            _sent.Remove(sequence);
            _nextFresh = Math.Min(_nextFresh, sequence);
        }
    }

    /// <summary>The outbox has no such message, and the centre cannot wait for it: a file that was set back has holes.</summary>
    public void Absent(long sequence)
    {
        _inFlight.Remove(sequence);
        _absent.Add(sequence);
        PassOverAbsent();
    }

    /// <summary>When <see cref="Take"/> will have something again if nothing else happens; null where only an event can change that.</summary>
    public TimeSpan? NextDue()
    {
        TimeSpan? next = null;
        foreach (var (sequence, sent) in _sent)
        {
            if (!_inFlight.Contains(sequence) && DueAt(sequence, sent) is var due && due < TimeSpan.MaxValue && !(due >= next))
            {
                next = due;
            }
        }

        return next;
    }

    private void Hear(TimeSpan now)
    {
        if (_centreHeard is not { } before || now - before > _options.ConfirmWithin)
        {
            _centreAwakeSince = now;
        }

        _centreHeard = now;
    }

    private TimeSpan DueAt(long sequence, Sent sent)
    {
        var patience = Patience(sent.Tries);
        if (_recorded is not null && sequence < _recorded.Highest)
        {
            return sent.At + (sent.Tries == 1 ? GapPatience : patience);
        }

        if (_centreHeard > sent.At)
        {
            // A centre that just woke up has a queue to work off; nothing in it is lost yet.
            return (_centreAwakeSince > sent.At ? _centreAwakeSince : sent.At) + patience;
        }

        return sequence == _sent.First().Key ? sent.At + patience : TimeSpan.MaxValue;
    }

    private TimeSpan Patience(int tries)
    {
        var doubled = _options.ConfirmWithin * Math.Pow(2, Math.Min(tries - 1, 20));
        return doubled < _options.LongestRetry ? doubled : _options.LongestRetry;
    }

    private void PassOverAbsent()
    {
        while (_absent.Remove(ConfirmedThrough + 1) || (_recorded?.Has(ConfirmedThrough + 1) ?? false))
        {
            ConfirmedThrough++;
        }
    }

    private bool Has(long sequence) => sequence <= ConfirmedThrough || _absent.Contains(sequence) || (_recorded?.Has(sequence) ?? false);

    /// <param name="At">When the broker took it last.</param>
    /// <param name="Tries">How often it did.</param>
    private readonly record struct Sent(TimeSpan At, int Tries);
}
