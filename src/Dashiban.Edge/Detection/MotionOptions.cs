namespace Dashiban.Edge.Detection;

/// <summary>When a picture counts as an empty road and is not looked at.</summary>
public sealed record MotionOptions
{
    /// <summary>False looks at every picture. Default true: on an empty road the models cost nothing.</summary>
    public bool SkipEmptyRoad { get; init; } = true;

    /// <summary>
    /// How much brighter or darker a cell of the picture must become to count as changed, 2 to 100 of 255. Default 10. Lower sees
    /// dark vehicles on wet asphalt at night and also noise; higher saves more.
    /// </summary>
    public int Threshold { get; init; } = 10;

    /// <summary>
    /// Share of the picture that must change, 0.0005 to 0.5. Default 0.003: about a third of a car at the distance where its
    /// plate can be read (60 pixels wide in 1920).
    /// </summary>
    public double ChangedShare { get; init; } = 0.003;

    /// <summary>
    /// How long everything is looked at after the last vehicle was detected, 0.5 to 60 s. Default 4 s: longer than a track lives without
    /// a look, so a vehicle that stands still keeps its track, and a passage closes while frames still come.
    /// </summary>
    public TimeSpan HoldAfterVehicle { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How often a still scene is looked at all the same, 0.2 to 600 s. Default 2 s: finds a vehicle that crept in.</summary>
    public TimeSpan LookAgain { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Everything that is wrong, one sentence each that says what to do; empty where nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (Threshold is < 2 or > 100)
        {
            yield return $"Motion:Threshold is {Threshold}; set it between 2 and 100.";
        }

        if (ChangedShare is not (>= 0.0005 and <= 0.5))
        {
            yield return $"Motion:ChangedShare is {ChangedShare}; set it between 0.0005 and 0.5.";
        }

        if (HoldAfterVehicle.TotalSeconds is < 0.5 or > 60)
        {
            yield return $"Motion:HoldAfterVehicle is {HoldAfterVehicle}; set it between 0.5 s and 60 s.";
        }

        if (LookAgain.TotalSeconds is < 0.2 or > 600)
        {
            yield return $"Motion:LookAgain is {LookAgain}; set it between 0.2 s and 600 s.";
        }
    }
}
