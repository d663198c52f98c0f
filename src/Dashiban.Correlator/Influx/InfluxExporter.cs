using Dashiban.Messaging;
using Microsoft.Extensions.Logging;

namespace Dashiban.Correlator.Influx;

/// <summary>Sum of what became of the lines offered so far. <c>Offered = Written + Dropped + waiting</c>.</summary>
public sealed record ExportCounts(long Offered, long Written, long Dropped);

/// <summary>
/// Sends heartbeats to a time-series server in batches. <see cref="Offer"/> never waits; lines that find no room, or that the
/// server will never take, are dropped and counted, never silently. Run it once; dispose it afterwards.
/// </summary>
/// <param name="options">Validated options with a <see cref="InfluxOptions.Url"/>.</param>
/// <param name="time">Clock of the waits.</param>
/// <param name="random">0 up to 1, for the jitter of waits.</param>
/// <param name="log">One line when writing starts to fail, one when it works again, one for every dropped batch.</param>
public sealed partial class InfluxExporter(
    InfluxOptions options, TimeProvider time, Func<double> random, ILogger<InfluxExporter> log) : IDisposable
{
    private readonly InfluxWriter _writer = new(options);
    private readonly PendingLines _pending = new(options.PendingLines);
    private readonly ExportSchedule _schedule = new(
        TimeSpan.FromSeconds(options.FlushSeconds), TimeSpan.FromSeconds(options.LongestBackoffSeconds), options.MostAttempts, random);

    private List<string> _batch = [];
    private bool _failing;
    private long _offered;
    private long _written;

    public ExportCounts Counts => new(Interlocked.Read(ref _offered), Interlocked.Read(ref _written), _pending.Dropped);

    /// <summary>Queues what a heartbeat says. Safe from any thread.</summary>
    public void Offer(HeartbeatReport report)
    {
        var lines = HeartbeatLines.Of(report).ToList();
        Interlocked.Add(ref _offered, lines.Count);
        _pending.Add(lines);
    }

    /// <summary>Writes until told to stop, then tries once more to write what is left; what stays is counted as dropped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await Task.Delay(_schedule.NextWait(), time, stopping);
                while (await WriteNextAsync(stopping))
                {
                    // A full batch went out: more may wait.
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await FlushAsync();
        }
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>True where another batch should follow at once.</summary>
    private async Task<bool> WriteNextAsync(CancellationToken cancel)
    {
        if (_batch.Count == 0)
        {
            _batch = _pending.Take(options.BatchLines);
        }

        if (_batch.Count == 0)
        {
            return false;
        }

        if (await _writer.WriteAsync(_batch, cancel) is not { } failure)
        {
            Written();
            return true;
        }

        Failed(failure.Kind, failure.Reason);
        return false;
    }

    private void Written()
    {
        Interlocked.Add(ref _written, _batch.Count);
        _batch = [];
        _schedule.MarkSuccess();
        if (_failing)
        {
            _failing = false;
            LogWorksAgain();
        }
    }

    private void Failed(ExportFailure kind, string reason)
    {
        if (!_failing)
        {
            _failing = true;
            LogFails(kind, reason);
        }

        if (_schedule.MarkFailure(kind) == ExportStep.Drop)
        {
            LogDropped(_batch.Count, reason);
            _pending.CountDropped(_batch.Count);
            _batch = [];
        }
    }

    private async Task FlushAsync()
    {
        while (await WriteNextAsync(CancellationToken.None))
        {
            // Until all is out or the server refuses.
        }

        var left = _batch.Count + _pending.Take(int.MaxValue).Count;
        if (left > 0)
        {
            _batch = [];
            _pending.CountDropped(left);
            LogDropped(left, "stopped");
        }
    }

    [LoggerMessage(1520, LogLevel.Warning, "The time-series server does not take figures ({Kind}: {Reason}); they wait here and are tried again")]
    private partial void LogFails(ExportFailure kind, string reason);

    [LoggerMessage(1521, LogLevel.Information, "The time-series server takes figures again")]
    private partial void LogWorksAgain();

    [LoggerMessage(1522, LogLevel.Warning, "{Lines} lines for the time-series server dropped: {Reason}")]
    private partial void LogDropped(int lines, string reason);
}
