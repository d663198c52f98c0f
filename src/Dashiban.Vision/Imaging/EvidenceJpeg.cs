namespace Dashiban.Vision.Imaging;

/// <summary>Pictures kept as evidence, JPEG.</summary>
public static class EvidenceJpeg
{
    /// <summary>The plate turned upright by its corners, with a margin, in at most <paramref name="maxBytes"/> bytes.</summary>
    public static byte[] PlateCrop(I420Picture picture, Quad plate, int maxBytes) => throw new NotImplementedException();

    /// <summary>
    /// The whole scene, scaled down to at most <paramref name="maxWidthPixels"/>; a thin outline shows which vehicle is meant
    /// where <paramref name="vehicle"/> is given.
    /// </summary>
    /// <param name="quality">JPEG quality, 1 to 100.</param>
    public static byte[] Scene(I420Picture picture, Box? vehicle, int maxWidthPixels, int quality) => throw new NotImplementedException();
}
