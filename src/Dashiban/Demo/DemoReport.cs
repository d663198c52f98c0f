using Dashiban.Correlator.Leads;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Rules;
using Dashiban.Edge;

namespace Dashiban.Demo;

/// <summary>What a demo run came to; all it needs to say whether it holds.</summary>
/// <param name="Edges">Books of each edge by its identifier, after it has stopped.</param>
/// <param name="RecordedThrough">What the centre recorded of each outbox without a gap.</param>
/// <param name="History">Passages replayed before the cameras started, and the outbox they came from.</param>
/// <param name="Seen">Passages that the live cameras voted.</param>
/// <param name="Watched">How much film the cameras had shown when they were stopped.</param>
/// <param name="Leads">Every lead, whatever its state.</param>
/// <param name="LeadAfter">From the first picture until the planted lead was there; null where it never was.</param>
/// <param name="ExpectsClone">Whether the clone's earlier occurrence and the live one fall in one calendar week.</param>
internal sealed record DemoOutcome(
    IReadOnlyDictionary<string, EdgeBooks> Edges,
    IReadOnlyDictionary<Guid, long> RecordedThrough,
    (Guid Outbox, long Passages) History,
    IReadOnlyList<Passage> Seen,
    TimeSpan Watched,
    IReadOnlyList<Lead> Leads,
    TimeSpan? LeadAfter,
    bool ExpectsClone);

/// <summary>The balanced books at the end of a demo. Pure.</summary>
internal static class DemoReport
{
    /// <summary>The page promises the lead within this time.</summary>
    public static readonly TimeSpan LeadWithin = TimeSpan.FromMinutes(2);

    /// <summary>The lines of the report, each with whether it holds; null for plain information.</summary>
    public static IEnumerable<(bool? Holds, string Line)> Lines(DemoOutcome outcome) =>
        Frames(outcome).Concat(Passages(outcome)).Append((null, Reading(outcome))).Concat(Leads(outcome));

    /// <summary>True where a lead is about a planted vehicle and of a kind that its planted behaviour justifies.</summary>
    public static bool IsPlanted(Lead lead) => lead.Rule == nameof(ClonedPlate)
        ? lead.Plate.Value == DemoScenario.Cloned.Plate
        : lead.Plate.Value == DemoScenario.Shuttle.Plate;

    /// <summary>The lead that the live cameras complete.</summary>
    public static bool IsTheShuttle(Lead lead) =>
        lead.Rule == nameof(RoundTrips) && lead.Plate.Value == DemoScenario.Shuttle.Plate && lead.State == LeadState.Open;

    private static IEnumerable<(bool?, string)> Frames(DemoOutcome outcome) =>
        from edge in outcome.Edges
        from lane in edge.Value.Lanes
        select ((bool?)(Books.Balance(lane) && lane.Captured > 0), $"frames    {Books.Of(lane)}");

    private static IEnumerable<(bool?, string)> Passages(DemoOutcome outcome)
    {
        foreach (var (edge, books) in outcome.Edges)
        {
            yield return (Books.Balance(books), $"edge      {edge}: {Books.Of(books)}");
            var through = outcome.RecordedThrough.GetValueOrDefault(books.Outbox);
            yield return (through == books.LastSequence, $"centre    {edge}: recorded through {through} of {books.LastSequence}");
        }

        var history = outcome.RecordedThrough.GetValueOrDefault(outcome.History.Outbox);
        yield return (
            history == outcome.History.Passages,
            $"centre    history: {outcome.History.Passages} passages of the last days, recorded through {history}");
    }

    /// <summary>How many of the vehicles shown were read right, camera by camera.</summary>
    private static string Reading(DemoOutcome outcome)
    {
        var cameras = DemoScenario.Cameras.Select(camera =>
        {
            // The last second of film may still have been in the pipeline.
            var shown = camera.Traffic.Where(p => p.At < outcome.Watched - TimeSpan.FromSeconds(3)).Select(p => p.Plate.Text).ToHashSet();
            var read = outcome.Seen.Where(p => p.Camera == camera.Scene.Id).Select(p => p.Plate.Value).ToHashSet();
            return $"{camera.Scene.Id} {shown.Count(read.Contains)} of {shown.Count}, wrong {read.Count(text => camera.Traffic.All(t => t.Plate.Text != text))}";
        });
        return $"reading   plates read right: {string.Join("; ", cameras)}";
    }

    private static IEnumerable<(bool?, string)> Leads(DemoOutcome outcome)
    {
        yield return (
            outcome.LeadAfter <= LeadWithin,
            outcome.LeadAfter is { } after
                ? $"lead      planted round trips: raised {after.TotalSeconds:0.0} s after the cameras started"
                : "lead      planted round trips: not raised");
        if (outcome.ExpectsClone)
        {
            yield return (outcome.Leads.Any(l => l.Rule == nameof(ClonedPlate) && IsPlanted(l)), "lead      planted cloned plate: in its own queue");
        }

        foreach (var lead in outcome.Leads)
        {
            yield return (IsPlanted(lead), $"lead      {lead.Rule} {lead.Plate} ({lead.State}, {lead.Score:0}): {(IsPlanted(lead) ? "planted" : "NOT planted")}");
        }

        yield return (outcome.Leads.All(IsPlanted), "innocents licensed coach, school bus, declared journey, commuters and strangers raised no lead");
    }
}
