namespace Dashiban.Edge;

/// <summary>
/// How long to wait before a lane tries again. Waits double up to a limit; each is shortened by up to a half at random, so that
/// the cameras of a site do not come back in step.
/// </summary>
public sealed record ReconnectOptions
{
    /// <summary>First wait, 0.1 to 60 s. Default 1 s.</summary>
    public TimeSpan First { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Longest wait, from <see cref="First"/> to 600 s. Default 15 s: a camera that comes back is seen again at the latest after
    /// this and one connection, and a dead one costs four attempts a minute.
    /// </summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A session that lived this long was a good one: the next wait is the first again. 1 to 600 s, default 20 s.</summary>
    public TimeSpan SteadyAfter { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Everything that is wrong, one sentence each that says what to do; empty where nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (First.TotalSeconds is < 0.1 or > 60)
        {
            yield return $"Reconnect:First is {First}; set it between 0.1 s and 60 s.";
        }

        if (Longest < First || Longest.TotalSeconds > 600)
        {
            yield return $"Reconnect:Longest is {Longest}; set it between Reconnect:First ({First}) and 600 s.";
        }

        if (SteadyAfter.TotalSeconds is < 1 or > 600)
        {
            yield return $"Reconnect:SteadyAfter is {SteadyAfter}; set it between 1 s and 600 s.";
        }
    }
}
