using Dashiban.SyntheticRoad.Camera;

namespace Dashiban.SyntheticRoad.Script;

/// <summary>Checks who passes a camera when.</summary>
public static class RoadScript
{
    /// <summary>Everything wrong with the passages at this camera, as sentences that say what to do; empty where they can be filmed.</summary>
    public static IEnumerable<string> Validate(CameraScene scene, IReadOnlyList<RoadPassage> passages)
    {
        foreach (var (passage, number) in passages.Select((passage, index) => (passage, index + 1)))
        {
            if (passage.Lane < 0 || passage.Lane >= scene.LaneCentres.Count)
            {
                yield return $"Passage {number}: lane {passage.Lane} does not exist at {scene.Id}; choose 0 to {scene.LaneCentres.Count - 1}.";
            }

            if (passage.SpeedKmh is < 5 or > 120)
            {
                yield return $"Passage {number}: choose a speed of 5 to 120 km/h; {passage.SpeedKmh} is not.";
            }
        }

        foreach (var (first, second) in Neighbours(passages))
        {
            var gap = (second.At - first.At).TotalSeconds * Math.Min(first.SpeedKmh, second.SpeedKmh) / 3.6;
            if (gap < 4)
            {
                yield return $"Passages at {first.At} and {second.At} in lane {first.Lane} are {gap:0.0} m apart; leave more time between them.";
            }
        }
    }

    private static IEnumerable<(RoadPassage First, RoadPassage Second)> Neighbours(IReadOnlyList<RoadPassage> passages) =>
        passages.GroupBy(passage => (passage.Lane, passage.IsApproaching))
            .Select(lane => lane.OrderBy(passage => passage.At).ToList())
            .SelectMany(lane => lane.Zip(lane.Skip(1)));
}
