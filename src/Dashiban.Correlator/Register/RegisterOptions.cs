namespace Dashiban.Correlator.Register;

/// <summary>How long the register keeps what. Shorter is kinder to people who are no suspects; longer helps analysis.</summary>
public sealed record RegisterOptions
{
    /// <summary>
    /// Days a passage is kept that stands behind no lead, 1 to 365. Default 30. The register may keep it some days longer, until
    /// every period it belongs to is closed for good.
    /// </summary>
    public int NonHitDays { get; init; } = 30;

    /// <summary>Days a lead and the passages behind it are kept after its period ended, 1 to 730. Default 180.</summary>
    public int HitDays { get; init; } = 180;

    /// <summary>All errors, each a sentence that says what to do.</summary>
    public IEnumerable<string> Validate()
    {
        if (NonHitDays is < 1 or > 365)
        {
            yield return $"register.nonHitDays is {NonHitDays}; choose 1 to 365 days.";
        }

        if (HitDays < NonHitDays || HitDays > 730)
        {
            yield return $"register.hitDays is {HitDays}; choose a number of days from nonHitDays ({NonHitDays}) to 730.";
        }
    }
}
