using System.Globalization;
using System.Text.RegularExpressions;

namespace Dashiban.Edge.Capture;

/// <summary>What is asked of the decoder child: which arguments <c>ffmpeg</c> gets, and how their times are to be read.</summary>
/// <remarks>
/// The child leaves out what exceeds the wanted rate before it copies a picture into the pipe: 1080p25 would be 78 MB/s a camera.
/// So that the books still hold every picture the camera sent, the child writes the picture's number into the digits of its time
/// that no camera clock means: times are whole milliseconds, and the microseconds below them count pictures modulo 1,000.
/// </remarks>
internal static partial class DecoderCommand
{
    private const int NumberModulus = 1000;

    /// <summary>True for an address of a camera, false for a file.</summary>
    public static bool IsCamera(string source) =>
        source.StartsWith("rtsp://", StringComparison.OrdinalIgnoreCase) || source.StartsWith("rtsps://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The child's arguments: decode one video stream and write raw 4:2:0 pictures as NUT to standard output.</summary>
    public static IReadOnlyList<string> Arguments(LaneOptions options) =>
    [
        "-hide_banner", "-nostdin", "-loglevel", "warning", "-threads", "1", "-filter_threads", "1",
        .. IsCamera(options.Source) ? FromCamera(options) : FromFile(options),
        "-i", options.Source,
        "-map", "0:v:0", "-vf", Filters(options.AnalysedPerSecond),
        "-autoscale", "0", "-fps_mode", "passthrough", "-enc_time_base", "1:1000000",
        "-c:v", "rawvideo", "-pix_fmt", "yuv420p", "-f", "nut", "-write_index", "0", "-flush_packets", "1", "pipe:1",
    ];

    /// <summary>Takes a time apart that <see cref="Filters"/> put together.</summary>
    /// <param name="coded">Time as it came through the pipe.</param>
    /// <param name="number">Number of the picture, modulo 1,000.</param>
    /// <returns>The picture's time, in whole milliseconds.</returns>
    public static TimeSpan Decode(TimeSpan coded, out int number)
    {
        var microseconds = coded.Ticks / TimeSpan.TicksPerMicrosecond;
        number = (int)(microseconds % NumberModulus);
        return TimeSpan.FromMicroseconds(microseconds - number);
    }

    /// <summary>Pictures left out between two that came one after the other.</summary>
    public static int LeftOut(int previousNumber, int number) => (number - previousNumber - 1 + NumberModulus) % NumberModulus;

    /// <summary>The text with every password in an address replaced: what may be logged.</summary>
    public static string Mask(string text) => Credentials().Replace(text, "://***@");

    private static IEnumerable<string> FromCamera(LaneOptions options) =>
    [
        // The child's own time limit is a second net, for a connection that is dead without having been closed.
        "-rtsp_transport", "tcp", "-timeout", Microseconds(ChildTimeout(options)), "-allowed_media_types", "video",
        "-fflags", "+nobuffer", "-analyzeduration", "1000000",
    ];

    private static TimeSpan ChildTimeout(LaneOptions options) =>
        (options.ConnectTimeout > options.StallTimeout ? options.ConnectTimeout : options.StallTimeout) + TimeSpan.FromSeconds(2);

    private static IEnumerable<string> FromFile(LaneOptions options) => options.Pace == FilePace.RealTime ? ["-re"] : [];

    /// <summary>Number and time of every picture first, then the first picture of each slot of the wanted rate.</summary>
    private static string Filters(double rate) => string.Create(
        CultureInfo.InvariantCulture,
        $"settb=1/1000000,setpts='1000*round(T*1000)+mod(N,{NumberModulus})',select='isnan(prev_selected_t)+gt(floor(t*{rate}),floor(prev_selected_t*{rate}))'");

    private static string Microseconds(TimeSpan time) => ((long)time.TotalMicroseconds).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("://[^/@\\s]*@")]
    private static partial Regex Credentials();
}
