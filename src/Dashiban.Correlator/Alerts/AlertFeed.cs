using System.Runtime.CompilerServices;
using Dashiban.Correlator.Leads;

namespace Dashiban.Correlator.Alerts;

/// <summary>What a follower of the journal gets at once.</summary>
/// <param name="Position">Resume after this position.</param>
/// <param name="Entries">New lines, oldest first; empty where nothing happened for a while and the follower is told so.</param>
public sealed record FeedBatch(long Position, IReadOnlyList<JournalEntry> Entries);

/// <summary>
/// The alert journal as a stream that can be resumed at any position; the page and the event stream both read it.
/// A follower pulls: it holds a position and nothing else. A slow one therefore costs no memory, misses nothing and needs not be
/// thrown out, and there is no seam between catching up and following.
/// </summary>
public sealed class AlertFeed(ILeadDesk desk, TimeProvider time)
{
    /// <summary>Most lines that one batch carries.</summary>
    public const int BatchLimit = 256;

    /// <summary>Everything after a position, for ever. Ends only by <paramref name="cancel"/> or by an error of the register.</summary>
    /// <param name="after">The last position that the follower has seen; 0 for the journal from its start.</param>
    /// <param name="quiet">After this long without a new line an empty batch is handed out, so that a dead connection is noticed.</param>
    /// <param name="cancel">Ends the stream with <see cref="OperationCanceledException"/>.</param>
    public async IAsyncEnumerable<FeedBatch> FollowAsync(
        long after, TimeSpan quiet, [EnumeratorCancellation] CancellationToken cancel)
    {
        var position = after;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var entries = await desk.ReadJournalAsync(position, BatchLimit, cancel);
            if (entries.Count > 0)
            {
                position = entries[^1].Position;
                yield return new FeedBatch(position, entries);
            }
            else if (!await GrowsWithinAsync(position, quiet, cancel))
            {
                yield return new FeedBatch(position, []);
            }
        }
    }

    private async Task<bool> GrowsWithinAsync(long position, TimeSpan quiet, CancellationToken cancel)
    {
        using var timer = new CancellationTokenSource(quiet, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancel);
        try
        {
            await desk.WaitForJournalAsync(position, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
