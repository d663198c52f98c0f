using System.Threading.Channels;
using Dashiban.Edge.Capture;
using Dashiban.Edge.Detection;
using Dashiban.Edge.Tracking;
using Dashiban.Edge.Voting;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Scenes;

namespace Dashiban.Edge.Reading;

/// <summary>The second look at a picture: replaces the contents of the list by one look per vehicle.</summary>
internal delegate void ReadScene(I420Picture picture, SceneDetections detections, List<VehicleLook> into);

/// <summary>Reads plates and seats, follows vehicles, and votes on those that have left. One reader: order matters.</summary>
internal sealed class ReadStage(
    ReadScene read,
    MotionGate gate,
    Tracker tracker,
    PassageAssembler assembler,
    Func<TimeSpan?> clockOffset,
    ChannelWriter<VotedPassage> passages,
    EvidenceOptions evidence,
    LaneBooks books,
    TimeProvider time)
{
    private readonly List<VehicleLook> _looks = [];
    private readonly List<TrackLook> _trackLooks = [];
    private readonly List<Track> _closed = [];

    /// <summary>
    /// Runs until <paramref name="detected"/> is completed and read to its end; vehicles still in view are closed then, as
    /// interrupted. A frame is ours until disposed, and it is disposed before waiting for room in the passages channel.
    /// </summary>
    public async Task RunAsync(ChannelReader<Frame> detected, CancellationToken giveUp)
    {
        await foreach (var frame in detected.ReadAllAsync(giveUp).ConfigureAwait(false))
        {
            using (frame)
            {
                ReadFrame(frame);
            }

            await VoteAsync(giveUp).ConfigureAwait(false);
        }

        tracker.CloseAll(_closed, interrupted: true);
        await VoteAsync(giveUp).ConfigureAwait(false);
    }

    private void ReadFrame(Frame frame)
    {
        frame.Fate = Fate.Failed;
        var started = time.GetTimestamp();
        read(frame.Picture, frame.Detections, _looks);
        CountLooks();
        if (_looks.Exists(ReadsLikeAPlate))
        {
            gate.SawVehicle(frame.CapturedAt);
        }

        tracker.Observe(frame.CapturedAt, frame.Width, frame.Height, _looks, _trackLooks);
        foreach (var (track, look, wantsEvidence) in _trackLooks)
        {
            if (wantsEvidence && look is { Plate: { } plate, Reading: { } reading })
            {
                track.Keep(new EvidenceShot(
                    frame.CapturedAt,
                    reading,
                    plate.Corners.Bounds.Width,
                    EvidenceJpeg.PlateCrop(frame.Picture, plate.Corners, evidence.PlateCropBytes),
                    EvidenceJpeg.Scene(frame.Picture, look.Vehicle, evidence.SceneWidth, evidence.SceneQuality)));
            }
        }

        tracker.CloseExpired(frame.CapturedAt, _closed);
        books.ReadLatency.Record(time.GetElapsedTime(started));
        books.Age.Record(time.GetUtcNow() - frame.CapturedAt);
        frame.Fate = Fate.Analysed;
    }

    /// <summary>
    /// What holds the gate open. Signs and lettering beside the road are taken for plates all day long; a picture in which nothing
    /// moves and nothing reads like a plate has nothing new to say.
    /// </summary>
    private static bool ReadsLikeAPlate(VehicleLook look) => look.Reading is { Characters.Count: >= 7, WeakestConfidence: >= 0.3f };

    private void CountLooks()
    {
        foreach (var look in _looks)
        {
            if (look.Plate is not null)
            {
                books.Funnel.Cropped();
            }

            if (look.Reading is { Characters.Count: > 0 })
            {
                books.Funnel.Read();
            }
        }
    }

    /// <summary>Turns closed tracks into passages; waits while the outbox is behind.</summary>
    private async ValueTask VoteAsync(CancellationToken giveUp)
    {
        foreach (var track in _closed)
        {
            var (vote, voted) = assembler.Assemble(track, clockOffset());
            if (voted is not null)
            {
                await passages.WriteAsync(voted, giveUp).ConfigureAwait(false);
            }

            books.Funnel.Closed(vote);
        }

        _closed.Clear();
    }
}
