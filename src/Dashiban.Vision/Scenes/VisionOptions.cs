namespace Dashiban.Vision.Scenes;

/// <summary>How the models are run. Everything about the models themselves stands in their manifests.</summary>
public sealed record VisionOptions
{
    /// <summary>
    /// Threads that one model run may use, 1 to 64. Default 1: with several cameras the lanes already keep every core busy, and
    /// more threads a run only add waiting. Raise it on a machine with one camera and idle cores.
    /// </summary>
    public int IntraOpThreads { get; init; } = 1;

    /// <summary>
    /// Most plates read in one picture, 1 to 64. Default 8: a checkpoint camera rarely shows more than four vehicles. Each
    /// plate costs a second look and a reading (about 1.5 ms on one core); the least sure ones beyond the limit are not read.
    /// </summary>
    public int MaxPlatesPerPicture { get; init; } = 8;

    /// <summary>
    /// Model versions to use instead of the newest, by model name, for example <c>"plate-reader": 0</c>. Default none. A pinned
    /// version that is not in the catalogue is refused.
    /// </summary>
    public IReadOnlyDictionary<string, int> PinnedVersions { get; init; } = new Dictionary<string, int>();

    /// <summary>Everything that is wrong, one sentence each that says what to do; empty where nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (IntraOpThreads is < 1 or > 64)
        {
            yield return $"IntraOpThreads is {IntraOpThreads}; set it between 1 and 64.";
        }

        if (MaxPlatesPerPicture is < 1 or > 64)
        {
            yield return $"MaxPlatesPerPicture is {MaxPlatesPerPicture}; set it between 1 and 64.";
        }

        foreach (var (name, version) in PinnedVersions)
        {
            if (version < 0)
            {
                yield return $"PinnedVersions:{name} is {version}; a model version is 0 or more.";
            }
        }
    }
}
