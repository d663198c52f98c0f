namespace Dashiban.Vision.Imaging;

/// <summary>
/// A projective map of the plane: (x, y) becomes ((Ax + By + C) / w, (Dx + Ey + F) / w) with w = Gx + Hy + I. In this library it
/// leads from the small picture that a model looks at to the large one that is sampled.
/// </summary>
internal readonly record struct Homography(double A, double B, double C, double D, double E, double F, double G, double H, double I)
{
    /// <summary>Scales, then shifts.</summary>
    public static Homography ScaleShift(double scaleX, double scaleY, double shiftX, double shiftY) =>
        new(scaleX, 0, shiftX, 0, scaleY, shiftY, 0, 0, 1);

    /// <summary>
    /// Maps the unit square (0,0) (1,0) (1,1) (0,1) to the corners. P. Heckbert, Fundamentals of Texture Mapping and Image
    /// Warping (1989), section 2.2.3.
    /// </summary>
    public static Homography UnitSquareTo(Quad quad)
    {
        double x0 = quad.TopLeft.X, x1 = quad.TopRight.X, x2 = quad.BottomRight.X, x3 = quad.BottomLeft.X;
        double y0 = quad.TopLeft.Y, y1 = quad.TopRight.Y, y2 = quad.BottomRight.Y, y3 = quad.BottomLeft.Y;
        double sumX = x0 - x1 + x2 - x3, sumY = y0 - y1 + y2 - y3;
        double dx1 = x1 - x2, dx2 = x3 - x2, dy1 = y1 - y2, dy2 = y3 - y2;
        var determinant = (dx1 * dy2) - (dx2 * dy1);
        if (Math.Abs(determinant) < 1e-9)
        {
            return new(x1 - x0, x3 - x0, x0, y1 - y0, y3 - y0, y0, 0, 0, 1);
        }

        var g = ((sumX * dy2) - (dx2 * sumY)) / determinant;
        var h = ((dx1 * sumY) - (sumX * dy1)) / determinant;
        return new(x1 - x0 + (g * x1), x3 - x0 + (h * x3), x0, y1 - y0 + (g * y1), y3 - y0 + (h * y3), y0, g, h, 1);
    }

    /// <summary>This map after <paramref name="first"/>.</summary>
    public Homography After(Homography first) => new(
        (A * first.A) + (B * first.D) + (C * first.G), (A * first.B) + (B * first.E) + (C * first.H), (A * first.C) + (B * first.F) + (C * first.I),
        (D * first.A) + (E * first.D) + (F * first.G), (D * first.B) + (E * first.E) + (F * first.H), (D * first.C) + (E * first.F) + (F * first.I),
        (G * first.A) + (H * first.D) + (I * first.G), (G * first.B) + (H * first.E) + (I * first.H), (G * first.C) + (H * first.F) + (I * first.I));

    /// <summary>Where a point goes.</summary>
    public PicturePoint Map(double x, double y)
    {
        var w = (G * x) + (H * y) + I;
        return new((float)(((A * x) + (B * y) + C) / w), (float)(((D * x) + (E * y) + F) / w));
    }
}
