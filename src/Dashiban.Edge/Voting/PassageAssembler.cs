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
    /// <param name="track">A track from <see cref="Tracker.CloseExpired"/> or <see cref="Tracker.CloseAll"/>.</param>
    /// <param name="clockOffset">Edge clock minus reference clock; null where it was not measured.</param>
    public AssembledTrack Assemble(Track track, TimeSpan? clockOffset) =>
        throw new NotImplementedException($"{site}{camera}{options}{trust}{register}");
}
