using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dashiban.Edge.Tracking;
using Dashiban.Edge.Voting;
using Dashiban.Reading;
using OpenCvSharp;
using Tracker = Dashiban.Edge.Tracking.Tracker;

namespace Dashiban.Evaluation;

/// <summary>Lets every labelled plate drive up and through the tracker and the vote of a live lane: passages are what is published, not pictures.</summary>
internal sealed class ApproachEvaluation(PictureReader reader)
{
    private const float SameFrom = 0.4f;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1.0 / 12);

    private readonly VotingOptions _voting = new();
    private readonly List<TrackLook> _trackLooks = [];

    /// <summary>One passage per plate with a text. The same picture gives the same passages, whatever was looked at before.</summary>
    public IEnumerable<PassageOutcome> Of(LabelledPicture picture, ReadOnlyMemory<byte> file)
    {
        using var bgr = Cv2.ImDecode(file.Span, ImreadModes.Color);
        foreach (var (row, number) in picture.Rows.Select((row, number) => (row, number)).Where(pair => pair.row is { Text.Length: > 0, Corners: not null }))
        {
            yield return Of(row, bgr, new Random(Seed(picture.Path, number)));
        }
    }

    private PassageOutcome Of(LabelRow row, Mat bgr, Random chance)
    {
        var tracker = new Tracker(new TrackingOptions());
        var mine = new HashSet<Track>(ReferenceEqualityComparer.Instance);
        var (at, looksRead, looksExact) = (DateTimeOffset.UnixEpoch, 0, 0);
        foreach (var (frame, plate) in SimulatedApproach.Of(bgr, row.Corners!.Value, chance))
        {
            using (frame)
            {
                tracker.Observe(at, frame.Width, frame.Height, reader.Look(frame.Picture).Looks, _trackLooks);
                var own = _trackLooks.Where(look => look.Look.Plate is { } seen && seen.Corners.IntersectionOverUnion(plate) >= SameFrom).ToList();
                mine.UnionWith(own.Select(look => look.Track));
                looksRead += own.Count;
                looksExact += own.Count(look => PlateOutcome.AreEqual(look.Look.Reading!.Text, row.Text));
                at += BetweenLooks;
            }
        }

        return new PassageOutcome(row, [.. Published(tracker, mine)], looksRead, looksExact);
    }

    private IEnumerable<string> Published(Tracker tracker, HashSet<Track> mine)
    {
        var closed = new List<Track>();
        tracker.CloseAll(closed, interrupted: false);
        return closed.Where(mine.Contains).Select(track => PlateVote.Decide(track.Looks, _voting)).Where(vote => vote.IsAccepted).Select(vote => vote.Text);
    }

    private static int Seed(string path, int row) => BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{Path.GetFileName(path)}#{row}")));
}

/// <summary>What became of one plate that drove up.</summary>
/// <param name="Truth">Its row.</param>
/// <param name="Published">The texts of its passages; one where all is well.</param>
/// <param name="Looks">Looks that found it.</param>
/// <param name="ExactLooks">Of these, those that read it without a mistake.</param>
internal sealed record PassageOutcome(LabelRow Truth, IReadOnlyList<string> Published, int Looks, int ExactLooks)
{
    /// <summary>Published, and every passage of it without a mistake.</summary>
    public bool IsExact => Published.Count > 0 && Published.All(text => PlateOutcome.AreEqual(text, Truth.Text));
}

/// <summary>Figures over plates that drove up, eight looks each.</summary>
/// <param name="Published">Plates that gave a passage.</param>
/// <param name="Exact">Plates all of whose passages are without a mistake.</param>
/// <param name="PublishedWrong">Of those published, those with a wrong passage.</param>
/// <param name="ExactLooks">Single looks without a mistake, of all that could have been had.</param>
internal sealed record PassageFigures(Rate Published, Rate Exact, Rate PublishedWrong, Rate ExactLooks)
{
    public static PassageFigures Of(IReadOnlyCollection<PassageOutcome> passages)
    {
        var published = passages.Where(passage => passage.Published.Count > 0).ToList();
        return new(
            Rate.From(published.Count, passages.Count),
            Rate.From(passages.Count(passage => passage.IsExact), passages.Count),
            Rate.From(published.Count(passage => !passage.IsExact), published.Count),
            Rate.From(passages.Sum(passage => passage.ExactLooks), passages.Count * SimulatedApproach.Looks));
    }
}
