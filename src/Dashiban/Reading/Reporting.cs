using System.Globalization;
using Dashiban.Domain.Plates;
using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Reading;
using Dashiban.Vision.Scenes;

namespace Dashiban.Reading;

/// <summary>Puts looks into the words of <see cref="PictureReport"/> and into a line for people.</summary>
internal static class Reporting
{
    public static PictureReport Of(string path, int width, int height, IReadOnlyList<VehicleLook> looks, TimeSpan took, PlateGate gate) => new(
        path,
        width,
        height,
        Math.Round(took.TotalMilliseconds, 2),
        [.. looks.Where(look => look is { Plate: not null, Reading: not null }).Select(look => Plate(look.Plate!.Value, look.Reading!, gate))],
        [.. looks.Select(Vehicle)]);

    /// <summary>A picture that is one plate: the plate fills it, and there is no vehicle to judge.</summary>
    public static PictureReport OfPlate(string path, Photograph photograph, PlateReading reading, TimeSpan took, PlateGate gate)
    {
        var corners = Quad.Of(new Box(0, 0, photograph.Width, photograph.Height));
        var isDoubleRow = SceneReader.LooksDoubleRow(photograph.Picture);
        var plate = Plate(new PlateDetection(corners, 1, isDoubleRow), reading, gate);
        return new(path, photograph.Width, photograph.Height, Math.Round(took.TotalMilliseconds, 2), [plate], []);
    }

    /// <summary>One line for people.</summary>
    public static string Line(PictureReport report)
    {
        var seen = report.Plates.Select(PlateWords).Concat(report.Vehicles.Select(VehicleWords)).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Path}: {(seen.Count == 0 ? "nothing found" : string.Join("; ", seen))} ({report.Width} x {report.Height}, {report.Milliseconds:F1} ms)");
    }

    private static PlateReport Plate(PlateDetection plate, PlateReading reading, PlateGate gate)
    {
        var objection = gate.Objection(reading, plate.Confidence, plate.IsDoubleRow);
        var corners = plate.Corners;
        return new(
            PlateGrammar.Spell(reading.Text),
            Rounded(reading.WeakestConfidence),
            [.. reading.Characters.Select(character => new CharacterReport(character.Character, Rounded(character.Confidence)))],
            PlateColours.Name(reading.Colour),
            plate.IsDoubleRow ? "double" : "single",
            [Point(corners.TopLeft), Point(corners.TopRight), Point(corners.BottomRight), Point(corners.BottomLeft)],
            Rounded(plate.Confidence),
            objection is null,
            objection);
    }

    private static VehicleReport Vehicle(VehicleLook look)
    {
        double[] box = [Pixel(look.Vehicle.X), Pixel(look.Vehicle.Y), Pixel(look.Vehicle.Width), Pixel(look.Vehicle.Height)];
        return look.Seats is { } seats
            ? new(box, SeatClassLabels.Name(seats.MostProbable), Rounded(seats.Confidence), Rounded(seats.SevenPlus))
            : new(box, SeatClassLabels.Name(SeatClassLabel.Unknown), 0, 0);
    }

    private static string PlateWords(PlateReport plate) => string.Create(
        CultureInfo.InvariantCulture,
        $"{plate.Text} {plate.Colour} {plate.Layout} {plate.Confidence:F2} {(plate.Accepted ? "accepted" : $"not accepted ({plate.RejectedBecause})")}");

    private static string VehicleWords(VehicleReport vehicle) => string.Create(
        CultureInfo.InvariantCulture, $"{vehicle.SeatClass} {vehicle.Confidence:F2} (7+ seats {vehicle.SevenPlus:F2})");

    private static double[] Point(PicturePoint point) => [Pixel(point.X), Pixel(point.Y)];

    private static double Pixel(float value) => Math.Round(value, 1);

    private static double Rounded(float confidence) => Math.Round(confidence, 4);
}
