namespace Dashiban.SyntheticRoad;

/// <summary>What the renderer draws by lot, from a random number generator that its caller seeded.</summary>
internal static class Chance
{
    /// <summary>A number between two, all alike.</summary>
    public static float Between(this Random chance, float low, float high) => low + (chance.NextSingle() * (high - low));

    /// <summary>A number of a range, all alike.</summary>
    public static float Between(this Random chance, (float Low, float High) range) => chance.Between(range.Low, range.High);
}
