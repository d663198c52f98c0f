using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;

namespace Dashiban.Vision.Scenes;

/// <summary>Where a vehicle is when only its plate was found, and which vehicle a plate belongs to when vehicles were found.</summary>
internal static class VehicleRegion
{
    /// <summary>A car is about 3.8 plates wide, a van as wide, a coach 5.8; a little more shows the edges of most.</summary>
    public const float WidthInPlates = 4.2f;

    private const float AbovePlates = 3.2f;
    private const float BelowPlates = 1f;

    /// <summary>The region around a plate, with the plate's width as the ruler, clipped to the picture.</summary>
    public static Box FromPlate(Quad plate, int pictureWidth, int pictureHeight)
    {
        var (width, centre) = (plate.Width, plate.Centre);
        return new Box(
            centre.X - (width * WidthInPlates / 2), centre.Y - (width * AbovePlates), width * WidthInPlates, width * (AbovePlates + BelowPlates))
            .ClippedTo(pictureWidth, pictureHeight);
    }

    /// <summary>
    /// Gives every plate at most one vehicle and every vehicle at most one plate, the best pairs first: a plate lies inside its
    /// vehicle, near the middle, low, and the vehicle is about as wide as the plate lets expect.
    /// </summary>
    /// <param name="owners">Receives for every plate the number of its vehicle, or -1.</param>
    public static void Assign(ReadOnlySpan<PlateDetection> plates, ReadOnlySpan<VehicleBox> vehicles, Span<int> owners)
    {
        owners.Fill(-1);
        while (BestFreePair(plates, vehicles, owners) is { } pair)
        {
            owners[pair.Plate] = pair.Vehicle;
        }
    }

    private static (int Plate, int Vehicle)? BestFreePair(ReadOnlySpan<PlateDetection> plates, ReadOnlySpan<VehicleBox> vehicles, ReadOnlySpan<int> owners)
    {
        (int, int)? best = null;
        var least = float.PositiveInfinity;
        for (var plate = 0; plate < plates.Length; plate++)
        {
            for (var vehicle = 0; owners[plate] < 0 && vehicle < vehicles.Length; vehicle++)
            {
                var misfit = Misfit(plates[plate].Corners, vehicles[vehicle].Box);
                if (misfit < least && !owners.Contains(vehicle))
                {
                    (best, least) = ((plate, vehicle), misfit);
                }
            }
        }

        return best;
    }

    /// <summary>0 for a plate in the lower middle of a vehicle of the expected width; infinite outside it.</summary>
    private static float Misfit(Quad plate, Box vehicle)
    {
        var centre = plate.Centre;
        if (!vehicle.Contains(centre))
        {
            return float.PositiveInfinity;
        }

        var offMiddle = MathF.Abs(centre.X - vehicle.Centre.X) / vehicle.Width;
        var tooHigh = MathF.Max(0, 0.5f - ((centre.Y - vehicle.Y) / vehicle.Height));
        var offSize = MathF.Abs(MathF.Log(vehicle.Width / MathF.Max(1, plate.Width * WidthInPlates)));
        return offMiddle + tooHigh + (offSize / 2);
    }
}
