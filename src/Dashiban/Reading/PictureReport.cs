using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dashiban.Reading;

/// <summary>What <c>dashiban read --json</c> prints, one object per line and picture. Adding a member is allowed, changing one is not.</summary>
/// <param name="Path">The picture as it was named; a frame of a video carries <c>#number</c>.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Milliseconds">Time for finding and reading, without decoding the file.</param>
/// <param name="Plates">Every plate found, accepted or not.</param>
/// <param name="Vehicles">Every vehicle judged.</param>
internal sealed record PictureReport(
    string Path, int Width, int Height, double Milliseconds, IReadOnlyList<PlateReport> Plates, IReadOnlyList<VehicleReport> Vehicles)
{
    private static readonly JsonSerializerOptions Wire = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One line of JSON; province characters stand as they are.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Wire);
}

/// <summary>One plate.</summary>
/// <param name="Text">As read, without a separator dot; no rule has changed it.</param>
/// <param name="Confidence">Of its weakest character, 0 to 1.</param>
/// <param name="Characters">Each character with its own confidence.</param>
/// <param name="Colour">blue, yellow, green, yellow_green, white, black or unknown.</param>
/// <param name="Layout">single or double.</param>
/// <param name="Corners">x and y of top left, top right, bottom right, bottom left as the plate is read, pixels.</param>
/// <param name="DetectionConfidence">That this is a plate, 0 to 1.</param>
/// <param name="Accepted">Whether it passes the gates that a single look must pass.</param>
/// <param name="RejectedBecause">Why not; null where it does.</param>
internal sealed record PlateReport(
    string Text,
    double Confidence,
    IReadOnlyList<CharacterReport> Characters,
    string Colour,
    string Layout,
    double[][] Corners,
    double DetectionConfidence,
    bool Accepted,
    string? RejectedBecause);

/// <summary>One character.</summary>
internal sealed record CharacterReport([property: JsonPropertyName("char")] char Character, double Confidence);

/// <summary>One vehicle.</summary>
/// <param name="Box">x, y, width, height, pixels.</param>
/// <param name="SeatClass">The most probable of car_le6, van_7_9, minibus_10_19, coach_ge20, truck, other; unknown where the region was too small.</param>
/// <param name="Confidence">Its probability, 0 to 1.</param>
/// <param name="SevenPlus">Probability that the body is one of seven seats and more.</param>
internal sealed record VehicleReport(double[] Box, string SeatClass, double Confidence, double SevenPlus);
