using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dashiban.Vision.Models;

/// <summary>
/// What a model says about itself, in <c>manifest.json</c> beside its files: the tensors, how a picture becomes an input, how
/// an output becomes an answer, and where the working point lies. Read strictly: unknown, doubled or missing keys are refused.
/// </summary>
/// <param name="Schema">Version of this form; 1.</param>
/// <param name="Name">Name of the model, equal to its folder's.</param>
/// <param name="Version">0 or more, equal to its folder's name.</param>
/// <param name="Task">What it is for.</param>
/// <param name="License">Under which terms the weights may be used, and what limits them.</param>
/// <param name="Origin">Where the weights come from.</param>
/// <param name="Files">The ONNX files, one per role; the same weights at different input sizes.</param>
/// <param name="Input">How a part of a picture becomes the input tensor.</param>
/// <param name="Plates">How plates are found in the output; for <see cref="ModelTask.PlateDetection"/>.</param>
/// <param name="Vehicles">How vehicles are found in the output; for <see cref="ModelTask.VehicleDetection"/>, or beside plates in one network.</param>
/// <param name="Reading">How text is read from the output; for <see cref="ModelTask.PlateReading"/>.</param>
/// <param name="Classes">How a class is taken from the output; for <see cref="ModelTask.SeatClass"/>.</param>
public sealed record ModelManifest(
    int Schema,
    string Name,
    int Version,
    ModelTask Task,
    string License,
    ModelOrigin Origin,
    IReadOnlyList<ModelFile> Files,
    ModelInput Input,
    PlateRows? Plates = null,
    VehicleRows? Vehicles = null,
    TextOutputs? Reading = null,
    ClassScores? Classes = null)
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Reads a manifest and checks everything that can be checked without the ONNX files.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="model">Name for messages, such as <c>plate-reader/0</c>.</param>
    /// <exception cref="ModelMismatchException">It cannot be read, or contradicts itself; all contradictions are named.</exception>
    public static ModelManifest Parse(ReadOnlySpan<byte> json, string model)
    {
        ModelManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<ModelManifest>(json, Strict)
                ?? throw new ModelMismatchException($"{model}: manifest.json is empty.");
        }
        catch (JsonException problem)
        {
            throw new ModelMismatchException($"{model}: manifest.json cannot be read: {problem.Message}");
        }

        var contradictions = ManifestRules.Check(manifest).ToList();
        return contradictions.Count == 0
            ? manifest
            : throw new ModelMismatchException($"{model}: manifest.json is wrong: {string.Join(" ", contradictions)}");
    }

    /// <summary>The file for a role, or null.</summary>
    public ModelFile? FileFor(FileRole role) => Files.FirstOrDefault(file => file.Role == role);
}

/// <summary>What a model is for. The catalogue picks the highest version per task.</summary>
public enum ModelTask
{
    PlateDetection,
    VehicleDetection,
    PlateReading,
    SeatClass,
}

/// <summary>Where weights come from.</summary>
/// <param name="Made">Date, ISO 8601.</param>
/// <param name="Exporter">Program that wrote the ONNX files.</param>
/// <param name="Opset">ONNX operator set.</param>
/// <param name="TrainedOn">The data, in words; details stand in MODEL_CARD.md.</param>
public sealed record ModelOrigin(string Made, string Exporter, int Opset, IReadOnlyList<string> TrainedOn);

/// <summary>One ONNX file with its exact signature.</summary>
/// <param name="Role">What this file is used for.</param>
/// <param name="File">Its name, in the manifest's folder.</param>
/// <param name="Sha256">64 hexadecimal digits, lower case.</param>
/// <param name="Input">Dimensions of the input tensor: batch, channels, height, width; -1 where free.</param>
/// <param name="Outputs">Dimensions of every output tensor by its name; -1 where free.</param>
public sealed record ModelFile(FileRole Role, string File, string Sha256, IReadOnlyList<long> Input, IReadOnlyDictionary<string, IReadOnlyList<long>> Outputs)
{
    /// <summary>Width of the input, pixels.</summary>
    public int Width => (int)Input[3];

    /// <summary>Height of the input, pixels.</summary>
    public int Height => (int)Input[2];
}

/// <summary>What a file is used for.</summary>
public enum FileRole
{
    /// <summary>The ordinary one; a detector's first look at a camera's landscape frame.</summary>
    Main,

    /// <summary>A detector's first look at pictures of other shapes.</summary>
    Photograph,

    /// <summary>A plate detector's second look, at a window around one plate.</summary>
    SecondLook,
}

/// <summary>How pixels become numbers. The layout is always batch, channel, row, column.</summary>
/// <param name="Tensor">Name of the input tensor.</param>
/// <param name="Channels">Order of the colour channels.</param>
/// <param name="Resize">How a part of the picture is brought to the input's size.</param>
/// <param name="Mean">Subtracted from each channel of 0 to 255, in the order of <paramref name="Channels"/>.</param>
/// <param name="Std">Each channel is divided by this afterwards.</param>
/// <param name="Pad">Grey level, 0 to 255, of what a letterbox leaves free, and of what lies outside the picture in a second look and a ruler view.</param>
public sealed record ModelInput(
    string Tensor, ChannelOrder Channels, ResizeKind Resize, IReadOnlyList<float> Mean, IReadOnlyList<float> Std, int Pad = 0);

/// <summary>Order of the colour channels.</summary>
public enum ChannelOrder
{
    Rgb,
    Bgr,
}

/// <summary>How a part of the picture is brought to the input's size.</summary>
public enum ResizeKind
{
    /// <summary>Keeps the aspect ratio; the rest is padded, the picture centred.</summary>
    Letterbox,

    /// <summary>Width and height are scaled independently.</summary>
    Stretch,

    /// <summary>A quad is turned into the input's rectangle by a projective map.</summary>
    Rectify,

    /// <summary>The plate's width sets the scale, see <see cref="RulerView"/>; what lies outside the picture is padded.</summary>
    Ruler,
}

/// <summary>
/// Plates in an output of rows of 14 numbers, in input pixels: left, top, right, bottom, score, two-row, then x and y of the
/// corners top left, top right, bottom right, bottom left as the plate is read.
/// </summary>
/// <param name="Tensor">Name of the output tensor, shape [1, rows, 14].</param>
/// <param name="CandidateThreshold">Score from which a row is worth a second look.</param>
/// <param name="Threshold">Score from which a plate is believed, after the second look where there is one.</param>
/// <param name="Overlap">Of two plates whose boxes overlap by more (intersection over union) the surer one stays.</param>
/// <param name="Inside">A box with more than this share inside a surer one is dropped too.</param>
/// <param name="SecondLook">How the second look is taken; null where there is none.</param>
public sealed record PlateRows(
    string Tensor, float CandidateThreshold, float Threshold, float Overlap, float Inside, SecondLookRecipe? SecondLook = null);

/// <summary>
/// The second look: a window of the full-resolution picture around a candidate goes through the same network, which finds small
/// plates' corners better and drops false alarms.
/// </summary>
/// <param name="PlateWidth">Width the plate is scaled to, input pixels.</param>
/// <param name="MaxUpscale">Largest enlargement.</param>
/// <param name="MinQuadOverlap">An answer confirms the candidate when their corner quads overlap by more than this (intersection over union).</param>
/// <param name="MinScore">Least score of a confirming answer.</param>
/// <param name="UnconfirmedFactor">The score of a candidate that is not confirmed is multiplied by this; a confirmed one gets the geometric mean of both scores.</param>
/// <param name="KeepCornersFrom">From this plate width in picture pixels the first look's corners are kept: the second look would shrink the plate.</param>
public sealed record SecondLookRecipe(
    float PlateWidth, float MaxUpscale, float MinQuadOverlap, float MinScore, float UnconfirmedFactor, float KeepCornersFrom);

/// <summary>Vehicles in an output of rows of 5 numbers or more, in input pixels: left, top, right, bottom, score; further numbers are not used.</summary>
/// <param name="Tensor">Name of the output tensor, shape [1, rows, 5 or more].</param>
/// <param name="Threshold">Score from which a vehicle is believed.</param>
/// <param name="Overlap">Of two boxes that overlap by more (intersection over union) the surer one stays.</param>
public sealed record VehicleRows(string Tensor, float Threshold, float Overlap);

/// <summary>Text in two outputs that read the same picture independently, and a colour.</summary>
/// <param name="Slots">Output of shape [n, slots, alphabet]: one probability distribution per character place.</param>
/// <param name="Steps">Output of shape [n, steps, alphabet] for connectionist temporal classification, the second opinion; null where there is none.</param>
/// <param name="Colours">Output of shape [n, colours].</param>
/// <param name="ColourLabels">What its columns mean.</param>
/// <param name="Alphabet">The characters in the order of the outputs, each once, the pad character among them. The letter O is not: the grammar spells it.</param>
/// <param name="PadChar">Stands for "no character here" (slots) and for the blank (steps).</param>
/// <param name="MinCharacterConfidence">A reading whose weakest character lies below is not accepted.</param>
/// <param name="RequireAgreement">A reading is accepted only where the second opinion says the same.</param>
/// <param name="Crop">How a plate becomes the input.</param>
/// <param name="Again">How unsure plates are looked at again; null where one look has to do.</param>
public sealed record TextOutputs(
    string Slots,
    string? Steps,
    string Colours,
    IReadOnlyList<string> ColourLabels,
    string Alphabet,
    char PadChar,
    float MinCharacterConfidence,
    bool RequireAgreement,
    PlateCropRecipe Crop,
    MoreLooks? Again = null);

/// <summary>Further looks at a plate that was read unsurely; the probabilities of all looks are averaged.</summary>
/// <param name="Below">Weakest confidence of the first look below which there are more.</param>
/// <param name="Margins">One look each.</param>
public sealed record MoreLooks(float Below, IReadOnlyList<CropMargin> Margins);

/// <summary>Margins of a crop as shares of the plate's width and height, on each side.</summary>
public readonly record struct CropMargin(float X, float Y);

/// <summary>How a plate becomes the reader's input.</summary>
/// <param name="MarginX">Margin left and right, as a share of the plate's width.</param>
/// <param name="MarginY">Margin above and below, as a share of the plate's height.</param>
/// <param name="DoubleRow">How two rows become one strip; null where the reader takes them as they are.</param>
public sealed record PlateCropRecipe(float MarginX, float MarginY, DoubleRowRecipe? DoubleRow = null);

/// <summary>Two rows are laid side by side, the upper one first.</summary>
/// <param name="UpperTo">The upper row ends at this share of the height.</param>
/// <param name="LowerFrom">The lower row begins at this share of the height.</param>
/// <param name="UpperWidth">Width of the upper row in the strip, input pixels; the lower row fills the rest.</param>
/// <param name="UpperLeft">What is seen of the upper row begins at this share of the width: GA 36 leaves its outer quarters empty.</param>
/// <param name="UpperRight">And ends at this.</param>
public sealed record DoubleRowRecipe(float UpperTo, float LowerFrom, int UpperWidth, float UpperLeft = 0, float UpperRight = 1);

/// <summary>One class per picture.</summary>
/// <param name="Tensor">Output of shape [n, classes], probabilities.</param>
/// <param name="Labels">What its columns mean.</param>
/// <param name="Threshold">Below this probability the answer is "unknown".</param>
/// <param name="Margin">Margin around the vehicle's region, as a share of its width and height.</param>
/// <param name="View">The part of the picture that the model sees, for <see cref="ResizeKind.Ruler"/>; else null, and it sees the vehicle's region.</param>
/// <param name="Reliability">How often the model is right, as measured; null where nobody has measured it: then it counts for nothing.</param>
public sealed record ClassScores(
    string Tensor, IReadOnlyList<string> Labels, float Threshold, float Margin = 0, RulerView? View = null, ClassReliability? Reliability = null);

/// <summary>
/// The part of a picture around a plate, with the plate's width as the unit: every plate but the moped's is 440 or 480 mm wide
/// (GA 36), so a roof, a bonnet or a windscreen has its true size in such a view.
/// </summary>
/// <param name="WidthInPlates">Width of the view; the plate's centre lies in its middle.</param>
/// <param name="AbovePlates">From the plate's centre to the view's upper edge.</param>
/// <param name="BelowPlates">From the plate's centre to the view's lower edge.</param>
public sealed record RulerView(float WidthInPlates, float AbovePlates, float BelowPlates);

/// <summary>
/// How often a seat model is right on vehicles it never saw: balanced accuracy, 0.5 (guessing) to 1, for the two questions that a
/// plate's class leaves open.
/// </summary>
/// <param name="SmallPlates">7 to 9 seats or fewer, among passenger vehicles on small plates.</param>
/// <param name="LargePlates">Bus or goods vehicle, among vehicles on large plates.</param>
/// <param name="Measured">On what, with counts, in words.</param>
public sealed record ClassReliability(float SmallPlates, float LargePlates, string Measured);
