using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Dashiban.Correlator.Register;

/// <summary>Removes what is older than its retention, at the start and every few hours.</summary>
public sealed partial class RetentionLoop(SqlPlateRegister register, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    /// <summary>Works until cancelled. A database that refuses is asked again next time.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await PruneAsync(cancel);
                await Task.Delay(Pause, time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Nothing is half done: pruning is one transaction.
        }
    }

    private async Task PruneAsync(CancellationToken cancel)
    {
        try
        {
            var removed = await register.PruneAsync(time.GetUtcNow(), cancel);
            if (removed > 0)
            {
                LogPruned(removed);
            }
        }
        catch (DbException fault)
        {
            LogNotPruned(fault);
        }
    }

    [LoggerMessage(1410, LogLevel.Information, "Retention removed {Passages} passages that stood behind no lead")]
    private partial void LogPruned(int passages);

    [LoggerMessage(1411, LogLevel.Error, "Retention could not remove old rows; trying again later")]
    private partial void LogNotPruned(Exception fault);
}
