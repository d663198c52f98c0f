using Dashiban.Edge.Capture;
using Dashiban.Edge.Detection;
using Dashiban.Edge.Reading;
using Dashiban.Edge.Tracking;

namespace Dashiban.Edge;

/// <summary>How a video file is read.</summary>
public enum FilePace
{
    /// <summary>As fast as the lane can look; no picture is superseded, so the same file gives the same passages every time.</summary>
    OurOwn,

    /// <summary>At the speed of its time stamps, like a camera: what comes too fast is superseded.</summary>
    RealTime,
}

/// <summary>One camera and how its pictures are looked at.</summary>
public sealed record LaneOptions
{
    /// <summary>Identifier of the camera, unique over all sites, for example <c>xinli-in</c>.</summary>
    public string Camera { get; init; } = "";

    /// <summary>Identifier of the site, for example <c>xinli-service-area</c>.</summary>
    public string Site { get; init; } = "";

    /// <summary>
    /// <c>rtsp://user:password@host/path</c> (or <c>rtsps://</c>) of a camera, H.264 or H.265, or the path of a video file. Names
    /// and passwords in it are never logged.
    /// </summary>
    public string Source { get; init; } = "";

    /// <summary>How a file is read; cameras have a pace of their own. Default <see cref="FilePace.OurOwn"/>.</summary>
    public FilePace Pace { get; init; } = FilePace.OurOwn;

    /// <summary>When a file's first picture was taken. Default null: when it is read, so that replays differ in their times.</summary>
    public DateTimeOffset? FileStartsAt { get; init; }

    /// <summary>
    /// Pictures looked at per second, 0.5 to 60. Default 12: a vehicle at 60 km/h moves 1.4 m between two of them. The rest is
    /// left out by the decoder and counted as <c>Thinned</c>. Costs about one detector run each.
    /// </summary>
    public double AnalysedPerSecond { get; init; } = 12;

    /// <summary>Picture buffers, 6 to 32. Default 8. Each costs width × height × 1.5 bytes: 3 MB at 1920×1080.</summary>
    public int FrameBuffers { get; init; } = 8;

    /// <summary>
    /// Longest wait for a session's first picture, 1 to 120 s. Default 20 s, for a busy machine that starts many decoders at
    /// once. Then the camera counts as unreachable.
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest silence between two pictures, 0.5 to 120 s. Default 5 s. Then the camera counts as silent.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The decoder program. Default <c>ffmpeg</c> from the search path; version 5.1 or newer.</summary>
    public string Decoder { get; init; } = "ffmpeg";

    /// <summary>How long to wait before trying again.</summary>
    public ReconnectOptions Reconnect { get; init; } = new();

    /// <summary>When a picture counts as an empty road.</summary>
    public MotionOptions Motion { get; init; } = new();

    /// <summary>How looks become tracks.</summary>
    public TrackingOptions Tracking { get; init; } = new();

    /// <summary>Which pictures are kept.</summary>
    public EvidenceOptions Evidence { get; init; } = new();

    /// <summary>Everything that is wrong, one sentence each that says what to do; empty where nothing is.</summary>
    public IEnumerable<string> Validate() =>
        ValidateOwn().Concat(Reconnect.Validate()).Concat(Motion.Validate()).Concat(Tracking.Validate()).Concat(Evidence.Validate());

    private IEnumerable<string> ValidateOwn()
    {
        if (string.IsNullOrWhiteSpace(Camera))
        {
            yield return "Camera is missing; give each camera an identifier that is unique over all sites.";
        }

        if (string.IsNullOrWhiteSpace(Site))
        {
            yield return "Site is missing; name the checkpoint that the camera stands at.";
        }

        if (string.IsNullOrWhiteSpace(Source))
        {
            yield return "Source is missing; give the camera's rtsp:// address or the path of a video file.";
        }
        else if (Source.Contains("://", StringComparison.Ordinal) && !DecoderCommand.IsCamera(Source))
        {
            yield return "Source has a scheme other than rtsp:// and rtsps://; give a camera's address or the path of a video file.";
        }

        if (AnalysedPerSecond is not (>= 0.5 and <= 60))
        {
            yield return $"AnalysedPerSecond is {AnalysedPerSecond}; set it between 0.5 and 60.";
        }

        if (FrameBuffers is < 6 or > 32)
        {
            yield return $"FrameBuffers is {FrameBuffers}; set it between 6 and 32.";
        }

        if (ConnectTimeout.TotalSeconds is < 1 or > 120)
        {
            yield return $"ConnectTimeout is {ConnectTimeout}; set it between 1 s and 120 s.";
        }

        if (StallTimeout.TotalSeconds is < 0.5 or > 120)
        {
            yield return $"StallTimeout is {StallTimeout}; set it between 0.5 s and 120 s.";
        }

        if (string.IsNullOrWhiteSpace(Decoder))
        {
            yield return "Decoder is empty; name the ffmpeg program.";
        }

        if (Motion.SkipEmptyRoad && Motion.HoldAfterVehicle <= Tracking.MergeWindow)
        {
            yield return $"Motion:HoldAfterVehicle ({Motion.HoldAfterVehicle}) must be longer than Tracking:MergeWindow ({Tracking.MergeWindow}), or passages wait for the next vehicle.";
        }
    }
}
