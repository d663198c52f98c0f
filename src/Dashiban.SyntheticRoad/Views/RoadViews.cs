using System.Globalization;
using Dashiban.SyntheticRoad.Painting;
using Dashiban.SyntheticRoad.Plates;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Views;

/// <summary>
/// Single labelled pictures of roads for training: the demo's vehicles with other measures and paint, seen by all kinds of
/// cameras. Sharp and free of noise: whoever trains adds blur, noise and compression.
/// </summary>
public static class RoadViews
{
    /// <summary>Name of the file with a row per vehicle; its columns are described in <c>models/training/README.md</c>.</summary>
    public const string RowsFile = "views.csv";

    /// <summary>Pictures taken at one place before the next is drawn: an empty road takes as long as several pictures.</summary>
    private const int PicturesPerPlace = 10;

    private const int FirstVehicles = 120;
    private const int JpegQuality = 92;

    /// <summary>Writes the pictures and <see cref="RowsFile"/> into a folder. The same arguments give the same bytes.</summary>
    /// <returns>How many vehicles the pictures show.</returns>
    /// <exception cref="ArgumentException">The arguments cannot be used; the message says what to do.</exception>
    public static int Render(string folder, int count, int seed, int width, int height, IProgress<RoadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (count < 1 || width is < 320 or > 3840 || height is < 180 or > 2160)
        {
            throw new ArgumentException("Choose at least one picture and a size between 320x180 and 3840x2160.");
        }

        Directory.CreateDirectory(folder);
        using var rows = new StreamWriter(Path.Combine(folder, RowsFile));
        rows.WriteLine(ViewRow.Header);
        var vehicles = 0;
        foreach (var (picture, number, shown) in Pictures(count, seed, width, height))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = string.Create(CultureInfo.InvariantCulture, $"{number:00000}.jpg");
            using (var file = File.Create(Path.Combine(folder, name)))
            {
                picture.Encode(file, SKEncodedImageFormat.Jpeg, JpegQuality);
            }

            foreach (var row in shown)
            {
                rows.WriteLine((row with { Picture = name }).ToString());
                vehicles++;
            }

            progress?.Report(new RoadProgress(number + 1, count));
        }

        return vehicles;
    }

    /// <summary>The pictures one after the other; each is overwritten by the next.</summary>
    internal static IEnumerable<(SKBitmap Picture, int Number, IReadOnlyList<ViewRow> Rows)> Pictures(int count, int seed, int width, int height)
    {
        var chance = new Random(seed);
        using var plates = new PlateArtist(pixelsPerMm: 0.75f);
        using var stock = new GroundStock(chance);
        var layer = new Layer(width, height);
        var pool = new VehiclePool(plates.Typeface);
        for (var i = 0; i < Math.Min(FirstVehicles, count * 4); i++)
        {
            pool.Renew(chance);
        }

        for (var first = 0; first < count; first += PicturesPerPlace)
        {
            using var painter = new ViewPainter(ViewPoint.Choose(chance, width, height), stock, plates.Typeface, chance, layer);
            for (var number = first; number < Math.Min(count, first + PicturesPerPlace); number++)
            {
                // A new vehicle for every second picture keeps thousands of bodies in a set at a fifth of its cost.
                if (number % 2 == 0)
                {
                    pool.Renew(chance);
                }

                var rows = painter.Paint(pool, plates, chance);
                yield return (painter.Picture, number, rows);
            }
        }
    }
}
