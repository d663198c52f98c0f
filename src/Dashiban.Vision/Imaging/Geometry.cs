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
        var shared = SharedArea(other);
        return shared > 0 ? shared / (Area + other.Area - shared) : 0;
    }

    /// <summary>Area of the intersection, 0 where there is none.</summary>
    public float SharedArea(Box other)
    {
        var width = MathF.Min(Right, other.Right) - MathF.Max(X, other.X);
        var height = MathF.Min(Bottom, other.Bottom) - MathF.Max(Y, other.Y);
        return width > 0 && height > 0 ? width * height : 0;
    }

    /// <summary>Whether the point lies inside.</summary>
    public bool Contains(PicturePoint point) => point.X >= X && point.X < Right && point.Y >= Y && point.Y < Bottom;

    /// <summary>The part inside a picture of this size; empty where there is none.</summary>
    public Box ClippedTo(int width, int height)
    {
        float left = Math.Clamp(X, 0, width), top = Math.Clamp(Y, 0, height);
        return new Box(left, top, Math.Clamp(Right, 0, width) - left, Math.Clamp(Bottom, 0, height) - top);
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

    /// <summary>The mean of the corners.</summary>
    public PicturePoint Centre => new(
        (TopLeft.X + TopRight.X + BottomRight.X + BottomLeft.X) / 4, (TopLeft.Y + TopRight.Y + BottomRight.Y + BottomLeft.Y) / 4);

    /// <summary>Length of the longer of the edges along which the plate is read, pixels.</summary>
    public float Width => MathF.Max(Distance(TopLeft, TopRight), Distance(BottomLeft, BottomRight));

    /// <summary>Length of the longer of the edges across the reading direction, pixels.</summary>
    public float Height => MathF.Max(Distance(TopLeft, BottomLeft), Distance(TopRight, BottomRight));

    /// <summary>The corners of an upright rectangle.</summary>
    public static Quad Of(Box box) => new(new(box.X, box.Y), new(box.Right, box.Y), new(box.Right, box.Bottom), new(box.X, box.Bottom));

    /// <summary>Intersection over union with another quad, 0 to 1; both are taken to be convex.</summary>
    public float IntersectionOverUnion(Quad other) => ConvexQuads.IntersectionOverUnion(this, other);

    private static float Distance(PicturePoint a, PicturePoint b) => MathF.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
