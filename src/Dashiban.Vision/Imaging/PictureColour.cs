namespace Dashiban.Vision.Imaging;

/// <summary>How Y, U and V become red, green and blue: the matrix of the standard, and whether Y spans 16 to 235 or 0 to 255.</summary>
public enum PictureColour
{
    /// <summary>ITU-R BT.709, 16 to 235: H.264 and H.265 cameras of 720 lines and more.</summary>
    Bt709Limited,

    /// <summary>ITU-R BT.601, 16 to 235: standard-definition video.</summary>
    Bt601Limited,

    /// <summary>ITU-R BT.709, 0 to 255: cameras that use the whole range.</summary>
    Bt709Full,

    /// <summary>ITU-R BT.601, 0 to 255: JPEG (JFIF), so photographs and MJPEG cameras.</summary>
    Bt601Full,
}
