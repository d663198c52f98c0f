namespace Dashiban.Vision.Imaging;

/// <summary>A point in picture pixels; x grows to the right, y downwards, (0, 0) is the top left corner of the top left pixel.</summary>
public readonly record struct PicturePoint(float X, float Y);

/// <summary>An upright rectangle in picture pixels.</summary>
public readonly record struct Box(float X, float Y, float Width, float Height)
{
    public float Right => X + Width;
    public float Bottom => Y + Height;
    public float Area => Width * Height;
    public PicturePoint Centre => new(X + (Width / 2), Y + (Height / 2));

    /// <summary>Intersection over union, 0 to 1; 0 where either box is empty.</summary>
    public float IntersectionOverUnion(Box other)
    {
        var width = MathF.Min(Right, other.Right) - MathF.Max(X, other.X);
        var height = MathF.Min(Bottom, other.Bottom) - MathF.Max(Y, other.Y);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        var shared = width * height;
        return shared / (Area + other.Area - shared);
    }
}

/// <summary>The four corners of a plate in the order in which the plate is read, picture pixels.</summary>
public readonly record struct Quad(PicturePoint TopLeft, PicturePoint TopRight, PicturePoint BottomRight, PicturePoint BottomLeft)
{
    /// <summary>The smallest upright rectangle around the corners.</summary>
    public Box Bounds
    {
        get
        {
            var left = MathF.Min(MathF.Min(TopLeft.X, TopRight.X), MathF.Min(BottomRight.X, BottomLeft.X));
            var right = MathF.Max(MathF.Max(TopLeft.X, TopRight.X), MathF.Max(BottomRight.X, BottomLeft.X));
            var top = MathF.Min(MathF.Min(TopLeft.Y, TopRight.Y), MathF.Min(BottomRight.Y, BottomLeft.Y));
            var bottom = MathF.Max(MathF.Max(TopLeft.Y, TopRight.Y), MathF.Max(BottomRight.Y, BottomLeft.Y));
            return new Box(left, top, right - left, bottom - top);
        }
    }
}
