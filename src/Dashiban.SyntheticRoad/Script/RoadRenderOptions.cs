namespace Dashiban.SyntheticRoad.Script;

/// <summary>How a film is drawn. The same options, scene and passages give the same pixels.</summary>
public sealed record RoadRenderOptions
{
    /// <summary>Picture width in pixels, even, 320 to 3840. Plates shrink with it.</summary>
    public int Width { get; init; } = 1920;

    /// <summary>Picture height in pixels, even, 180 to 2160.</summary>
    public int Height { get; init; } = 1080;

    /// <summary>Pictures per second, 1 to 60.</summary>
    public int FramesPerSecond { get; init; } = 25;

    /// <summary>Length of the film, up to one hour.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Chooses surface, plants and sensor noise.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>True for the night look: lamps lit, fill light from the pole, more noise.</summary>
    public bool Night { get; init; }

    /// <summary>What the camera's own clock shows in the first picture; null leaves the clock out, for a film shown at another time.</summary>
    public DateTimeOffset? ClockStart { get; init; } = new DateTimeOffset(2026, 11, 20, 8, 30, 0, TimeSpan.FromHours(8));

    /// <summary>Every how many pictures the truth notes where plate and vehicle are; 1 or more.</summary>
    public int TruthEveryFrames { get; init; } = 5;

    /// <summary>Threads that draw; 1 or more. Does not change the pictures.</summary>
    public int Painters { get; init; } = 2;

    internal int FrameCount => (int)Math.Round(Duration.TotalSeconds * FramesPerSecond);

    /// <summary>Everything wrong with these options, as sentences that say what to do; empty where they can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (Width is < 320 or > 3840 || Width % 2 != 0 || Height is < 180 or > 2160 || Height % 2 != 0)
        {
            yield return $"Choose an even picture size between 320x180 and 3840x2160; {Width}x{Height} is not.";
        }

        if (FramesPerSecond is < 1 or > 60)
        {
            yield return $"Choose 1 to 60 pictures per second; {FramesPerSecond} is not.";
        }

        if (Duration <= TimeSpan.Zero || Duration > TimeSpan.FromHours(1))
        {
            yield return $"Choose a duration of up to one hour; {Duration} is not.";
        }

        if (TruthEveryFrames < 1 || Painters < 1)
        {
            yield return "Choose at least 1 for TruthEveryFrames and Painters.";
        }
    }
}
