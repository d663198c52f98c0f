namespace Dashiban.Edge.Voting;

/// <summary>
/// When the looks of one vehicle agree well enough to be published. Confidences are those of the consensus, weakest character
/// first: a mean hides the one wrong character.
/// </summary>
public sealed record VotingOptions
{
    /// <summary>
    /// Looks that must read exactly the consensus text, 2 to 16. Default 2: two looks that err alike are rare, and a second
    /// look costs a tenth of a second.
    /// </summary>
    public int MinAgreeingLooks { get; init; } = 2;

    /// <summary>
    /// Weakest character of the consensus where enough looks agree, 0 to 1. Default 0.6. Single frames of the version-0 reader
    /// are right 98.5 % of the time there (its recipe, photographs), and agreement of several looks comes on top.
    /// </summary>
    public float MinConfidence { get; init; } = 0.6f;

    /// <summary>
    /// The same for the province, 0 to 1, at least <see cref="MinConfidence"/>. Default 0.7: the province is the reader's
    /// weakest character, and a wrong one is a valid plate of another vehicle, which no grammar can catch.
    /// </summary>
    public float MinProvinceConfidence { get; init; } = 0.7f;

    /// <summary>
    /// Weakest character at which one look alone is enough, at least <see cref="MinConfidence"/>, to 1. Default 0.9. Set it to
    /// 1 to publish nothing that was read only once.
    /// </summary>
    public float MinLoneConfidence { get; init; } = 0.9f;

    /// <summary>Everything that is wrong, one sentence each that says what to do; empty where nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (MinAgreeingLooks is < 2 or > 16)
        {
            yield return $"MinAgreeingLooks is {MinAgreeingLooks}; set it between 2 and 16.";
        }

        if (MinConfidence is not (>= 0 and <= 1))
        {
            yield return $"MinConfidence is {MinConfidence}; set it between 0 and 1.";
        }

        if (!(MinProvinceConfidence >= MinConfidence && MinProvinceConfidence <= 1))
        {
            yield return $"MinProvinceConfidence is {MinProvinceConfidence}; set it between MinConfidence ({MinConfidence}) and 1.";
        }

        if (!(MinLoneConfidence >= MinConfidence && MinLoneConfidence <= 1))
        {
            yield return $"MinLoneConfidence is {MinLoneConfidence}; set it between MinConfidence ({MinConfidence}) and 1.";
        }
    }
}
