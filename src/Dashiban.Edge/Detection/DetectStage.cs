using System.Threading.Channels;
using Dashiban.Edge.Capture;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Scenes;

namespace Dashiban.Edge.Detection;

/// <summary>The first look at a picture: replaces what the last one found by what this one shows.</summary>
internal delegate void DetectScene(I420Picture picture, SceneDetections into);

/// <summary>Finds vehicles and plates in the newest frame; leaves empty road alone.</summary>
internal sealed class DetectStage(DetectScene detect, MotionGate gate, LaneBooks books, TimeProvider time)
{
    /// <summary>
    /// Runs until <paramref name="latest"/> is completed and read to its end, then completes <paramref name="detected"/>. A frame
    /// is ours from reading it until it is written on; a failed write leaves it ours.
    /// </summary>
    public async Task RunAsync(ChannelReader<Frame> latest, ChannelWriter<Frame> detected, CancellationToken giveUp)
    {
        try
        {
            await foreach (var frame in latest.ReadAllAsync(giveUp).ConfigureAwait(false))
            {
                var given = false;
                try
                {
                    if (Look(frame))
                    {
                        await detected.WriteAsync(frame, giveUp).ConfigureAwait(false);
                        given = true;
                    }
                }
                finally
                {
                    if (!given)
                    {
                        frame.Dispose();
                    }
                }
            }
        }
        finally
        {
            detected.TryComplete();
        }
    }

    /// <summary>False where the road is empty.</summary>
    private bool Look(Frame frame)
    {
        frame.Fate = Fate.Failed;
        var started = time.GetTimestamp();
        if (!gate.Opens(frame.Luma, frame.Width, frame.CapturedAt))
        {
            frame.Fate = Fate.Blank;
            return false;
        }

        detect(frame.Picture, frame.Detections);
        books.Funnel.Detected(frame.Detections.Plates.Count);
        books.DetectLatency.Record(time.GetElapsedTime(started));
        frame.Fate = Fate.Abandoned; // until Read has it: waiting for room may be cancelled
        return true;
    }
}
