using System.Threading.Channels;

namespace Dashiban.Edge.Capture;

/// <summary>Reads pictures from the source, stamps their time and hands them over; the only stage that hears "stop".</summary>
internal sealed class CaptureStage(
    IFrameSource camera,
    FramePool buffers,
    FrameClock clock,
    LaneOptions options,
    LaneBooks books,
    Action<PictureFormat> live,
    TimeProvider time)
{
    /// <summary>
    /// Runs on a thread of its own, for its reads block, until a file ends or a token says stop. Completes
    /// <paramref name="latest"/> in any case, so that what was captured is still looked at.
    /// </summary>
    /// <exception cref="LaneFaultException">The camera is gone.</exception>
    public Task RunAsync(ChannelWriter<Frame> latest, CancellationToken stopping, CancellationToken giveUp) => Task.Factory.StartNew(
        () => Run(latest, stopping, giveUp),
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private void Run(ChannelWriter<Frame> latest, CancellationToken stopping, CancellationToken giveUp)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, giveUp);
        using var wakeUp = end.Token.UnsafeRegister(static source => ((IFrameSource)source!).Interrupt(), camera);
        using var watch = new StallWatch(camera, options.ConnectTimeout, time);
        try
        {
            var format = camera.Open();
            buffers.Allocate(format);
            live(format);
            ReadFrames(latest, watch, end.Token, giveUp);
        }
        catch (LaneFaultException) when (end.IsCancellationRequested)
        {
            // Woken up by "stop": what looks like a broken stream is our own doing.
        }
        finally
        {
            latest.TryComplete();
        }
    }

    private void ReadFrames(ChannelWriter<Frame> latest, StallWatch watch, CancellationToken end, CancellationToken giveUp)
    {
        try
        {
            watch.Beat(options.StallTimeout);
            while (!end.IsCancellationRequested && camera.TryReadHeader(out var header))
            {
                watch.Beat(options.StallTimeout);
                ReadFrame(latest, header, giveUp);
            }
        }
        catch (LaneFaultException) when (watch.Fired)
        {
            // Interrupted inside a picture: silence is the cause, the broken picture its consequence.
        }

        if (watch.Fired && !end.IsCancellationRequested)
        {
            throw new LaneFaultException(LaneFault.CameraSilent, $"No picture came for {options.StallTimeout.TotalSeconds:0.#} s.");
        }
    }

    private void ReadFrame(ChannelWriter<Frame> latest, FrameHeader header, CancellationToken giveUp)
    {
        books.Frames.TurnAway(Fate.Thinned, header.Thinned);
        var started = time.GetTimestamp();
        var frame = buffers.TryRent();
        if (frame is null)
        {
            camera.SkipPicture();
            books.Frames.TurnAway(Fate.NoBuffer);
            return;
        }

        var given = false;
        try
        {
            camera.ReadPicture(frame.Samples);
            var now = time.GetUtcNow();
            frame.Capture(clock.TimeOf(header.Time, now));
            books.FrameArrived(now, time.GetElapsedTime(started));
            frame.Fate = Fate.Abandoned;
            HandOver(frame, latest, giveUp);
            given = true;
        }
        finally
        {
            if (!given)
            {
                frame.Dispose();
            }
        }
    }

    /// <summary>Gives the frame away. Only a file's mailbox is ever full: Detect is behind, and the decoder can wait.</summary>
    private static void HandOver(Frame frame, ChannelWriter<Frame> latest, CancellationToken giveUp)
    {
        while (!latest.TryWrite(frame))
        {
            latest.WaitToWriteAsync(giveUp).AsTask().GetAwaiter().GetResult();
        }
    }
}
