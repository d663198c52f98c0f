using System.Threading.Channels;
using Dashiban.Edge.Capture;
using Dashiban.Edge.Voting;
using Dashiban.Messaging;
using Dashiban.Vision.Scenes;
using Microsoft.Extensions.Logging;

namespace Dashiban.Edge;

/// <summary>
/// Keeps one camera's lane running: a named <see cref="LaneFault"/> restarts it after a wait that grows, anything else is a bug
/// and ends the process.
/// </summary>
public sealed partial class LaneSupervisor
{
    private const string LiveState = "Live";

    private readonly LaneOptions _options;
    private readonly Func<LaneEyes> _openEyes;
    private readonly Func<IFrameSource> _openSource;
    private readonly PassageAssembler _assembler;
    private readonly ChannelWriter<VotedPassage> _passages;
    private readonly TimeProvider _time;
    private readonly Backoff _backoff;
    private readonly Func<double> _random;
    private readonly ILogger _logger;
    private readonly LaneBooks _books = new();
    private long _downSince;
    private int _failures;
    private LaneFault? _reported;

    /// <param name="options">The camera; validated before.</param>
    /// <param name="models">Shared by all lanes; they outlive the supervisor.</param>
    /// <param name="assembler">This camera's.</param>
    /// <param name="passages">Shared by all lanes; bounded and waiting, so that a full disk slows the lanes and shows in their books.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Uniform in [0, 1); keeps the attempts of several cameras apart.</param>
    /// <param name="logger">Gets one line per episode, never one per frame.</param>
    public LaneSupervisor(
        LaneOptions options,
        VisionModels models,
        PassageAssembler assembler,
        ChannelWriter<VotedPassage> passages,
        TimeProvider time,
        Func<double> random,
        ILogger<LaneSupervisor> logger)
        : this(options, () => new DecoderProcess(options, logger), () => LaneEyes.Of(models), assembler, passages, time, random, logger)
    {
    }

    internal LaneSupervisor(
        LaneOptions options,
        Func<IFrameSource> openSource,
        Func<LaneEyes> openEyes,
        PassageAssembler assembler,
        ChannelWriter<VotedPassage> passages,
        TimeProvider time,
        Func<double> random,
        ILogger logger)
    {
        _options = options;
        _openSource = openSource;
        _openEyes = openEyes;
        _assembler = assembler;
        _passages = passages;
        _time = time;
        _backoff = new Backoff(options.Reconnect.First, options.Reconnect.Longest);
        _random = random;
        _logger = logger;
        _downSince = time.GetTimestamp();
    }

    /// <summary>Edge clock minus reference clock, asked for each passage; null where it is not measured.</summary>
    public Func<TimeSpan?> ClockOffset { get; init; } = () => null;

    /// <summary>State, frames by fate, read funnel and reconnects since the start; latencies since the last call.</summary>
    public LaneReport Snapshot() => _books.Report(_options.Camera, _options.Site);

    /// <summary>The same without latencies, so that a look at the books takes nothing from the next heartbeat.</summary>
    public LaneReport Totals() => _books.Totals(_options.Camera, _options.Site);

    /// <summary>Runs until stopped or, for a file, until its end.</summary>
    /// <param name="stopping">Stops the camera; what was captured is still read and voted on. Passages may follow for a moment.</param>
    /// <param name="abort">Stops everything at once; vehicles in view give no passage.</param>
    /// <exception cref="LaneFaultException">A file cannot be read: trying again would not help.</exception>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abort)
    {
        using var eyes = _openEyes();
        var lane = new Lane(_options, _openSource, eyes, _assembler, ClockOffset, _passages, _books, WentLive, _time);
        while (!stopping.IsCancellationRequested)
        {
            var started = _time.GetTimestamp();
            try
            {
                await lane.RunAsync(stopping, abort).ConfigureAwait(false);
                _books.State = "Ended";
                return;
            }
            catch (LaneFaultException fault)
            {
                WentDown(fault);
                if (!DecoderCommand.IsCamera(_options.Source))
                {
                    throw;
                }
            }

            var wasSteady = _time.GetElapsedTime(started) >= _options.Reconnect.SteadyAfter;
            _failures = wasSteady ? 1 : _failures + 1;
            await PauseAsync(_backoff.After(_failures, _random()), stopping).ConfigureAwait(false);
            _books.CountReconnect();
        }
    }

    private async Task PauseAsync(TimeSpan wait, CancellationToken stopping)
    {
        // A stop ends the wait, and the loop sees it.
        await Task.Delay(wait, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void WentLive(PictureFormat format)
    {
        _books.State = LiveState;
        _reported = null;
        LaneLive(_options.Camera, format.Width, format.Height, _time.GetElapsedTime(_downSince).TotalSeconds);
    }

    /// <summary>An outage is reported once, however many attempts it lasts; another fault is another episode.</summary>
    private void WentDown(LaneFaultException fault)
    {
        if (_books.State == LiveState)
        {
            _downSince = _time.GetTimestamp();
        }

        _books.State = fault.Fault.ToString();
        if (_reported != fault.Fault)
        {
            _reported = fault.Fault;
            LaneDown(_options.Camera, fault.Fault, fault.Message);
        }
    }

    [LoggerMessage(1101, LogLevel.Information, "{Camera}: live at {Width}x{Height} after {Seconds:0.0} s")]
    private partial void LaneLive(string camera, int width, int height, double seconds);

    [LoggerMessage(1102, LogLevel.Warning, "{Camera}: {Fault}. {Message} Trying again until it is back.")]
    private partial void LaneDown(string camera, LaneFault fault, string message);
}
