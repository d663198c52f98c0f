using Dashiban.Vision.Imaging;

namespace Dashiban.Vision.Detecting;

/// <summary>One row of a plate detector: left, top, right, bottom, score, two-row, then the corners in reading order, input pixels.</summary>
internal readonly ref struct PlateRow
{
    public const int Columns = 14;

    private readonly ReadOnlySpan<float> _row;

    private PlateRow(ReadOnlySpan<float> row) => _row = row;

    public float Score => _row[4];

    public bool IsDoubleRow => _row[5] > 0.5f;

    /// <summary>The corners in input pixels.</summary>
    public Quad InputCorners => new(new(_row[6], _row[7]), new(_row[8], _row[9]), new(_row[10], _row[11]), new(_row[12], _row[13]));

    public static PlateRow At(ReadOnlySpan<float> output, int row) => new(output.Slice(row * Columns, Columns));

    /// <summary>The corners in the picture.</summary>
    public Quad Corners(Letterbox letterbox) => new(
        letterbox.ToPicture(_row[6], _row[7]), letterbox.ToPicture(_row[8], _row[9]),
        letterbox.ToPicture(_row[10], _row[11]), letterbox.ToPicture(_row[12], _row[13]));
}
