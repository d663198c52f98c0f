using Dashiban.Vision.Imaging;
using Dashiban.Vision.Models;

namespace Dashiban.Vision.Reading;

/// <summary>What the seat model gets to see of a vehicle. The training cuts its views by the same rule (<c>models/training</c>).</summary>
internal static class SeatView
{
    /// <summary>A car of 1.8 m is about four plates wide; for want of a plate every vehicle is taken for one.</summary>
    private const float VehicleInPlates = 4;

    /// <summary>Where a plate hangs: this share of the vehicle's height from its top.</summary>
    private const float PlateDown = 0.8f;

    /// <summary>The region in picture pixels, not clipped.</summary>
    /// <param name="classes">With a view, the plate is the ruler; without, the vehicle's region and its margin are seen.</param>
    /// <param name="vehicle">The vehicle's region.</param>
    /// <param name="plate">Its plate; null where none was found: then the vehicle's width stands in for it.</param>
    public static Box Of(ClassScores classes, Box vehicle, Quad? plate)
    {
        if (classes.View is not { } view)
        {
            float marginX = vehicle.Width * classes.Margin, marginY = vehicle.Height * classes.Margin;
            return new Box(vehicle.X - marginX, vehicle.Y - marginY, vehicle.Width + (2 * marginX), vehicle.Height + (2 * marginY));
        }

        var unit = plate?.Width ?? (vehicle.Width / VehicleInPlates);
        var centre = plate?.Centre ?? new PicturePoint(vehicle.Centre.X, vehicle.Y + (PlateDown * vehicle.Height));
        return new Box(
            centre.X - (unit * view.WidthInPlates / 2), centre.Y - (unit * view.AbovePlates),
            unit * view.WidthInPlates, unit * (view.AbovePlates + view.BelowPlates));
    }
}
