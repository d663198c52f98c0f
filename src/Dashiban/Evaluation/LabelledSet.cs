using System.CommandLine;
using System.Security.Cryptography;
using Dashiban.SyntheticRoad.Views;
using Dashiban.Vision.Imaging;

namespace Dashiban.Evaluation;

/// <summary>
/// A folder of pictures with the truth beside them, one row per plate or vehicle: in <c>labels.csv</c>, or in the <c>views.csv</c>
/// of rendered roads.
/// </summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Sha256">Over the labels and every labelled picture, in the order of their names.</param>
/// <param name="Pictures">The labelled pictures.</param>
internal sealed record LabelledSet(string Name, string Sha256, IReadOnlyList<LabelledPicture> Pictures)
{
    private const string Labels = "labels.csv";

    /// <summary>Whether every picture is one plate: the corners of its only row are those of the picture.</summary>
    public bool IsPlateCrops => Pictures.All(picture => picture.Rows is [{ Corners: { } corners }] && corners.Bounds == new Box(0, 0, picture.Width, picture.Height));

    /// <summary>The plates with a text, each with its picture and its number among that picture's rows, from 1.</summary>
    public IEnumerable<(string File, int Row, string Text)> Readable =>
        from picture in Pictures
        from row in picture.Rows.Index()
        where row.Item.Text.Length > 0
        select (System.IO.Path.GetFileName(picture.Path), row.Index + 1, row.Item.Text);

    /// <summary>The option that names the labelled pictures.</summary>
    public static Option<string> Option() => new("--dataset")
    {
        Description = "Folder with pictures and labels.csv, or one that 'road views' rendered, or a folder of such folders. Labels that cover their picture are read as plate crops.",
        HelpName = "DIR",
        Required = true,
    };

    /// <summary>The set in a folder, or those in its sub-folders.</summary>
    /// <exception cref="InvalidDataException">A labels file cannot be understood, or there is none.</exception>
    public static IReadOnlyList<LabelledSet> Find(string folder)
    {
        string[] candidates = Directory.Exists(folder) ? [folder, .. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)] : [];
        string[] files = [Labels, RoadViews.RowsFile];
        var sets = candidates.Where(candidate => files.Any(file => File.Exists(Path.Combine(candidate, file)))).Select(Open).ToList();
        return sets.Count > 0 ? sets : throw new InvalidDataException($"There is no {Labels} and no {RoadViews.RowsFile} in {folder} or in a folder directly below it.");
    }

    private static LabelledSet Open(string folder)
    {
        var labels = Path.Combine(folder, Labels);
        return File.Exists(labels) ? Read(labels, "file", Row) : Read(Path.Combine(folder, RoadViews.RowsFile), "picture", RenderedLabels.Row);
    }

    private static LabelledSet Read(string labels, string pictureColumn, Func<LabelCells, LabelRow> row)
    {
        var folder = Path.GetDirectoryName(labels)!;
        var rows = CsvRows.Parse(File.ReadAllText(labels)).ToList();
        var columns = rows.Count == 0 ? throw new InvalidDataException($"{labels} is empty.") : rows[0];
        var pictures = rows.Skip(1)
            .Select((cells, number) => new LabelCells(columns.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second), $"{labels}, row {number + 2}"))
            .GroupBy(cells => cells.Text(pictureColumn))
            .Select(picture => new LabelledPicture(
                Path.Combine(folder, picture.Key),
                (int)picture.First().Number("width"),
                (int)picture.First().Number("height"),
                [.. picture.Select(row)]))
            .ToList();
        return new LabelledSet(Path.GetFileName(Path.GetFullPath(folder)), Hash(labels, pictures), pictures);
    }

    private static LabelRow Row(LabelCells cells) => new(
        cells.Text("plate_text"),
        cells.Text("plate_colour"),
        cells.Text("layout"),
        cells.Numbers("corners", 8) is { } c ? new Quad(new(c[0], c[1]), new(c[2], c[3]), new(c[4], c[5]), new(c[6], c[7])) : null,
        cells.Text("seat_class"),
        cells.Has("vehicle_box") && cells.Numbers("vehicle_box", 4) is { } b ? new Box(b[0], b[1], b[2] - b[0], b[3] - b[1]) : null);

    private static string Hash(string labels, IEnumerable<LabelledPicture> pictures)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in pictures.Select(picture => picture.Path).Order(StringComparer.Ordinal).Prepend(labels))
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>One picture with its rows.</summary>
internal sealed record LabelledPicture(string Path, int Width, int Height, IReadOnlyList<LabelRow> Rows)
{
    /// <summary>Vehicles nearer than this to the picture's edge may be cut off by it, pixels.</summary>
    private const float Edge = 2;

    /// <summary>Whether anybody has seen a plate in it.</summary>
    public bool HasPlate => Rows.Any(row => row.Corners is not null);

    /// <summary>The labelled vehicles that the picture shows whole.</summary>
    public IEnumerable<Box> WholeVehicles => Rows.Select(row => row.Vehicle).OfType<Box>().Where(box =>
        box.X > Edge && box.Y > Edge && box.Right < Width - Edge && box.Bottom < Height - Edge);
}

/// <summary>One plate or vehicle. A row with corners and without text marks a plate that counts neither as a reading nor as a miss.</summary>
/// <param name="Text">The full text, or empty.</param>
/// <param name="Colour">Such as <c>yellow_green</c>.</param>
/// <param name="Layout"><c>single</c> or <c>double</c>.</param>
/// <param name="Corners">Where the plate is; null where there is none.</param>
/// <param name="SeatClass">Such as <c>van_7_9</c>, or <c>unknown</c>.</param>
/// <param name="Vehicle">Where the vehicle is; null where it was not labelled.</param>
internal sealed record LabelRow(string Text, string Colour, string Layout, Quad? Corners, string SeatClass, Box? Vehicle = null);
