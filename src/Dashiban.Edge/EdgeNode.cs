using System.Threading.Channels;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Rules;
using Dashiban.Domain.Seats;
using Dashiban.Edge.Flagging;
using Dashiban.Edge.Outbox;
using Dashiban.Edge.Publishing;
using Dashiban.Edge.Voting;
using Dashiban.Messaging;
using Dashiban.Vision.Scenes;
using Microsoft.Extensions.Logging;

namespace Dashiban.Edge;

/// <summary>The books of an edge when it has stopped, or as of now.</summary>
/// <param name="Lanes">Frames by fate and the read funnel, per camera.</param>
/// <param name="Flag">What became of the passages voted.</param>
/// <param name="Outbox">The outbox's identity.</param>
/// <param name="LastSequence">Highest number given to a message.</param>
/// <param name="ConfirmedThrough">The centre has everything up to this number.</param>
public sealed record EdgeBooks(
    IReadOnlyList<LaneReport> Lanes, FlagBooks Flag, Guid Outbox, long LastSequence, long ConfirmedThrough);

/// <summary>
/// A whole edge box in one object: all lanes → Flag → outbox → publisher. One per process. Stopping goes from the cameras downstream,
/// so that what was seen is stored; what is stored and not yet confirmed goes out after the next start.
/// </summary>
public sealed class EdgeNode : IDisposable
{
    /// <summary>Passages between the lanes and the disk; a full channel slows the lanes and shows in their books.</summary>
    private const int PassagesWaiting = 256;

    /// <summary>After the last passage is on disk the link gets this long to bring it to the centre.</summary>
    private static readonly TimeSpan LastDelivery = TimeSpan.FromSeconds(5);

    private readonly EdgeOptions _options;
    private readonly EdgeOutbox _outbox;
    private readonly OutboxPublisher _publisher;
    private readonly FlagStage _flag;
    private readonly MqttLink _link;
    private readonly Heartbeat _heartbeat;
    private readonly SceneUploader _scenes;
    private readonly HttpClient _http;
    private readonly Channel<VotedPassage> _passages;
    private readonly IReadOnlyList<LaneSupervisor> _lanes;
    private readonly TimeProvider _time;
    private DateTimeOffset _completeThrough;

    /// <param name="options">Valid options.</param>
    /// <param name="models">Shared by all lanes; not owned.</param>
    /// <param name="trust">How far the seat model's word goes.</param>
    /// <param name="rules">Rules, sites and lists; those with local scope are judged here.</param>
    /// <param name="seats">Approved seats by plate.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">0 to 1; spreads pauses.</param>
    /// <param name="logs">Not owned.</param>
    /// <exception cref="IOException">The outbox is used by another process, or its folder cannot be written.</exception>
    public EdgeNode(
        EdgeOptions options,
        VisionModels models,
        SeatModelTrust trust,
        RulePack rules,
        SeatRegister seats,
        TimeProvider time,
        Func<double> random,
        ILoggerFactory logs)
    {
        _options = options;
        _time = time;
        _outbox = EdgeOutbox.Open(options.Outbox, options.Id, LocalRules.Of(rules), time, random, logs.CreateLogger<EdgeOutbox>());
        _publisher = new OutboxPublisher(_outbox, options.Publish, time, random, logs.CreateLogger<OutboxPublisher>());
        var watchlist = new Watchlist(rules.Watched);
        _flag = new FlagStage(_outbox, options.Flag, watchlist.MayConcern);
        _link = new MqttLink(options.Link, _publisher.Subscriptions, _publisher.ReceiveAsync, time, random, logs.CreateLogger<MqttLink>());
        _http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        _scenes = new SceneUploader(_outbox, options.Scenes, _http, time, random, logs.CreateLogger<SceneUploader>());
        _passages = Channel.CreateBounded<VotedPassage>(new BoundedChannelOptions(PassagesWaiting) { SingleReader = true });
        _lanes =
        [
            .. options.Cameras.Select(camera => new LaneSupervisor(
                camera,
                models,
                new PassageAssembler(camera.Site, camera.Camera, options.Voting, trust, seats),
                _passages.Writer,
                time,
                random,
                logs.CreateLogger<LaneSupervisor>())),
        ];
        _heartbeat = new Heartbeat(options.Id, TimeSpan.FromSeconds(options.HeartbeatSeconds), _outbox, _publisher, Vitals, time);
    }

    /// <inheritdoc cref="FlagStage.Voted"/>
    public event Action<Passage>? Voted
    {
        add => _flag.Voted += value;
        remove => _flag.Voted -= value;
    }

    /// <summary>As of now; safe from any thread.</summary>
    public EdgeBooks Books => new(
        [.. _lanes.Select(lane => lane.Totals())], _flag.Books, _outbox.Id, _outbox.NextSequence - 1, _publisher.ConfirmedThrough);

    /// <summary>Works until stopped. The first part that dies stops the others, and its error is thrown when all have ended.</summary>
    /// <param name="stopping">Ends the cameras; everything behind them finishes what it holds.</param>
    /// <param name="abort">Gives up what is not on disk.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abort)
    {
        using var dying = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var delivering = new CancellationTokenSource();
        Task[] delivery =
        [
            _link.RunAsync(delivering.Token),
            _publisher.RunAsync(_link, delivering.Token),
            _heartbeat.RunAsync(_link, delivering.Token),
            _scenes.RunAsync(delivering.Token),
        ];
        var seeing = SeeAsync(dying.Token, abort);
        var firstDead = await Task.WhenAny([seeing, .. delivery]).ConfigureAwait(false);
        await dying.CancelAsync().ConfigureAwait(false);
        await ((Task)seeing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (firstDead == seeing)
        {
            await DeliverRestAsync(abort).ConfigureAwait(false);
        }

        await delivering.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(delivery).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await firstDead.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _http.Dispose();
    }

    /// <summary>Lanes, flagging and the disk; ends when all that was seen is stored.</summary>
    private async Task SeeAsync(CancellationToken stopping, CancellationToken abort)
    {
        var writing = _outbox.RunAsync(abort);
        var flagging = _flag.RunAsync(_passages.Reader, abort);
        try
        {
            await RunLanesAsync(stopping, abort).ConfigureAwait(false);
        }
        finally
        {
            _passages.Writer.TryComplete();
            await flagging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _outbox.Complete();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(flagging, writing).ConfigureAwait(false);
    }

    private async Task RunLanesAsync(CancellationToken stopping, CancellationToken abort)
    {
        using var dying = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var running = _lanes.Select(async lane =>
        {
            try
            {
                await lane.RunAsync(dying.Token, abort).ConfigureAwait(false);
            }
            catch
            {
                await dying.CancelAsync().ConfigureAwait(false);
                throw;
            }
        });
        await Task.WhenAll(running).ConfigureAwait(false);
    }

    private async Task DeliverRestAsync(CancellationToken abort)
    {
        using var limit = new CancellationTokenSource(LastDelivery, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, abort);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(100), _time);
        try
        {
            while (_publisher.ConfirmedThrough < _outbox.NextSequence - 1)
            {
                await look.WaitForNextTickAsync(either.Token).ConfigureAwait(false);
            }

            await _heartbeat.SendAsync(_link, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The rest is on disk and goes out after the next start.
        }
    }

    private EdgeVitals Vitals() => new()
    {
        Lanes = [.. _lanes.Select(lane => lane.Snapshot())],
        LanesCompleteThrough = CompleteThrough(),
        Withheld = _flag.Books.Withheld,
    };

    /// <summary>
    /// Capture time before which no lane will hand over another passage. A vehicle gives its passage at the latest when its track has
    /// reached its greatest age and the merge window has passed; while passages wait for the disk nothing more is promised.
    /// </summary>
    private DateTimeOffset CompleteThrough()
    {
        if (_flag.Books.Pending == 0)
        {
            var now = _time.GetUtcNow();
            _completeThrough = _options.Cameras.Min(c => now - c.Tracking.MaxAge - c.Tracking.MergeWindow - c.StallTimeout);
        }

        return _completeThrough;
    }
}
