using System.Threading.Channels;
using Dashiban.Domain.Passages;
using Dashiban.Edge.Flagging;
using Dashiban.Messaging;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Dashiban.Edge.Outbox;

/// <summary>
/// What an edge has seen, on disk until the centre has it. One writer turns whatever waits into one transaction, so that a busy
/// minute costs one flush of the medium and not one per passage.
/// </summary>
/// <remarks>
/// A full or read-only disk loses nothing: the writer tries again until it works, those who append wait, and the lanes behind them
/// count superseded frames. Only an abort gives up what waits. Disposing closes the file; run <see cref="RunAsync"/> to its end first.
/// </remarks>
public sealed partial class EdgeOutbox : IDisposable
{
    private const int LargestBatch = 64;

    private readonly OutboxOptions _options;
    private readonly OutboxFile _file;
    private readonly string _edge;
    private readonly ExamineArrival _examine;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly ILogger _log;
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(15));
    private readonly Channel<OutboxWork> _work = Channel.CreateBounded<OutboxWork>(new BoundedChannelOptions(256) { SingleReader = true });
    private readonly Lock _reading = new();
    private long _nextSequence;
    private long _confirmedThrough;
    private long _passages;
    private long _hits;

    private EdgeOutbox(OutboxOptions options, OutboxFile file, Guid id, string edge, ExamineArrival examine, TimeProvider time, Func<double> random, ILogger log)
    {
        _options = options;
        _file = file;
        Id = id;
        _edge = edge;
        _examine = examine;
        _time = time;
        _random = random;
        _log = log;
    }

    /// <summary>Made with the file: a replaced disk is another outbox, never a clash of numbers.</summary>
    public Guid Id { get; }

    /// <summary>The number that the next message will get.</summary>
    public long NextSequence => Volatile.Read(ref _nextSequence);

    /// <summary>Every message up to this one is recorded at the centre.</summary>
    public long ConfirmedThrough => Volatile.Read(ref _confirmedThrough);

    /// <summary>Passages stored since this object was opened.</summary>
    public long PassagesStored => Volatile.Read(ref _passages);

    /// <summary>Hits stored since this object was opened.</summary>
    public long HitsStored => Volatile.Read(ref _hits);

    /// <summary>Raised on the writer's thread after a commit that stored something; handlers must be short and must not throw.</summary>
    internal event Action? Grew;

    /// <param name="options">Valid options.</param>
    /// <param name="edge">Identifier of this edge, written into hits.</param>
    /// <param name="examine">Judges every stored passage by the rules with local scope; null where this edge does not flag.</param>
    /// <param name="time">Clock of the pauses after a failed write.</param>
    /// <param name="random">0 to 1, spreads the pauses.</param>
    /// <param name="log">Where episodes are reported.</param>
    /// <exception cref="IOException">Another process has the file, or its folder cannot be written.</exception>
    public static EdgeOutbox Open(OutboxOptions options, string edge, ExamineArrival? examine, TimeProvider time, Func<double> random, ILogger log)
    {
        var file = OutboxFile.Open(options, time);
        var (id, through) = file.Writer.Query(
            "SELECT id, confirmed_through FROM outbox", row => (Guid.ParseExact(row.GetString(0), "n"), row.GetInt64(1)))[0];
        var outbox = new EdgeOutbox(options, file, id, edge, examine ?? ((_, _) => []), time, random, log)
        {
            _confirmedThrough = through,
            _nextSequence = 1 + file.Writer.Query("SELECT seq FROM sqlite_sequence WHERE name = 'message'", row => row.GetInt64(0)).FirstOrDefault(),
        };
        if (file.PutAside is { } aside)
        {
            outbox.LogPutAside(aside, id);
        }

        return outbox;
    }

    /// <summary>The writer: commits what is appended until <see cref="Complete"/> was called and everything is on disk.</summary>
    /// <param name="abort">Gives up what is not yet on disk; those who wait for it are cancelled.</param>
    public async Task RunAsync(CancellationToken abort)
    {
        var batch = new List<OutboxWork>(LargestBatch);
        try
        {
            while (await _work.Reader.WaitToReadAsync(abort).ConfigureAwait(false))
            {
                while (batch.Count < LargestBatch && _work.Reader.TryRead(out var work))
                {
                    batch.Add(work);
                }

                await CommitAsync(batch, abort).ConfigureAwait(false);
                batch.ForEach(work => work.Commit());
                batch.Clear();
            }
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            Rest(batch).ForEach(work => work.Abandon(abort));
        }
        catch (Exception fault)
        {
            Rest(batch).ForEach(work => work.Fail(fault));
            throw;
        }
    }

    /// <summary>Nothing more will be appended; <see cref="RunAsync"/> ends when the rest is on disk.</summary>
    public void Complete() => _work.Writer.TryComplete();

    /// <summary>
    /// Stores a passage and the hits that it causes. When the task completes they are on the medium; waits while the disk is full.
    /// </summary>
    public async Task<RecordedPassage> AppendAsync(Passage passage, ReadOnlyMemory<byte> scene, CancellationToken cancel)
    {
        RecordedPassage? recorded = null;
        await CommitAsync(
            transaction =>
            {
                recorded = transaction.Add(passage, scene);
                foreach (var change in Changes(recorded, transaction))
                {
                    transaction.Add(recorded, change);
                }
            },
            cancel).ConfigureAwait(false);
        return recorded!;
    }

    /// <summary>Notes that the centre has everything up to this number.</summary>
    public Task ConfirmThroughAsync(long sequence, CancellationToken cancel) => CommitAsync(transaction => transaction.ConfirmThrough(sequence), cancel);

    /// <summary>Gives new numbers to what was stored from <paramref name="from"/> on, where the centre knows these numbers as something else.</summary>
    internal Task SkipPastAsync(long from, long highest, CancellationToken cancel) => CommitAsync(transaction => transaction.SkipPast(from, highest), cancel);

    /// <summary>Notes that the centre has a scene picture, or never will.</summary>
    public Task SettleSceneAsync(long sequence, CancellationToken cancel) => CommitAsync(transaction => transaction.SettleScene(sequence), cancel);

    /// <summary>Removes what is confirmed and older than the retention.</summary>
    public Task PruneAsync(CancellationToken cancel) => CommitAsync(Prune, cancel);

    /// <summary>The stored messages with these numbers, by number.</summary>
    internal IReadOnlyList<OutboxMessage> Read(IReadOnlyList<long> sequences)
    {
        lock (_reading)
        {
            return
            [
                .. sequences.SelectMany(sequence => _file.Reader.Query(
                    "SELECT topic, body FROM message WHERE sequence = @sequence",
                    row => new OutboxMessage(sequence, row.GetString(0), row.GetFieldValue<byte[]>(1)),
                    ("@sequence", sequence))),
            ];
        }
    }

    /// <summary>The oldest scene picture of a confirmed passage after a number that still waits, or null.</summary>
    internal PendingScene? ReadSceneAfter(long sequence)
    {
        lock (_reading)
        {
            return _file.Reader.Query(
                "SELECT sequence, jpeg FROM scene WHERE settled = 0 AND sequence > @after AND sequence <= @through ORDER BY sequence LIMIT 1",
                row => new PendingScene(row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
                ("@after", sequence),
                ("@through", ConfirmedThrough)).FirstOrDefault();
        }
    }

    /// <summary>Capture time of the oldest message that the centre has not confirmed; null where there is none.</summary>
    internal DateTimeOffset? OldestUnconfirmed(long confirmedThrough)
    {
        lock (_reading)
        {
            return _file.Reader.Query(
                "SELECT MIN(captured_at) FROM message WHERE sequence > @through",
                row => row.IsDBNull(0) ? (DateTimeOffset?)null : SqliteText.Time(row.GetInt64(0)),
                ("@through", confirmedThrough))[0];
        }
    }

    public void Dispose() => _file.Dispose();

    private async Task CommitAsync(Action<OutboxTransaction> write, CancellationToken cancel)
    {
        var work = new OutboxWork(write);
        await _work.Writer.WriteAsync(work, cancel).ConfigureAwait(false);
        await work.Committed.ConfigureAwait(false);
    }

    /// <summary>One transaction for the whole batch, tried again until the disk takes it.</summary>
    private async Task CommitAsync(List<OutboxWork> batch, CancellationToken abort)
    {
        var failures = 0;
        while (TryCommit(batch) is { } refused)
        {
            if (++failures == 1)
            {
                LogRefused(batch.Count, refused.SqliteErrorCode, refused.Message);
            }

            await Task.Delay(_backoff.After(failures, _random()), _time, abort).ConfigureAwait(false);

            // What is confirmed and old may make room; the pruning that waits in the queue would come too late.
            _ = TryCommit([new OutboxWork(Prune)]);
        }

        if (failures > 0)
        {
            LogTakesAgain(failures);
        }
    }

    private SqliteException? TryCommit(List<OutboxWork> batch)
    {
        var transaction = new OutboxTransaction(_file.Writer, Id, _edge, _nextSequence, _confirmedThrough);
        try
        {
            _file.Writer.Execute("BEGIN IMMEDIATE");
            batch.ForEach(work => work.Write(transaction));
            _file.Writer.Execute("COMMIT");
        }
        catch (SqliteException refused)
        {
            Rollback();
            return refused;
        }
        catch
        {
            Rollback();
            throw;
        }

        // From here on nothing can fail: the commit stands, and the numbers follow it.
        var grown = transaction.NextSequence != _nextSequence;
        Volatile.Write(ref _nextSequence, transaction.NextSequence);
        Volatile.Write(ref _confirmedThrough, transaction.ConfirmedThrough);
        Interlocked.Add(ref _passages, transaction.Passages);
        Interlocked.Add(ref _hits, transaction.Hits);
        if (grown)
        {
            Grew?.Invoke();
        }

        return null;
    }

    private void Prune(OutboxTransaction transaction)
    {
        var now = _time.GetUtcNow();
        transaction.Prune(now - _options.HistoryRetention, now - _options.SceneRetention);
    }

    private void Rollback()
    {
        try
        {
            _file.Writer.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite rolls back by itself when the disk is full; then there is nothing left to roll back.
        }
    }

    /// <summary>A rule that fails must not cost the passage: the centre examines it too.</summary>
    private IReadOnlyList<Domain.Correlation.AlertChange> Changes(RecordedPassage arrived, OutboxTransaction transaction)
    {
        try
        {
            return _examine(arrived, new LocalHistory(transaction.Connection));
        }
        catch (Exception fault) when (fault is not SqliteException)
        {
            LogExamineFault(arrived.Id.Sequence, fault);
            return [];
        }
    }

    private List<OutboxWork> Rest(List<OutboxWork> batch)
    {
        _work.Writer.TryComplete();
        var rest = new List<OutboxWork>(batch);
        while (_work.Reader.TryRead(out var work))
        {
            rest.Add(work);
        }

        return rest;
    }

    [LoggerMessage(1310, LogLevel.Error, "The outbox cannot be written ({Waiting} entries wait, SQLite error {Code}: {Fault}). Nothing is lost while the lanes wait; trying again until it works")]
    private partial void LogRefused(int waiting, int code, string fault);

    [LoggerMessage(1311, LogLevel.Warning, "The outbox can be written again, after {Failures} failed attempts")]
    private partial void LogTakesAgain(int failures);

    [LoggerMessage(1312, LogLevel.Error, "The outbox file was damaged and has been put aside as {File}; going on as the new outbox {Outbox}")]
    private partial void LogPutAside(string file, Guid outbox);

    [LoggerMessage(1313, LogLevel.Error, "The local rules failed on passage {Sequence}; it is stored all the same and the centre will examine it")]
    private partial void LogExamineFault(long sequence, Exception fault);
}
