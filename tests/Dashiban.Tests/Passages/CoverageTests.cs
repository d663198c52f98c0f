using CsCheck;
using Dashiban.Domain.Passages;
using Dashiban.Testing;

namespace Dashiban.Tests.Passages;

public sealed class CoverageTests
{
    [Fact]
    public void A_site_is_as_good_as_its_worst_camera_and_unknown_without_one()
    {
        var coverage = new Coverage();
        coverage.Add(new CoverageFact("in", "xinli", Journeys.At(0), Journeys.At(12), true));
        coverage.Add(new CoverageFact("out", "xinli", Journeys.At(0), Journeys.At(3), true));
        coverage.Add(new CoverageFact("out", "xinli", Journeys.At(9), Journeys.At(12), true));
        Assert.Equal(0.5, coverage.ShareOf("xinli", Journeys.At(0), Journeys.At(12)));
        Assert.Equal(1, coverage.ShareOf("xinli", Journeys.At(9), Journeys.At(20)));
        Assert.Null(coverage.ShareOf("xinli", Journeys.At(13), Journeys.At(20)));
        Assert.Null(coverage.ShareOf("dashi", Journeys.At(0), Journeys.At(12)));
    }

    [Fact]
    public void Facts_are_a_set() => Gen.Select(Gen.Int[0, 60], Gen.Int[1, 20], Gen.Bool).Array[1, 20].Select(facts => (facts, Gen.Shuffle(facts)))
        .SelectMany(pair => pair.Item2.Select(shuffled => (pair.facts, shuffled)))
        .Sample(pair => Assert.Equal(Share(pair.facts), Share([.. pair.shuffled, pair.facts[0]])));

    private static double? Share((int From, int Length, bool Up)[] facts)
    {
        var coverage = new Coverage();
        foreach (var (from, length, up) in facts)
        {
            coverage.Add(new CoverageFact("in", "xinli", Journeys.At(from), Journeys.At(from + length), up));
        }

        return coverage.ShareOf("xinli", Journeys.At(10), Journeys.At(70));
    }
}
