using System.Threading.Channels;
using Dashiban.Edge.Capture;
using Dashiban.Edge.Detection;
using Dashiban.Edge.Reading;
using Dashiban.Edge.Tracking;
using Dashiban.Edge.Voting;
using Dashiban.Vision.Scenes;

namespace Dashiban.Edge;

/// <summary>One camera's path: capture → detect → read, track and vote. Read this file first.</summary>
/// <param name="options">The camera and how its pictures are looked at.</param>
/// <param name="open">Makes a source for one session, which disposes it.</param>
/// <param name="eyes">The models' first and second look.</param>
/// <param name="assembler">Makes passages of vehicles that have left.</param>
/// <param name="clockOffset">Edge clock minus reference clock, where it is measured.</param>
/// <param name="passages">Where passages go; shared by all lanes of the process.</param>
/// <param name="books">The lane's counters, over all its sessions.</param>
/// <param name="live">Called at each session's first picture.</param>
/// <param name="time">The clock.</param>
internal sealed class Lane(
    LaneOptions options,
    Func<IFrameSource> open,
    LaneEyes eyes,
    PassageAssembler assembler,
    Func<TimeSpan?> clockOffset,
    ChannelWriter<VotedPassage> passages,
    LaneBooks books,
    Action<PictureFormat> live,
    TimeProvider time)
{
    /// <summary>One session, from opening the source to the last passage.</summary>
    /// <param name="stopping">Ends Capture; everything behind it finishes what it holds. The normal way to stop.</param>
    /// <param name="abort">Drops what is inside: frames settle as <see cref="Fate.Abandoned"/>, open tracks give no passage.</param>
    /// <exception cref="LaneFaultException">The camera is gone; what it delivered was read to the end. Try again later.</exception>
    /// <exception cref="OperationCanceledException">Aborted.</exception>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abort)
    {
        using var camera = open();
        using var buffers = new FramePool(options.FrameBuffers, books.Frames);
        var latest = camera.CanWait ? FrameMailbox.WriterWaits() : FrameMailbox.NewestWins(); // holds 1
        var detected = Channel.CreateBounded<Frame>(2); // waits: pressure travels back and ends at the mailbox

        var clock = options.FileStartsAt is { } start ? FrameClock.FromDeclaredStart(start) : FrameClock.FromArrival();
        var gate = new MotionGate(options.Motion);
        var capture = new CaptureStage(camera, buffers, clock, options, books, live, time);
        var detect = new DetectStage(eyes.Detect, gate, books, time);
        var read = new ReadStage(eyes.Read, gate, new Tracker(options.Tracking), assembler, clockOffset, passages, options.Evidence, books, time);
        try
        {
            await Stages.RunAllAsync(
                abort,
                giveUp => capture.RunAsync(latest.Writer, stopping, giveUp), // the only stage that hears "stop"
                giveUp => detect.RunAsync(latest.Reader, detected.Writer, giveUp),
                giveUp => read.RunAsync(detected.Reader, giveUp)).ConfigureAwait(false);
        }
        finally
        {
            latest.Reader.AbandonRest(); // nothing stays inside a channel
            detected.Reader.AbandonRest();
        }
    }
}

/// <summary>What a lane sees with: the models of the process, or a test's script.</summary>
/// <param name="detect">The first look.</param>
/// <param name="read">The second look.</param>
/// <param name="owned">Disposed with the eyes.</param>
internal sealed class LaneEyes(DetectScene detect, ReadScene read, params IDisposable[] owned) : IDisposable
{
    public DetectScene Detect { get; } = detect;

    public ReadScene Read { get; } = read;

    /// <summary>A lane's own detector and reader over the shared models, which outlive them.</summary>
    public static LaneEyes Of(VisionModels models)
    {
        var detector = models.CreateDetector();
        var reader = models.CreateReader();
        return new LaneEyes(detector.Detect, reader.Read, detector, reader);
    }

    public void Dispose() => Array.ForEach(owned, one => one.Dispose());
}
