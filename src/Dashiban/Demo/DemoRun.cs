using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Dashiban.Correlator;
using Dashiban.Correlator.Leads;
using Dashiban.Correlator.Pages;
using Dashiban.Domain.Lists;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Rules;
using Dashiban.Domain.Seats;
using Dashiban.Edge;
using Dashiban.Edge.Flagging;
using Dashiban.Edge.Outbox;
using Dashiban.Edge.Publishing;
using Dashiban.History;
using Dashiban.Messaging;
using Dashiban.Vision.Scenes;

namespace Dashiban.Demo;

/// <summary>What the person at the keyboard may choose.</summary>
/// <param name="Folder">Footage, journal and outboxes; all but the footage is made anew for each run.</param>
/// <param name="WebPort">Port of the page on 127.0.0.1; 0 takes a free one.</param>
/// <param name="Duration">How long the cameras run; null until Ctrl-C.</param>
internal sealed record DemoOptions(string Folder, int WebPort, TimeSpan? Duration);

/// <summary>
/// The main job in one process, with the very classes of the roles: broker, correlator with its page, some days of history over the
/// same MQTT path, RTSP cameras, two edge workers.
/// </summary>
internal sealed class DemoRun(DemoOptions options, TimeProvider time, Func<double> random, ILoggerFactory logs, Action<string> say)
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HistoryTime = TimeSpan.FromMinutes(2);
    private static readonly IReadOnlySet<LeadState> AnyState = Enum.GetValues<LeadState>().ToHashSet();

    private readonly ConcurrentQueue<Passage> _seen = [];

    public async Task<DemoOutcome> RunAsync(CancellationToken stopping, CancellationToken abort)
    {
        var films = await DemoFootage.EnsureAsync(Path.Combine(options.Folder, "footage"), say, stopping);
        var work = Path.Combine(options.Folder, "run");
        if (Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }

        var rules = Rules(time.GetUtcNow());
        using var models = EdgeCommand.Load("", new VisionOptions());
        await using var broker = await EmbeddedBroker.StartAsync(FreePort());
        await using var centre = await OpenCentreAsync(Path.Combine(work, "correlator"), broker.Port, rules, stopping);
        say($"page      {centre.Address}  (sign in with any name)");
        using var closing = new CancellationTokenSource();
        var serving = centre.RunAsync(closing.Token);
        var started = time.GetUtcNow();
        var history = await ReplayHistoryAsync(work, broker.Port, started, stopping);

        await using var cameras = await VirtualCameras.StartAsync(Script(), films, time, stopping);
        var edges = Edges(cameras, models, rules, work, broker.Port, centre.Address);
        var (watched, leadAfter) = await WatchAsync(edges, cameras, centre, stopping, abort);

        var outcome = new DemoOutcome(
            edges.ToDictionary(e => e.Id, e => e.Node.Books),
            await centre.ReadRecordedThroughAsync(CancellationToken.None),
            history,
            [.. _seen],
            watched,
            await centre.Desk.ListAsync(AnyState, 1000, CancellationToken.None),
            leadAfter,
            DemoHistory.ShowsClone(started, time.GetUtcNow()));
        edges.ForEach(e => e.Node.Dispose());
        await closing.CancelAsync();
        await serving;
        return outcome;
    }

    /// <summary>Runs the edges until stopped; notes when the planted lead is there.</summary>
    private async Task<(TimeSpan Watched, TimeSpan? LeadAfter)> WatchAsync(
        List<(string Id, EdgeNode Node)> edges, VirtualCameras cameras, CorrelatorNode centre, CancellationToken stopping, CancellationToken abort)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var running = Task.WhenAll(edges.Select(e => e.Node.RunAsync(ending.Token, abort)));
        var begun = await Task.WhenAny(cameras.Started.WaitAsync(ending.Token), running) is Task<DateTimeOffset> first && first.IsCompletedSuccessfully
            ? await first
            : time.GetUtcNow();
        await using var end = options.Duration is { } limit
            ? time.CreateTimer(_ => ending.Cancel(), null, Max(begun + limit - time.GetUtcNow(), TimeSpan.Zero), Timeout.InfiniteTimeSpan)
            : null;
        var lead = WaitForLeadAsync(centre.Desk, ending.Token);
        var watched = TimeSpan.Zero;
        while (!ending.IsCancellationRequested && !running.IsCompleted)
        {
            await Task.Delay(ProgressEvery, time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            watched = time.GetUtcNow() - begun;
            SayProgress(edges, watched);
        }

        await ending.CancelAsync();
        await running;
        return (watched, await lead - begun);
    }

    private async Task<DateTimeOffset?> WaitForLeadAsync(ILeadDesk desk, CancellationToken cancel)
    {
        try
        {
            for (var position = 0L; ;)
            {
                if ((await desk.ListAsync(null, 1000, cancel)).FirstOrDefault(DemoReport.IsTheShuttle) is { } lead)
                {
                    say($"lead      {lead.Rule} {lead.Plate}: {lead.Reasons[0].Zh}");
                    return time.GetUtcNow();
                }

                var entries = await desk.ReadJournalAsync(position, 1000, cancel);
                position = entries.Count > 0 ? entries[^1].Position : position;
                await desk.WaitForJournalAsync(position, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void SayProgress(List<(string Id, EdgeNode Node)> edges, TimeSpan watched)
    {
        foreach (var lane in edges.SelectMany(e => e.Node.Books.Lanes))
        {
            var passages = _seen.Count(p => p.Camera == lane.Camera);
            say($"{watched.TotalSeconds,5:0} s   {lane.Camera}: {lane.State}, {lane.Fates.GetValueOrDefault("Analysed")} analysed, "
                + $"{lane.Fates.GetValueOrDefault("Blank")} blank of {lane.Captured} frames, {passages} passages");
        }
    }

    private async Task<CorrelatorNode> OpenCentreAsync(string folder, int brokerPort, RulePack rules, CancellationToken cancel)
    {
        var correlator = new CorrelatorOptions
        {
            DataFolder = folder,
            Link = new MqttLinkOptions { Port = brokerPort, ClientId = "correlator" },
            Web = new WebOptions { Listen = $"http://127.0.0.1:{options.WebPort}" },
        };
        try
        {
            return await CorrelatorNode.OpenAsync(correlator, rules, time, random, logs, cancel);
        }
        catch (IOException error)
        {
            throw new DemoException($"The page cannot listen on {correlator.Web.Listen}: {error.Message} Choose another port with --port.");
        }
    }

    /// <summary>History takes the road of live passages: an outbox, the broker, the centre's confirmation.</summary>
    private async Task<(Guid Outbox, long Passages)> ReplayHistoryAsync(string work, int brokerPort, DateTimeOffset now, CancellationToken cancel)
    {
        var passages = DemoHistory.Before(now);
        using var outbox = EdgeOutbox.Open(
            new OutboxOptions { File = Path.Combine(work, "history.db") }, "history", examine: null, time, random, logs.CreateLogger<EdgeOutbox>());
        var publisher = new HistoryPublisher(
            outbox, new MqttLinkOptions { Port = brokerPort, ClientId = "history" }, new PublishOptions(), time, random, logs);
        using var limit = new CancellationTokenSource(HistoryTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        var books = await publisher.RunAsync(passages, perSecond: 0, stored: static _ => { }, either.Token);
        cancel.ThrowIfCancellationRequested();
        if (books.Confirmed < passages.Count)
        {
            throw new DemoException($"Only {books.Confirmed} of {passages.Count} passages of the history were recorded within {HistoryTime.TotalSeconds:0} s; is this machine very busy?");
        }

        say($"history   {passages.Count} passages of the last days recorded at the centre");
        return (outbox.Id, passages.Count);
    }

    private List<(string Id, EdgeNode Node)> Edges(
        VirtualCameras cameras, VisionModels models, RulePack rules, string work, int brokerPort, string centre)
    {
        var seats = SeatRegisterImport.Read(new StringReader(DemoScenario.SeatRegisterCsv)).Register;
        return
        [
            .. DemoScenario.Cameras.GroupBy(c => c.Edge).Select(edge =>
            {
                var node = new EdgeNode(
                    new EdgeOptions
                    {
                        Id = edge.Key,
                        Cameras =
                        [
                            .. edge.Select(c => new LaneOptions { Camera = c.Scene.Id, Site = c.Site, Source = cameras.Addresses[c.Scene.Id].ToString() }),
                        ],
                        // The demo's vehicles are invented: the centre sees all of them and proves that it leaves the commuters alone.
                        Flag = new FlagOptions { Publish = PublishedPassages.All },
                        Outbox = new OutboxOptions { File = Path.Combine(work, $"{edge.Key}.db") },
                        Scenes = new SceneUploadOptions { CentreUrl = centre, Interval = TimeSpan.FromSeconds(1) },
                        Link = new MqttLinkOptions { Port = brokerPort, ClientId = edge.Key },
                    },
                    models,
                    EdgeCommand.TrustIn(models),
                    rules,
                    seats,
                    time,
                    random,
                    logs);
                node.Voted += _seen.Enqueue;
                return (edge.Key, node);
            }),
        ];
    }

    /// <summary>The demo's sites and exemptions.</summary>
    internal static RulePack Rules(DateTimeOffset now) => new()
    {
        Sites = DemoScenario.Sites,
        Allowed =
        [
            .. DemoScenario.Vehicles.Where(v => v.Allowed is not null).Select(v => new AllowEntry(
                new PlateText(v.Plate), v.Allowed!.Value, "县道路运输服务中心", "演示名单", now.AddDays(-30), now.AddDays(30))),
        ],
    };

    /// <summary>The script lies beside the program in a checkout's build and in an installation.</summary>
    private static string Script()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "rtsp-cameras.py");
        return File.Exists(script) ? script : throw new DemoException($"{script} is missing; build the project again.");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
