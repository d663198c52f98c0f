namespace Dashiban.Edge.Capture;

/// <summary>Interrupts a source that has been silent for too long. The reader of the source calls <see cref="Beat"/> at each sign of life.</summary>
internal sealed class StallWatch : IDisposable
{
    private readonly ITimer _timer;
    private volatile bool _fired;

    /// <param name="source">Is interrupted once.</param>
    /// <param name="patience">Until the first beat; the same again starts with each <see cref="Beat"/>.</param>
    /// <param name="time">The clock that counts.</param>
    public StallWatch(IFrameSource source, TimeSpan patience, TimeProvider time)
    {
        _timer = time.CreateTimer(
            _ =>
            {
                _fired = true;
                source.Interrupt();
            },
            null,
            patience,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>True once the source was interrupted for its silence.</summary>
    public bool Fired => _fired;

    /// <summary>A sign of life: the next may take this long.</summary>
    public void Beat(TimeSpan patience) => _timer.Change(patience, Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer.Dispose();
}
