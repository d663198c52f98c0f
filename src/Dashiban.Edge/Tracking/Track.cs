namespace Dashiban.Edge.Tracking;

/// <summary>One vehicle's looks through one camera's view. Bounded memory, whatever the stream shows.</summary>
public sealed class Track
{
    /// <summary>Capture time of the first look.</summary>
    public DateTimeOffset FirstSeenAt { get; }

    /// <summary>Capture time of the last look that belongs to the track.</summary>
    public DateTimeOffset LastSeenAt { get; }

    /// <summary>True where the lane stopped while the vehicle was in view.</summary>
    public bool Interrupted { get; }

    /// <summary>The readings kept for the vote, in no particular order.</summary>
    public IReadOnlyList<PlateLook> Looks { get; } = [];

    /// <summary>
    /// Keeps the pictures of a look for which <see cref="TrackLook.WantsEvidence"/> was true. Call it before the tracker
    /// observes the next frame.
    /// </summary>
    public void Keep(EvidenceShot shot) => throw new NotImplementedException();
}
