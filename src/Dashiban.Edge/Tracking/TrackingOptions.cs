namespace Dashiban.Edge.Tracking;

/// <summary>How looks become tracks. The tracker counts seconds, never frames: frames are dropped by design.</summary>
public sealed record TrackingOptions
{
    /// <summary>
    /// Time without a look after which a vehicle has left the view, 0.2 to 30 s. Default 1.5 s. Longer bridges longer
    /// occlusions, but every passage is published that much later.
    /// </summary>
    public TimeSpan GapTimeout { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// Time after the last look in which another track of the same plate text still belongs to the same passage, from
    /// <see cref="GapTimeout"/> to 60 s. Default 3 s. It is the delay between a vehicle's leaving and its passage.
    /// </summary>
    public TimeSpan MergeWindow { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Longest life of a track, 5 to 600 s. Default 60 s. A vehicle that stands in view longer gives its one passage then and
    /// is followed silently until it has left.
    /// </summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Absence after which the same plate on the same camera is a new passage, from <see cref="MergeWindow"/> to 600 s. Default
    /// 30 s. Shorter doubles the passages of vehicles that stand half hidden; longer loses a quick return.
    /// </summary>
    public TimeSpan ReentryAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Most readings kept per track, the surest first, 4 to 512. Default 64: at twelve frames a second more than five seconds
    /// of looks. Bounds memory and the cost of the vote.
    /// </summary>
    public int MaxLooks { get; init; } = 64;

    /// <summary>
    /// Most texts per track for which an evidence picture is kept, one picture each, 1 to 16. Default 4. Each costs a scene JPEG
    /// of memory while the track lives. A passage whose text was crowded out by surer misreadings has no picture.
    /// </summary>
    public int MaxEvidenceTexts { get; init; } = 4;

    /// <summary>
    /// Most vehicles followed at once, 4 to 256. Default 64. Beyond it the one unseen for longest is closed early; only a
    /// hostile or broken stream gets there.
    /// </summary>
    public int MaxOpenTracks { get; init; } = 64;

    /// <summary>Everything that is wrong, one sentence each that says what to do; empty where nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (GapTimeout < TimeSpan.FromSeconds(0.2) || GapTimeout > TimeSpan.FromSeconds(30))
        {
            yield return $"GapTimeout is {GapTimeout}; set it between 00:00:00.2 and 00:00:30.";
        }

        if (MergeWindow < GapTimeout || MergeWindow > TimeSpan.FromSeconds(60))
        {
            yield return $"MergeWindow is {MergeWindow}; set it between GapTimeout ({GapTimeout}) and 00:01:00.";
        }

        if (MaxAge < TimeSpan.FromSeconds(5) || MaxAge > TimeSpan.FromSeconds(600))
        {
            yield return $"MaxAge is {MaxAge}; set it between 00:00:05 and 00:10:00.";
        }

        if (ReentryAfter < MergeWindow || ReentryAfter > TimeSpan.FromSeconds(600))
        {
            yield return $"ReentryAfter is {ReentryAfter}; set it between MergeWindow ({MergeWindow}) and 00:10:00.";
        }

        if (MaxLooks is < 4 or > 512)
        {
            yield return $"MaxLooks is {MaxLooks}; set it between 4 and 512.";
        }

        if (MaxEvidenceTexts is < 1 or > 16)
        {
            yield return $"MaxEvidenceTexts is {MaxEvidenceTexts}; set it between 1 and 16.";
        }

        if (MaxOpenTracks is < 4 or > 256)
        {
            yield return $"MaxOpenTracks is {MaxOpenTracks}; set it between 4 and 256.";
        }
    }
}
