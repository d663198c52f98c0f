namespace Dashiban.Edge.Flagging;

/// <summary>Which passages leave the roadside.</summary>
public enum PublishedPassages
{
    /// <summary>Those whose seat evidence may be 7 and more, and those on the watch list. The rest is only counted.</summary>
    MaySevenPlus,

    /// <summary>All. Somebody has to decide this: it stores where every private car went.</summary>
    All,
}

/// <summary>What an edge keeps and publishes.</summary>
public sealed record FlagOptions
{
    /// <summary>Default <see cref="PublishedPassages.MaySevenPlus"/>.</summary>
    public PublishedPassages Publish { get; init; } = PublishedPassages.MaySevenPlus;

    /// <summary>
    /// Probability of 7 seats and more from which a passage is kept: 0 to 1, default 0.2. Lower keeps more private cars, higher
    /// misses vans that the picture was unsure of.
    /// </summary>
    public double SevenPlusFrom { get; init; } = 0.2;

    /// <summary>Every fault of these options as a sentence that says what to do.</summary>
    public IEnumerable<string> Validate()
    {
        if (SevenPlusFrom is not (>= 0 and <= 1))
        {
            yield return $"SevenPlusFrom {SevenPlusFrom} is no probability: use 0 to 1.";
        }
    }
}
