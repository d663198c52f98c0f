using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;

namespace Dashiban.Domain.Rules;

/// <summary>One way there and back.</summary>
/// <param name="Left">The last passage before leaving.</param>
/// <param name="Away">The passages at the far end.</param>
/// <param name="Back">The first passage after the return.</param>
internal sealed record RoundTrip(RecordedPassage Left, IReadOnlyList<RecordedPassage> Away, RecordedPassage Back)
{
    public DateTimeOffset Start => Left.Passage.CapturedAt;

    public DateTimeOffset End => Back.Passage.CapturedAt;

    public IEnumerable<RecordedPassage> Passages => [Left, .. Away, Back];
}

/// <summary>Round trips over one pair of places, in time order.</summary>
/// <param name="Home">The site it begins and ends at.</param>
/// <param name="Far">The other site; the same as <paramref name="Home"/> where a vehicle goes in and out at one site.</param>
/// <param name="Trips">At least one.</param>
internal sealed record Shuttle(string Home, string Far, IReadOnlyList<RoundTrip> Trips);

/// <summary>
/// Turns passages into round trips: between two sites (A→B→A), or in and out at one site, told apart by camera and heading.
/// </summary>
internal static class Trips
{
    /// <summary>All shuttles of a vehicle, the one with most trips first.</summary>
    public static IReadOnlyList<Shuttle> Of(VehicleHistory vehicle, SiteMap sites, TimeSpan sameSighting)
    {
        var found = BetweenSites(vehicle.Passages, sites).Concat(AtOneSite(vehicle.Passages, sameSighting));
        return
        [
            .. found.Where(s => s.Trips.Count > 0)
                .OrderByDescending(s => s.Trips.Count)
                .ThenBy(s => s.Home == s.Far)
                .ThenBy(s => s.Trips[0].Start)
                .ThenBy(s => s.Home, StringComparer.Ordinal)
                .ThenBy(s => s.Far, StringComparer.Ordinal),
        ];
    }

    /// <summary>Passages of one site that follow each other so closely that several cameras saw one drive past.</summary>
    public static List<List<RecordedPassage>> Sightings(IEnumerable<RecordedPassage> atOneSite, TimeSpan sameSighting) =>
        Grouped(atOneSite, (last, next) => next.Passage.CapturedAt - last.Passage.CapturedAt <= sameSighting);

    private static IEnumerable<Shuttle> BetweenSites(IReadOnlyList<RecordedPassage> passages, SiteMap sites)
    {
        var places = passages.Select(p => p.Passage.Site).Distinct().Order(StringComparer.Ordinal).ToArray();
        for (var a = 0; a < places.Length; a++)
        {
            for (var b = a + 1; b < places.Length; b++)
            {
                var (one, other) = (places[a], places[b]);
                var visits = Grouped(
                    passages.Where(p => p.Passage.Site == one || p.Passage.Site == other),
                    (last, next) => last.Passage.Site == next.Passage.Site);
                var trips = Pairwise(visits, CanDrive);
                yield return new Shuttle(
                    visits[0][0].Passage.Site, visits[0][0].Passage.Site == one ? other : one, trips);
            }
        }

        bool CanDrive(RecordedPassage from, RecordedPassage to) =>
            to.Passage.CapturedAt - from.Passage.CapturedAt >= (sites.MinimumTravel(from.Passage.Site, to.Passage.Site) ?? TimeSpan.Zero);
    }

    private static IEnumerable<Shuttle> AtOneSite(IReadOnlyList<RecordedPassage> passages, TimeSpan sameSighting) => passages
        .GroupBy(p => p.Passage.Site)
        .Select(site =>
        {
            var visits = Grouped(
                Sightings(site, sameSighting).Select(GateOf),
                (last, next) => last.Passage.Camera == next.Passage.Camera && last.Passage.Heading == next.Passage.Heading);
            return new Shuttle(site.Key, site.Key, Pairwise(visits, static (_, _) => true));
        });

    /// <summary>The passage that stands for a sighting: always the same camera's where several saw it.</summary>
    private static RecordedPassage GateOf(List<RecordedPassage> sighting) =>
        sighting.OrderBy(p => p.Passage.Camera, StringComparer.Ordinal).ThenBy(p => p.Passage.Heading).First();

    /// <summary>
    /// Groups of visits alternate between two places; every second one closes a round trip. A leg that nobody can drive is no leg:
    /// two cars under one number must not add up to a shuttle.
    /// </summary>
    private static List<RoundTrip> Pairwise(List<List<RecordedPassage>> visits, Func<RecordedPassage, RecordedPassage, bool> canDrive)
    {
        var trips = new List<RoundTrip>();
        for (var i = 0; i + 2 < visits.Count; i += 2)
        {
            if (canDrive(visits[i][^1], visits[i + 1][0]) && canDrive(visits[i + 1][^1], visits[i + 2][0]))
            {
                trips.Add(new RoundTrip(visits[i][^1], visits[i + 1], visits[i + 2][0]));
            }
        }

        return trips;
    }

    private static List<List<RecordedPassage>> Grouped(
        IEnumerable<RecordedPassage> passages, Func<RecordedPassage, RecordedPassage, bool> together)
    {
        var groups = new List<List<RecordedPassage>>();
        foreach (var passage in passages)
        {
            if (groups.Count > 0 && together(groups[^1][^1], passage))
            {
                groups[^1].Add(passage);
            }
            else
            {
                groups.Add([passage]);
            }
        }

        return groups;
    }
}
