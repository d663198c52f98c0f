using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dashiban.SyntheticRoad.Script;

/// <summary>What a film really shows: for tests and evaluation only, never an input of recognition.</summary>
public sealed record RoadTruth(string Camera, int Width, int Height, int FramesPerSecond, int FrameCount, bool Night, IReadOnlyList<PassageTruth> Passages)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes the truth as JSON, readable by <see cref="Load"/>.</summary>
    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Format));

    /// <summary>Reads a file written by <see cref="Save"/>.</summary>
    public static RoadTruth Load(string path) =>
        JsonSerializer.Deserialize<RoadTruth>(File.ReadAllText(path), Format)
        ?? throw new InvalidDataException($"{path} holds no truth of a road film.");
}

/// <summary>One passage of the film.</summary>
/// <param name="Plate">The whole text without separator dot.</param>
/// <param name="Colour">blue, yellow, green, yellow_green, white or black.</param>
/// <param name="Layout">single or double, as the visible side carries it.</param>
/// <param name="Vehicle">Body, for instance <c>microvan</c>.</param>
/// <param name="SeatClass">car_le6, van_7_9, minibus_10_19, coach_ge20 or truck.</param>
/// <param name="EnteringSecond">Film time of the first picture with the whole plate in it.</param>
/// <param name="ReadingSecond">Film time at which the plate is on the reading line.</param>
/// <param name="LeavingSecond">Film time of the last picture with the whole plate in it.</param>
/// <param name="Looks">Where plate and vehicle are, every few pictures.</param>
public sealed record PassageTruth(
    string Plate,
    string Colour,
    string Layout,
    string Vehicle,
    string SeatClass,
    int Seats,
    int Lane,
    bool IsApproaching,
    double EnteringSecond,
    double ReadingSecond,
    double LeavingSecond,
    IReadOnlyList<LookTruth> Looks);

/// <summary>Plate and vehicle in one picture, pixels.</summary>
/// <param name="Frame">Number of the picture, from 0.</param>
/// <param name="PlateCorners">x and y of top left, top right, bottom right, bottom left as the plate is read.</param>
/// <param name="VehicleBox">x1, y1, x2, y2, clipped to the picture.</param>
/// <param name="PlateWidth">Length of the plate's upper edge.</param>
public sealed record LookTruth(int Frame, IReadOnlyList<float> PlateCorners, IReadOnlyList<float> VehicleBox, float PlateWidth);
