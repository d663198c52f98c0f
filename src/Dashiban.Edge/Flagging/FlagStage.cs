using System.Threading.Channels;
using Dashiban.Domain.Passages;
using Dashiban.Edge.Outbox;
using Dashiban.Edge.Voting;

namespace Dashiban.Edge.Flagging;

/// <summary>What became of the passages that the lanes voted: <c>Voted = Stored + Withheld + Abandoned</c> once the stage has ended.</summary>
/// <param name="Voted">Taken from the lanes.</param>
/// <param name="Stored">On disk.</param>
/// <param name="Withheld">Counted and forgotten, because nothing hints at 7 seats and more.</param>
/// <param name="Abandoned">Given up by an abort before they were on disk.</param>
public readonly record struct FlagBooks(long Voted, long Stored, long Withheld, long Abandoned)
{
    /// <summary>Voted but not yet settled; 0 when the stage has ended.</summary>
    public long Pending => Voted - Stored - Withheld - Abandoned;
}

/// <summary>
/// One for the process: takes what all lanes voted, keeps back what is nobody's business, and stores the rest, where the local
/// rules examine it. Ends when the lanes have completed the channel and everything is settled.
/// </summary>
public sealed class FlagStage
{
    /// <summary>Enough that the writer always finds a whole batch, few enough that a full disk is felt at once.</summary>
    private const int MostPending = 64;

    private readonly EdgeOutbox _outbox;
    private readonly FlagOptions _options;
    private readonly Func<Passage, bool> _isWatched;
    private long _voted;
    private long _stored;
    private long _withheld;
    private long _abandoned;

    /// <param name="outbox">Where passages are stored; its writer must run.</param>
    /// <param name="options">What may leave the roadside.</param>
    /// <param name="isWatched">True where a passage may concern a plate on the watch list.</param>
    public FlagStage(EdgeOutbox outbox, FlagOptions options, Func<Passage, bool> isWatched)
    {
        _outbox = outbox;
        _options = options;
        _isWatched = isWatched;
    }

    /// <summary>
    /// Raised for every passage that the lanes voted, also for one that is then withheld; for reports on the spot. Handlers must be
    /// short, must not throw and must not keep the passage longer than the purpose needs.
    /// </summary>
    public event Action<Passage>? Voted;

    /// <summary>The books as of now; safe from any thread.</summary>
    public FlagBooks Books
    {
        get
        {
            // Voted last: a passage settled meanwhile must not make the books look overdrawn.
            var (stored, withheld, abandoned) = (Volatile.Read(ref _stored), Volatile.Read(ref _withheld), Volatile.Read(ref _abandoned));
            return new FlagBooks(Volatile.Read(ref _voted), stored, withheld, abandoned);
        }
    }

    /// <param name="passages">What all lanes voted; completed by whoever runs the lanes.</param>
    /// <param name="abort">Gives up what is not on disk; it settles as abandoned.</param>
    public async Task RunAsync(ChannelReader<VotedPassage> passages, CancellationToken abort)
    {
        var pending = new Queue<Task>();
        try
        {
            await foreach (var voted in passages.ReadAllAsync(abort).ConfigureAwait(false))
            {
                Interlocked.Increment(ref _voted);
                Voted?.Invoke(voted.Passage);
                if (!IsKept(voted.Passage))
                {
                    Interlocked.Increment(ref _withheld);
                    continue;
                }

                pending.Enqueue(StoreAsync(voted, abort));
                while (pending.Count >= MostPending || (pending.TryPeek(out var oldest) && oldest.IsCompleted))
                {
                    await pending.Dequeue().ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await Task.WhenAll(pending).ConfigureAwait(false);
            Abandon(passages);
        }
    }

    private bool IsKept(Passage passage) =>
        _options.Publish == PublishedPassages.All || passage.Seats.SevenPlusProbability >= _options.SevenPlusFrom || _isWatched(passage);

    private async Task StoreAsync(VotedPassage voted, CancellationToken abort)
    {
        try
        {
            await _outbox.AppendAsync(voted.Passage, voted.SceneJpeg, abort).ConfigureAwait(false);
            Interlocked.Increment(ref _stored);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            Interlocked.Increment(ref _abandoned);
        }
    }

    /// <summary>After an abort items are still inside the channel, seen by nobody; they were voted all the same.</summary>
    private void Abandon(ChannelReader<VotedPassage> passages)
    {
        while (passages.TryRead(out _))
        {
            Interlocked.Increment(ref _voted);
            Interlocked.Increment(ref _abandoned);
        }
    }
}
