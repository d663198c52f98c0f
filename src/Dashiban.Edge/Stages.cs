using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace Dashiban.Edge;

/// <summary>Runs the stages of a lane side by side, so that none dies unnoticed.</summary>
internal static class Stages
{
    /// <summary>
    /// Starts every stage and returns when all have ended. The first failure cancels the others and is rethrown. A
    /// <see cref="LaneFaultException"/> is milder: the camera is gone, but what it delivered is still good, so the other stages
    /// finish what they hold before it is rethrown. A bug that shows meanwhile outranks it.
    /// </summary>
    /// <param name="abort">Cancels all stages; they then end with <see cref="OperationCanceledException"/>.</param>
    /// <param name="stages">Each gets the token that says "give up now".</param>
    public static async Task RunAllAsync(CancellationToken abort, params Func<CancellationToken, Task>[] stages)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(abort);
        LaneFaultException? fault = null;
        Exception? failure = null;

        await Task.WhenAll(stages.Select(WatchAsync)).ConfigureAwait(false);
        if ((failure ?? fault) is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
        }

        async Task WatchAsync(Func<CancellationToken, Task> stage)
        {
            try
            {
                await Task.Run(() => stage(giveUp.Token), CancellationToken.None).ConfigureAwait(false);
            }
            catch (LaneFaultException e)
            {
                Interlocked.CompareExchange(ref fault, e, null);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, CauseOf(e), null);
                await giveUp.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    private static Exception CauseOf(Exception e) => e is ChannelClosedException { InnerException: { } cause } ? cause : e;
}
