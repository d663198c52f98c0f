using Dashiban.Vision.Imaging;

namespace Dashiban.Edge.Capture;

/// <summary>
/// One session with a camera or a video file, opened and read by one thread that lives as long as the session: the calls block.
/// Once <see cref="Interrupt"/> was called every call ends soon, as at the end of the stream or with a <see cref="LaneFaultException"/>.
/// </summary>
internal interface IFrameSource : IDisposable
{
    /// <summary>True for a file read at our own pace: its pictures keep until we want them. A camera's do not.</summary>
    bool CanWait { get; }

    /// <summary>Connects, and waits for the first picture to say its format.</summary>
    /// <exception cref="LaneFaultException">There is no picture to be had.</exception>
    PictureFormat Open();

    /// <summary>Waits for the next picture to begin; false at the end of a file and once interrupted.</summary>
    /// <exception cref="LaneFaultException">The stream cannot be understood or changed its format; a camera ended it.</exception>
    bool TryReadHeader(out FrameHeader header);

    /// <summary>Reads the picture whose header was just read into <paramref name="samples"/>, exactly as long as the format says.</summary>
    /// <exception cref="LaneFaultException">The stream ended inside the picture.</exception>
    void ReadPicture(Span<byte> samples);

    /// <summary>Reads past the picture whose header was just read.</summary>
    /// <exception cref="LaneFaultException">The stream ended inside the picture.</exception>
    void SkipPicture();

    /// <summary>Wakes a blocked call and ends the session. Callable from any thread, more than once, also after disposal.</summary>
    void Interrupt();
}

/// <summary>What precedes a picture.</summary>
/// <param name="Time">Presentation time on the stream's own clock.</param>
/// <param name="Thinned">Pictures that the source left out just before this one, to keep to the wanted rate.</param>
internal readonly record struct FrameHeader(TimeSpan Time, int Thinned);

/// <summary>Size of planar 4:2:0 pictures, in pixels; both even.</summary>
internal readonly record struct PictureFormat(int Width, int Height)
{
    public int Bytes => Width * Height * 3 / 2;

    /// <summary>ITU-R BT.709 from 720 lines on, BT.601 below, as cameras and players agree where the stream says nothing.</summary>
    public PictureColour Colour => Height >= 720 ? PictureColour.Bt709Limited : PictureColour.Bt601Limited;
}
