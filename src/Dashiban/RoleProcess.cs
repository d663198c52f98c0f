using System.Runtime.InteropServices;
using Dashiban.Vision.Models;

namespace Dashiban;

/// <summary>How the process ends; scripts and service managers read these.</summary>
internal static class ExitCode
{
    public const int Tidy = 0;

    /// <summary>The job ran, and something in it failed: an unreadable file, books that do not balance.</summary>
    public const int SomeFailed = 1;

    /// <summary>The command line or the configuration is wrong; nothing was started.</summary>
    public const int Configuration = 2;

    /// <summary>A model and its manifest disagree; nothing was started.</summary>
    public const int ModelRefused = 3;

    /// <summary>A running role died of an error that it cannot mend (EX_SOFTWARE).</summary>
    public const int RoleDied = 70;
}

/// <summary>Runs a role until SIGTERM or Ctrl-C and turns its end into an exit code.</summary>
internal static partial class RoleProcess
{
    /// <summary>How long a role may drain what it holds after it was asked to stop.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(10);

    /// <param name="role">Gets two tokens: "stop taking in new work", and ten seconds later "drop what you hold".</param>
    /// <param name="logger">Takes the reason of a death.</param>
    /// <param name="time">The clock that the ten seconds are counted on.</param>
    /// <param name="cancelled">Another reason to stop, for example <c>--seconds</c>.</param>
    public static async Task<int> RunAsync(
        Func<CancellationToken, CancellationToken, Task> role, ILogger logger, TimeProvider time, CancellationToken cancelled = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        using var abort = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await using var drain = time.CreateTimer(_ => abort.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var armed = stopping.Token.Register(() => drain.Change(DrainTime, Timeout.InfiniteTimeSpan));
        try
        {
            await role(stopping.Token, abort.Token);
            return ExitCode.Tidy;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return ExitCode.Tidy;
        }
        catch (ModelMismatchException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return ExitCode.ModelRefused;
        }
#pragma warning disable CA1031 // Whatever kills a role ends here, with its reason on record and an exit code that says so.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.RoleDied(logger, error);
            return ExitCode.RoleDied;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2000, LogLevel.Critical, "The role died of an error that it cannot mend")]
        public static partial void RoleDied(ILogger logger, Exception error);
    }
}
