using Dashiban.Vision.Imaging;

namespace Dashiban.Evaluation;

/// <summary>What counts in a rendered road: the columns of <c>views.csv</c> (see <c>models/training/README.md</c>) as labels.</summary>
internal static class RenderedLabels
{
    /// <summary>Pixels. Narrower plates are neither readings nor misses, as in training: nobody reads them.</summary>
    public const float NarrowestPlate = 14;

    /// <summary>Shares of a body in view: of a vehicle that must be found, and of one whose seats may be judged.</summary>
    private const float Whole = 0.98f, MostlySeen = 0.5f;

    /// <exception cref="InvalidDataException">The row cannot be understood.</exception>
    public static LabelRow Row(LabelCells cells)
    {
        var rows = cells.Number("plate_rows");
        var corners = rows > 0 ? new Quad(Corner(cells, "tl"), Corner(cells, "tr"), Corner(cells, "br"), Corner(cells, "bl")) : (Quad?)null;
        var counts = cells.Text("plate_visible") == "1" && corners?.Bounds.Width >= NarrowestPlate;
        var visible = cells.Number("visible");
        float left = cells.Number("x1"), top = cells.Number("y1");
        return new LabelRow(
            counts ? cells.Text("plate_text") : "",
            cells.Text("plate_colour"),
            rows == 2 ? "double" : "single",
            corners,
            visible >= MostlySeen ? cells.Text("seat_class") : "unknown",
            visible >= Whole ? new Box(left, top, cells.Number("x2") - left, cells.Number("y2") - top) : null);
    }

    private static PicturePoint Corner(LabelCells cells, string corner) => new(cells.Number($"{corner}_x"), cells.Number($"{corner}_y"));
}
