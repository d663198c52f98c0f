using Dashiban.Correlator.Fleet;
using Dashiban.Correlator.Leads;
using Dashiban.Correlator.Pages;
using Dashiban.Testing;
using Microsoft.AspNetCore.Builder;

namespace Dashiban.IntegrationTests.Feed;

/// <summary>The web application on a free loopback port over a given desk.</summary>
internal sealed class DeskHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DeskHost(WebApplication app, FleetBoard fleet)
    {
        _app = app;
        Fleet = fleet;
        Http = new() { BaseAddress = Address };
    }

    public FleetBoard Fleet { get; }

    public HttpClient Http { get; }

    public Uri Address => new(_app.Urls.Single());

    public static async Task<DeskHost> StartAsync(ILeadDesk desk, WebOptions? options = null)
    {
        var chosen = (options ?? new()) with { Listen = "http://127.0.0.1:0" };
        var fleet = new FleetBoard(TimeProvider.System, TimeSpan.FromSeconds(chosen.HeartbeatStaleAfterSeconds));
        var app = CorrelatorWeb.Build(chosen, desk, fleet, DutyDay.Sites, TimeProvider.System);
        await app.StartAsync();
        return new(app, fleet);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
