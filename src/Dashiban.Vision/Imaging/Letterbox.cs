namespace Dashiban.Vision.Imaging;

/// <summary>How a picture sits in a model's input: scaled with its aspect ratio kept, centred, the rest padded.</summary>
/// <param name="X">Left edge of the picture in the input, pixels.</param>
/// <param name="Y">Top edge of the picture in the input, pixels.</param>
/// <param name="Width">Width of the picture in the input, pixels.</param>
/// <param name="Height">Height of the picture in the input, pixels.</param>
/// <param name="ScaleX">Input pixels per picture pixel, across; differs from <paramref name="ScaleY"/> by the rounding to whole pixels.</param>
/// <param name="ScaleY">Input pixels per picture pixel, down.</param>
internal readonly record struct Letterbox(int X, int Y, int Width, int Height, float ScaleX, float ScaleY)
{
    /// <summary>Fits a picture of the first size into an input of the second.</summary>
    public static Letterbox Fit(int pictureWidth, int pictureHeight, int inputWidth, int inputHeight)
    {
        var scale = Scale(pictureWidth, pictureHeight, inputWidth, inputHeight);
        var width = Math.Clamp((int)MathF.Round(pictureWidth * scale), 1, inputWidth);
        var height = Math.Clamp((int)MathF.Round(pictureHeight * scale), 1, inputHeight);
        return new((inputWidth - width) / 2, (inputHeight - height) / 2, width, height, (float)width / pictureWidth, (float)height / pictureHeight);
    }

    /// <summary>The scale that fits, input pixels per picture pixel.</summary>
    public static float Scale(int pictureWidth, int pictureHeight, int inputWidth, int inputHeight) =>
        MathF.Min((float)inputWidth / pictureWidth, (float)inputHeight / pictureHeight);

    /// <summary>A point of the input in the picture.</summary>
    public PicturePoint ToPicture(float x, float y) => new((x - X) / ScaleX, (y - Y) / ScaleY);
}
