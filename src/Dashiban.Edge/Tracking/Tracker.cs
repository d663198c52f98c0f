using Dashiban.Vision.Scenes;

namespace Dashiban.Edge.Tracking;

/// <summary>Which track a look belongs to.</summary>
/// <param name="Track">The vehicle.</param>
/// <param name="Look">The look.</param>
/// <param name="WantsEvidence">
/// True where this is the best look so far at its text: encode the pictures and hand them to <see cref="Track.Keep"/> before
/// the next frame.
/// </param>
public readonly record struct TrackLook(Track Track, VehicleLook Look, bool WantsEvidence);

/// <summary>
/// Joins the looks of one camera to vehicles. Pure: time is an argument, equal input gives equal tracks, whatever the order of
/// the looks in a frame. One per lane; not safe for several threads.
/// </summary>
public sealed class Tracker(TrackingOptions options)
{
    /// <summary>Vehicles followed at the moment.</summary>
    public int OpenTracks => throw new NotImplementedException();

    /// <summary>
    /// Replaces the contents of <paramref name="into"/> by one entry per look. Call it for every analysed frame, also one
    /// without looks.
    /// </summary>
    /// <param name="at">Capture time of the frame.</param>
    /// <param name="width">Width of the picture in pixels.</param>
    /// <param name="height">Height of the picture in pixels.</param>
    /// <param name="looks">The looks of this frame, in any order.</param>
    public void Observe(DateTimeOffset at, int width, int height, IReadOnlyList<VehicleLook> looks, List<TrackLook> into) =>
        throw new NotImplementedException(options.ToString());

    /// <summary>
    /// Adds the tracks that are complete at <paramref name="now"/> to <paramref name="into"/>: each vehicle once. They belong to
    /// the caller from then on.
    /// </summary>
    public void CloseExpired(DateTimeOffset now, List<Track> into) => throw new NotImplementedException();

    /// <summary>Adds all remaining tracks to <paramref name="into"/> and forgets everything.</summary>
    /// <param name="interrupted">True where the lane stops while vehicles may be in view; false at the end of a video file.</param>
    public void CloseAll(List<Track> into, bool interrupted) => throw new NotImplementedException();
}
