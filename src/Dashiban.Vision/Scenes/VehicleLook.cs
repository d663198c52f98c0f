using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Reading;

namespace Dashiban.Vision.Scenes;

/// <summary>One look at one vehicle in one picture: everything the models say about it. Plate and seats never gate each other.</summary>
/// <param name="Vehicle">The vehicle's region in picture pixels, clipped to the picture.</param>
/// <param name="VehicleFrom">Whether a model found the region or it was inferred from the plate's width.</param>
/// <param name="VehicleConfidence">0 to 1; the plate's detection confidence where the region was inferred from it.</param>
/// <param name="Plate">The plate, or null where none was found on this vehicle.</param>
/// <param name="Reading">What the plate says; null where there is no plate or the crop was unusable.</param>
/// <param name="Seats">What the body says; null where the region was unusable.</param>
public sealed record VehicleLook(
    Box Vehicle,
    VehicleRegionOrigin VehicleFrom,
    float VehicleConfidence,
    PlateDetection? Plate,
    PlateReading? Reading,
    SeatReading? Seats);

/// <summary>Where a vehicle's region comes from.</summary>
public enum VehicleRegionOrigin
{
    /// <summary>Inferred from the plate: its width (440 mm on a car) is the ruler.</summary>
    Plate,

    /// <summary>Found by a vehicle detector.</summary>
    Detector,
}
