using System.Security.Cryptography;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;
using Dashiban.Edge.Tracking;

namespace Dashiban.Edge.Voting;

/// <summary>What became of a closed track.</summary>
/// <param name="Vote">The vote, with the reason where there is no passage.</param>
/// <param name="Voted">The passage, or null where the vote rejected the plate.</param>
public sealed record AssembledTrack(VoteOutcome Vote, VotedPassage? Voted);

/// <summary>Makes passages of closed tracks. Pure; one per camera.</summary>
/// <param name="site">Site identifier of the site map.</param>
/// <param name="camera">Camera identifier, unique over all sites.</param>
/// <param name="options">When a plate may be published.</param>
/// <param name="trust">How far the installed seat model may be believed.</param>
/// <param name="register">Approved seats by plate; <see cref="SeatRegister.Empty"/> where the roadside has no such list.</param>
public sealed class PassageAssembler(
    string site,
    string camera,
    VotingOptions options,
    SeatModelTrust trust,
    SeatRegister register)
{
    /// <summary>
    /// Votes on the plate and joins the witnesses of the seats. The two never gate each other: a plate without a body is a
    /// passage, and what the body looks like changes nothing about the text.
    /// </summary>
    /// <param name="track">A track from <see cref="Tracker.CloseExpired"/> or <see cref="Tracker.CloseAll"/>.</param>
    /// <param name="clockOffset">Edge clock minus reference clock; null where it was not measured.</param>
    public AssembledTrack Assemble(Track track, TimeSpan? clockOffset)
    {
        var vote = PlateVote.Decide(track.Looks, options);
        if (!vote.IsAccepted || vote.Winner is not { } winner)
        {
            return new AssembledTrack(vote, null);
        }

        var plate = new PlateText(vote.Text);
        var shot = track.ShotOf(winner);
        var passage = new Passage
        {
            Site = site,
            Camera = camera,
            CapturedAt = winner.At,
            FirstSeenAt = track.FirstSeenAt,
            LastSeenAt = track.LastSeenAt,
            Plate = plate,
            Colour = vote.Judgement.Colour,
            Layout = vote.Layout,
            CharacterConfidences = vote.CharacterConfidences,
            AgreeingLooks = vote.AgreeingLooks,
            Looks = vote.Looks,
            Seats = SeatFusion.Fuse(vote.Judgement.Class, register.SeatsOf(plate), track.Body, trust),
            Heading = track.Heading,
            Interrupted = track.Interrupted,
            ClockOffset = clockOffset,
            SceneSha256 = shot is { SceneJpeg.IsEmpty: false } ? Convert.ToHexStringLower(SHA256.HashData(shot.SceneJpeg.Span)) : null,
            PlateCropJpeg = shot?.PlateCropJpeg ?? default,
        };
        return new AssembledTrack(vote, new VotedPassage(passage, shot?.SceneJpeg ?? default));
    }
}
