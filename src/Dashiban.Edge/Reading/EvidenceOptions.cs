namespace Dashiban.Edge.Reading;

/// <summary>The pictures kept of a vehicle. Each is encoded only when a look is the best so far at its text.</summary>
public sealed record EvidenceOptions
{
    /// <summary>Largest plate crop in bytes, 2,048 to 12,288 (what fits into a passage on the wire). Default 12,288.</summary>
    public int PlateCropBytes { get; init; } = 12 * 1024;

    /// <summary>Width of the scene picture in pixels, 320 to 3,840. Default 1,280: about 120 KB and 10 ms of one core for each.</summary>
    public int SceneWidth { get; init; } = 1280;

    /// <summary>JPEG quality of the scene picture, 30 to 95. Default 80.</summary>
    public int SceneQuality { get; init; } = 80;

    /// <summary>Everything that is wrong, one sentence each that says what to do; empty where nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (PlateCropBytes is < 2048 or > 12 * 1024)
        {
            yield return $"Evidence:PlateCropBytes is {PlateCropBytes}; set it between 2048 and 12288.";
        }

        if (SceneWidth is < 320 or > 3840)
        {
            yield return $"Evidence:SceneWidth is {SceneWidth}; set it between 320 and 3840.";
        }

        if (SceneQuality is < 30 or > 95)
        {
            yield return $"Evidence:SceneQuality is {SceneQuality}; set it between 30 and 95.";
        }
    }
}
