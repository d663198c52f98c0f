using Dashiban.SyntheticRoad.Plates;
using Dashiban.SyntheticRoad.Vehicles;

namespace Dashiban.SyntheticRoad.Script;

/// <summary>One vehicle passing one virtual camera.</summary>
public sealed record RoadPassage
{
    /// <summary>When the plate is on the camera's reading line, counted from the film's first picture.</summary>
    public required TimeSpan At { get; init; }

    public required VehicleKind Vehicle { get; init; }

    public required PlateFace Plate { get; init; }

    public VehiclePaint Paint { get; init; } = VehiclePaint.White;

    /// <summary>Index into <see cref="Camera.CameraScene.LaneCentres"/>.</summary>
    public int Lane { get; init; }

    /// <summary>Constant over the whole passage; 5 to 120.</summary>
    public float SpeedKmh { get; init; } = 40;

    /// <summary>Null takes the scene's direction; false shows the rear plate of a vehicle driving away.</summary>
    public bool? IsApproaching { get; init; }

    /// <summary>Seats in the registration record; null takes what the body usually has (7-seat off-road cars look like 5-seat ones).</summary>
    public int? Seats { get; init; }

    /// <summary>Chooses the details of this very car (grille, lamps, stickers): equal numbers look equal. The same car at two cameras needs the same number.</summary>
    public int Look { get; init; }

    /// <summary>The plate as this side of the vehicle carries it: buses and trucks have a two-row plate at the rear (GA 36).</summary>
    internal PlateFace VisiblePlate(bool isApproaching) =>
        !isApproaching && VehicleShapes.Of(Vehicle).HasFlatFront && Plate.Style is PlateStyle.Yellow ? Plate with { Style = PlateStyle.YellowDouble } : Plate;
}
