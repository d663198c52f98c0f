using System.Threading.Channels;
using Dashiban.Edge;
using Dashiban.Edge.Capture;
using Dashiban.Edge.Detection;
using Dashiban.Testing.Capture;

namespace Dashiban.Tests.Capture;

/// <summary>A frame costs no managed memory in Capture and Detect, whatever the camera's rate.</summary>
public sealed class AllocationTests
{
    private static readonly PictureFormat Format = new(64, 48);
    private static readonly LaneOptions Options = new() { Camera = "c", Site = "s" };

    [Fact]
    public async Task A_frame_costs_no_allocation_in_capture()
    {
        long before = 0, after = 0;
        var steps = ScriptedFrames.Steady(1200).Cast<ScriptedStep>().ToList();
        steps.Insert(200, new ScriptedStep.Do(() => before = GC.GetAllocatedBytesForCurrentThread()));
        steps.Add(new ScriptedStep.Do(() => after = GC.GetAllocatedBytesForCurrentThread()));
        using var source = new ScriptedFrames(Format, steps);
        var books = new LaneBooks();
        using var pool = new FramePool(8, books.Frames);
        var mailbox = FrameMailbox.NewestWins();
        var capture = new CaptureStage(source, pool, FrameClock.FromArrival(), Options, books, _ => { }, TimeProvider.System);

        await capture.RunAsync(mailbox.Writer, CancellationToken.None, TestContext.Current.CancellationToken);
        mailbox.Reader.AbandonRest();

        Assert.Equal(1200, books.Frames.Captured);
        Assert.Equal(0, after - before);
    }

    [Fact]
    public void A_frame_costs_no_allocation_in_detect()
    {
        DetectFrames(100);
        Assert.Equal(DetectFrames(100), DetectFrames(1100));
    }

    /// <summary>Bytes that Detect allocates over this many frames, on this thread: no read and no write has to wait.</summary>
    private static long DetectFrames(int count)
    {
        var books = new LaneBooks();
        using var pool = new FramePool(count, books.Frames);
        pool.Allocate(Format);
        var latest = Channel.CreateBounded<Frame>(count);
        var detected = Channel.CreateBounded<Frame>(count);
        for (var i = 0; i < count; i++)
        {
            var frame = pool.TryRent()!;
            frame.Capture(DateTimeOffset.UnixEpoch.AddSeconds(i));
            latest.Writer.TryWrite(frame);
            detected.Writer.TryWrite(frame);
        }

        while (detected.Reader.TryRead(out _))
        {
            // Now its queue has grown to the size that it keeps.
        }

        latest.Writer.Complete();
        var stage = new DetectStage((_, into) => into.Clear(), new MotionGate(new MotionOptions { SkipEmptyRoad = false }), books, TimeProvider.System);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var running = stage.RunAsync(latest.Reader, detected.Writer, CancellationToken.None);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(running.IsCompletedSuccessfully);
        Assert.Equal(count, detected.Reader.Count);
        detected.Reader.AbandonRest();
        return allocated;
    }
}
