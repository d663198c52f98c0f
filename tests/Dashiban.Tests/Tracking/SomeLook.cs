using Dashiban.Domain.Plates;
using Dashiban.Edge.Tracking;
using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Reading;
using Dashiban.Vision.Scenes;

namespace Dashiban.Tests.Tracking;

/// <summary>Looks as the models would give them, from the few numbers that a test cares about.</summary>
internal static class SomeLook
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.FromHours(8));

    public static PlateReading Reading(string text, float confidence = 0.95f, PlateColourClass colour = PlateColourClass.Blue) =>
        new([.. text.Select(c => new CharacterReading(c, confidence))], confidence, colour, 0.9f);

    public static PlateReading Reading(string text, float[] confidences, PlateColourClass colour = PlateColourClass.Blue) =>
        new([.. text.Select((c, i) => new CharacterReading(c, confidences[i]))], confidences.Min(), colour, 0.9f);

    public static PlateLook Plate(string text, float confidence = 0.95f, double seconds = 0) =>
        new(Start.AddSeconds(seconds), Reading(text, confidence), PlateLayout.SingleRow);

    public static SeatReading Body(SeatClassLabel label, float confidence)
    {
        var probabilities = Enumerable.Repeat((1 - confidence) / 5, 7).ToArray();
        probabilities[0] = 0;
        probabilities[(int)label] = confidence;
        return new SeatReading(label, confidence, probabilities);
    }

    /// <summary>A vehicle whose region is centred at x, y and 3:2.</summary>
    public static VehicleLook Vehicle(float x, float y, float width, PlateReading? reading, SeatReading? seats = null)
    {
        var box = new Box(x - (width / 2), y - (width / 3), width, width * 2 / 3);
        PlateDetection? plate = reading is null
            ? null
            : new PlateDetection(
                new Quad(new(x - 10, y), new(x + 10, y), new(x + 10, y + 6), new(x - 10, y + 6)),
                0.9f,
                IsDoubleRow: false);
        return new VehicleLook(box, VehicleRegionOrigin.Plate, 0.9f, plate, reading, seats);
    }
}
