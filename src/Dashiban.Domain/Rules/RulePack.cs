using Dashiban.Domain.Correlation;
using Dashiban.Domain.Lists;
using Dashiban.Domain.Passages;

namespace Dashiban.Domain.Rules;

/// <summary>
/// Everything beside the passages that decides what is found: thresholds, sites and lists. The register journals each pack it
/// works with, so that a replay of any day uses what was in force on that day.
/// </summary>
public sealed record RulePack
{
    public RuleOptions Options { get; init; } = new();

    public SiteMap Sites { get; init; } = SiteMap.Empty;

    public IReadOnlyList<AllowEntry> Allowed { get; init; } = [];

    public IReadOnlyList<WatchEntry> Watched { get; init; } = [];

    /// <summary>The rules of this pack.</summary>
    public RuleBook Book() => new(
    [
        new Watchlist(Watched),
        new RoundTrips(Options),
        new DailyReturn(Options),
        new GateFrequency(Options),
        new ClonedPlate(Options),
    ]);

    public RuleContext Context(Coverage coverage) => new(Sites, coverage, new AllowList(Allowed));
}
