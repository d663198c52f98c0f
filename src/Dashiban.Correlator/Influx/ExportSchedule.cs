namespace Dashiban.Correlator.Influx;

/// <summary>Why a write failed, as far as it decides what to do next.</summary>
internal enum ExportFailure
{
    /// <summary>No answer: refused, timed out, no name. The same batch will do later.</summary>
    Unreachable,

    /// <summary>The server said that it cannot now, or not to us (401, 403, 404, 429, 5xx): may be mended without us.</summary>
    Refused,

    /// <summary>The server read the batch and says that it is wrong (other 4xx): the same bytes will never do.</summary>
    Malformed,
}

/// <summary>What to do with the batch in hand after a failure.</summary>
internal enum ExportStep
{
    Retry,
    Drop,
}

/// <summary>
/// When to write next, and whether a failed batch is worth another try. Decides only: no clock, no I/O, one caller at a time.
/// Waits double from the flush interval up to a limit, with up to a quarter added by <paramref name="random"/>, so that several
/// centres do not knock together on a server that has just come back.
/// </summary>
/// <param name="flush">Wait between two writes while all is well.</param>
/// <param name="longest">Longest wait.</param>
/// <param name="mostAttempts">Refusals of one batch until it is dropped.</param>
/// <param name="random">0 up to 1.</param>
internal sealed class ExportSchedule(TimeSpan flush, TimeSpan longest, int mostAttempts, Func<double> random)
{
    private const double Jitter = 0.25;
    private int _failures;
    private int _refusals;

    /// <summary>Time to wait before the next write.</summary>
    public TimeSpan NextWait()
    {
        if (_failures == 0)
        {
            return flush;
        }

        var doubled = flush * Math.Pow(2, Math.Min(_failures - 1, 20));
        var limit = longest > flush ? longest : flush;
        return (doubled < limit ? doubled : limit) * (1 + (Jitter * random()));
    }

    public void MarkSuccess() => (_failures, _refusals) = (0, 0);

    public ExportStep MarkFailure(ExportFailure failure)
    {
        if (failure == ExportFailure.Malformed)
        {
            // The server is well: the next batch need not wait.
            MarkSuccess();
            return ExportStep.Drop;
        }

        _failures++;
        _refusals += failure == ExportFailure.Refused ? 1 : 0;
        if (_refusals < mostAttempts)
        {
            return ExportStep.Retry;
        }

        // The wait stays long, because nothing says that the server is better; the next batch gets its own attempts.
        _refusals = 0;
        return ExportStep.Drop;
    }
}
