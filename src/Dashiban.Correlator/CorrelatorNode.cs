using Dashiban.Correlator.Fleet;
using Dashiban.Correlator.Influx;
using Dashiban.Correlator.Ingest;
using Dashiban.Correlator.Leads;
using Dashiban.Correlator.Pages;
using Dashiban.Correlator.Register;
using Dashiban.Domain.Rules;
using Dashiban.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashiban.Correlator;

/// <summary>The whole centre in one object: broker → ingest → register → feed and page. One per process.</summary>
public sealed class CorrelatorNode : IAsyncDisposable
{
    private readonly RegisterDatabase _database;
    private readonly SqlPlateRegister _register;
    private readonly MqttLink _link;
    private readonly PassageIngest _ingest;
    private readonly InfluxExporter? _influx;
    private readonly WebApplication _web;
    private readonly RetentionLoop _retention;

    private CorrelatorNode(
        RegisterDatabase database,
        SqlPlateRegister register,
        ILeadDesk desk,
        FleetBoard fleet,
        MqttLink link,
        PassageIngest ingest,
        InfluxExporter? influx,
        WebApplication web,
        RetentionLoop retention)
    {
        _database = database;
        _register = register;
        Desk = desk;
        Fleet = fleet;
        _link = link;
        _ingest = ingest;
        _influx = influx;
        _web = web;
        _retention = retention;
    }

    /// <summary>Leads as the officer sees them.</summary>
    public ILeadDesk Desk { get; }

    /// <summary>Edges and cameras, from their heartbeats.</summary>
    public FleetBoard Fleet { get; }

    /// <summary>Address of the page.</summary>
    public string Address => _web.Urls.First();

    /// <summary>Opens the journal, adopts the rules and starts the page; nothing comes in before <see cref="RunAsync"/>.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="rules">Rules, sites and lists in force from now on.</param>
    /// <param name="time">The centre's clock.</param>
    /// <param name="random">0 to 1; spreads pauses.</param>
    /// <param name="logs">Where everything reports to; not owned.</param>
    /// <param name="cancel">Gives up opening.</param>
    /// <exception cref="IOException">The page's address is taken, or the data folder cannot be written.</exception>
    public static async Task<CorrelatorNode> OpenAsync(
        CorrelatorOptions options, RulePack rules, TimeProvider time, Func<double> random, ILoggerFactory logs, CancellationToken cancel)
    {
        Directory.CreateDirectory(options.DataFolder);
        var database = RegisterDatabase.Open(Path.Combine(options.DataFolder, "journal.db"));
        var register = await SqlPlateRegister.OpenAsync(database, rules, options.Register, time.GetUtcNow(), cancel);
        var desk = new SqlLeadDesk(database, time);
        var fleet = new FleetBoard(time, TimeSpan.FromSeconds(options.Web.HeartbeatStaleAfterSeconds));
        var influx = options.Influx.Url is null ? null : new InfluxExporter(options.Influx, time, random, logs.CreateLogger<InfluxExporter>());

        // The link hands to the ingest, and the ingest confirms over the link: one of the two must be named before it exists.
        MqttLink link = null!;
        var ingest = new PassageIngest(
            register,
            new SequenceLedger(await register.ReadProgressAsync(cancel)),
            (topic, payload, token) => link.PublishAsync(topic, payload, retain: true, token),
            heartbeat =>
            {
                fleet.Observe(heartbeat);
                influx?.Offer(heartbeat);
            },
            options.Ingest,
            time,
            logs.CreateLogger<PassageIngest>());
        link = new MqttLink(options.Link, PassageIngest.Subscriptions, ingest.ReceiveAsync, time, random, logs.CreateLogger<MqttLink>());
        link.StateChanged += state =>
        {
            if (state == LinkState.Connected)
            {
                ingest.ConfirmAll();
            }
        };

        var web = CorrelatorWeb.Build(options.Web, desk, fleet, rules.Sites, time, builder =>
        {
            builder.Services.AddSingleton(logs);
            // Signals are the role's business; the page ends when the role ends it.
            builder.Services.AddSingleton<IHostLifetime, LifetimeOfTheRole>();
        });
        await web.StartAsync(cancel);
        var retention = new RetentionLoop(register, time, logs.CreateLogger<RetentionLoop>());
        return new CorrelatorNode(database, register, desk, fleet, link, ingest, influx, web, retention);
    }

    /// <summary>
    /// Works until stopped. The first part that dies stops the others and its error is thrown. What is not yet recorded stays
    /// unacknowledged and comes again.
    /// </summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] parts =
        [
            _link.RunAsync(ending.Token),
            _ingest.RunAsync(ending.Token),
            _retention.RunAsync(ending.Token),
            _web.WaitForShutdownAsync(ending.Token),
            .. _influx is null ? Array.Empty<Task>() : [_influx.RunAsync(ending.Token)],
        ];
        var first = await Task.WhenAny(parts);
        await ending.CancelAsync();
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(stopping.IsCancellationRequested ? ConfigureAwaitOptions.SuppressThrowing : ConfigureAwaitOptions.None);
    }

    /// <summary>The highest number of each outbox up to which nothing is missing in the journal.</summary>
    public async Task<IReadOnlyDictionary<Guid, long>> ReadRecordedThroughAsync(CancellationToken cancel)
    {
        var ledger = new SequenceLedger(await _register.ReadProgressAsync(cancel));
        return ledger.Outboxes.ToDictionary(outbox => outbox, outbox => ledger.ReportOf(outbox).RecordedThrough);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _influx?.Dispose();
        _database.Dispose();
    }

    private sealed class LifetimeOfTheRole : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
