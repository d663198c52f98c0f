namespace Dashiban.Correlator.Register;

/// <summary>Wakes those who wait for the alert journal to grow. Safe for many threads.</summary>
internal sealed class JournalSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _end;

    public void GrownTo(long position)
    {
        TaskCompletionSource woken;
        lock (_gate)
        {
            if (position <= _end)
            {
                return;
            }

            _end = position;
            (woken, _grown) = (_grown, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        woken.SetResult();
    }

    public async Task WaitPastAsync(long position, CancellationToken cancel)
    {
        while (true)
        {
            Task grown;
            lock (_gate)
            {
                if (_end > position)
                {
                    return;
                }

                grown = _grown.Task;
            }

            await grown.WaitAsync(cancel);
        }
    }
}
