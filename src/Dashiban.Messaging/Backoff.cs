namespace Dashiban.Messaging;

/// <summary>
/// Waiting time before another try: doubles with every failure in a row up to <paramref name="Longest"/>, and lies somewhere in the
/// upper half of that, so that a hundred edges do not come back in the same second.
/// </summary>
public readonly record struct Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <param name="failures">Failures in a row, from 1.</param>
    /// <param name="random">0 to 1.</param>
    public TimeSpan After(int failures, double random)
    {
        var doubled = First * Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        var full = doubled < Longest ? doubled : Longest;
        return full * (0.5 + (random / 2));
    }
}
