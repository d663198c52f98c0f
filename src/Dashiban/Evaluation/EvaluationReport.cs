using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dashiban.Evaluation;

/// <summary>What <c>dashiban models evaluate</c> writes: every figure with its counts, the data, the weights, the program and the machine.</summary>
/// <param name="Schema">Version of this form; 1.</param>
/// <param name="Made">UTC.</param>
/// <param name="Program">Version and commit.</param>
/// <param name="Machine">Processor, cores, system.</param>
/// <param name="Models">The models used.</param>
/// <param name="Sets">One entry per labelled folder.</param>
internal sealed record EvaluationReport(
    int Schema, DateTimeOffset Made, string Program, string Machine, IReadOnlyList<EvaluatedModel> Models, IReadOnlyList<SetReport> Sets)
{
    private static readonly JsonSerializerOptions Wire = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <summary>Indented JSON with a final line end.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Wire) + "\n";
}

/// <summary>A model that was used, with the hashes of its files.</summary>
internal sealed record EvaluatedModel(string Model, IReadOnlyDictionary<string, string> Sha256);

/// <summary>Figures over one set.</summary>
/// <param name="Set">Name of its folder.</param>
/// <param name="DatasetSha256">Over labels and pictures.</param>
/// <param name="Mode"><c>end-to-end</c>: found and read in whole pictures; <c>plate-crops</c>: each picture is one plate.</param>
/// <param name="Pictures">Pictures looked at.</param>
/// <param name="Plates">Figures over all labelled plates; null where they are another model's.</param>
/// <param name="Strata">The same per colour, layout, length and province.</param>
/// <param name="FalsePlates">Plates found where none is labelled, and how many of them were accepted.</param>
/// <param name="Vehicles">Vehicles wholly in view whose box overlaps a look's by 0.5 or more (intersection over union).</param>
/// <param name="Calibration">How far a reading's confidence can be taken at its word.</param>
/// <param name="Seats">Seat classes, from the picture alone and together with the plate.</param>
/// <param name="Passages">The same plates as vehicles that drive up; null where that was not asked for.</param>
/// <param name="Milliseconds">Time per picture.</param>
internal sealed record SetReport(
    string Set,
    string DatasetSha256,
    string Mode,
    int Pictures,
    PlateFigures? Plates,
    IReadOnlyDictionary<string, PlateFigures>? Strata,
    FalsePlates? FalsePlates,
    Rate? Vehicles,
    Calibration? Calibration,
    SeatFigures? Seats,
    PassageFigures? Passages,
    Timing Milliseconds);

/// <summary>Figures over labelled plates.</summary>
/// <param name="Found">Plates whose corners overlap a detection's by 0.4 or more (intersection over union).</param>
/// <param name="FoundTightly">By 0.5 or more.</param>
/// <param name="Exact">Plates found and read without a mistake; the letter O and the digit 0 count as equal.</param>
/// <param name="ExactWithoutProvince">The same, leaving out the first character.</param>
/// <param name="Accepted">Plates whose reading passes the gate of a single look.</param>
/// <param name="AcceptedWrong">Of those accepted, the wrong ones.</param>
internal sealed record PlateFigures(Rate Found, Rate FoundTightly, Rate Exact, Rate ExactWithoutProvince, Rate Accepted, Rate AcceptedWrong);

/// <summary>Plates found where none is labelled; unlabelled far plates count here too.</summary>
/// <param name="Count">In all pictures.</param>
/// <param name="Accepted">Of these, those whose reading passes the gate of a single look.</param>
/// <param name="WithoutPlate">Of these, those in pictures in which nobody has seen a plate: certainly false.</param>
/// <param name="PicturesWithoutPlate">How many such pictures there are.</param>
internal sealed record FalsePlates(int Count, int Accepted, int WithoutPlate, int PicturesWithoutPlate);

/// <summary>Median and 95th percentile of the time per picture, and the median processor time, which a busy machine disturbs less.</summary>
internal sealed record Timing(double Median, double P95, double ProcessorMedian);
