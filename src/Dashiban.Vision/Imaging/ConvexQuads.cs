namespace Dashiban.Vision.Imaging;

/// <summary>Areas of convex quads by clipping one with the edges of the other (Sutherland and Hodgman, 1974).</summary>
internal static class ConvexQuads
{
    /// <summary>Each of four clips adds at most one corner.</summary>
    private const int MostCorners = 8;

    public static float IntersectionOverUnion(Quad first, Quad second)
    {
        Span<PicturePoint> a = [first.TopLeft, first.TopRight, first.BottomRight, first.BottomLeft];
        Span<PicturePoint> b = [second.TopLeft, second.TopRight, second.BottomRight, second.BottomLeft];
        Orient(a);
        Orient(b);
        Span<PicturePoint> shared = stackalloc PicturePoint[MostCorners];
        Span<PicturePoint> scratch = stackalloc PicturePoint[MostCorners];
        a.CopyTo(shared);
        var corners = 4;
        for (var edge = 0; edge < 4 && corners > 0; edge++)
        {
            corners = Clip(shared[..corners], b[edge], b[(edge + 1) % 4], scratch);
            scratch[..corners].CopyTo(shared);
        }

        var intersection = Area(shared[..corners]);
        var union = Area(a) + Area(b) - intersection;
        return union > 0 ? Math.Clamp(intersection / union, 0, 1) : 0;
    }

    private static void Orient(Span<PicturePoint> quad)
    {
        if (SignedArea(quad) < 0)
        {
            quad.Reverse();
        }
    }

    /// <summary>Keeps what lies to the inner side of the edge; at most <see cref="MostCorners"/>, as convex shapes need no more.</summary>
    private static int Clip(ReadOnlySpan<PicturePoint> shape, PicturePoint from, PicturePoint to, Span<PicturePoint> into)
    {
        var count = 0;
        for (var i = 0; i < shape.Length; i++)
        {
            var (current, next) = (shape[i], shape[(i + 1) % shape.Length]);
            float here = Side(from, to, current), there = Side(from, to, next);
            if (here >= 0 && count < MostCorners)
            {
                into[count++] = current;
            }

            if (here * there < 0 && count < MostCorners)
            {
                var share = here / (here - there);
                into[count++] = new(current.X + (share * (next.X - current.X)), current.Y + (share * (next.Y - current.Y)));
            }
        }

        return count;
    }

    private static float Side(PicturePoint from, PicturePoint to, PicturePoint point) =>
        ((to.X - from.X) * (point.Y - from.Y)) - ((to.Y - from.Y) * (point.X - from.X));

    private static float Area(ReadOnlySpan<PicturePoint> shape) => MathF.Abs(SignedArea(shape));

    private static float SignedArea(ReadOnlySpan<PicturePoint> shape)
    {
        var doubled = 0f;
        for (var i = 0; i < shape.Length; i++)
        {
            var next = shape[(i + 1) % shape.Length];
            doubled += (shape[i].X * next.Y) - (next.X * shape[i].Y);
        }

        return doubled / 2;
    }
}
