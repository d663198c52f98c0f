using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dashiban.Testing.Vision;

/// <summary>
/// Models of a few kilobytes whose answers are known beforehand: every output is an affine function of the picture's mean
/// colour, so a constant where its weights are zero.
/// </summary>
public static class TinyModels
{
    /// <summary>The text that the tiny reader reads on everything.</summary>
    public const string Text = "皖A12345";

    /// <summary>Alphabet of the tiny reader; the first character stands for none.</summary>
    public const string Alphabet = "_皖A012345";

    private const int Width = 64;
    private const int Height = 32;

    /// <summary>Writes a catalogue of a detector, a reader and a seat model, all version 0, into the folder.</summary>
    /// <param name="plates">Rows of the detector's output in input pixels of 64 x 32; at least one.</param>
    public static void WriteCatalog(string folder, params float[][] plates)
    {
        Write(folder, "tiny-detector", Detector(plates), DetectorManifest(plates.Length));
        Write(folder, "tiny-reader", Reader(), ReaderManifest());
        Write(folder, "tiny-seats", Seats(), SeatsManifest());
    }

    /// <summary>A row of the detector's output: an upright plate in input pixels.</summary>
    public static float[] Plate(float left, float top, float right, float bottom, float score) =>
        [left, top, right, bottom, score, 0, left, top, right, top, right, bottom, left, bottom];

    /// <summary>Finds the same plates in every picture.</summary>
    public static byte[] Detector(params float[][] plates) =>
        new OnnxFile("x", [1, 3, Height, Width]).Affine("plates", [1, plates.Length, 14], [.. plates.SelectMany(row => row)]).ToBytes();

    /// <summary>Reads <see cref="Text"/> on everything, each character with a logit of 6 above the others; blue.</summary>
    public static byte[] Reader()
    {
        var slots = new float[8 * Alphabet.Length];
        for (var slot = 0; slot < 8; slot++)
        {
            slots[(slot * Alphabet.Length) + (slot < Text.Length ? Alphabet.IndexOf(Text[slot], StringComparison.Ordinal) : 0)] = 6;
        }

        return new OnnxFile("image", [-1, 3, 48, 168])
            .Affine("slots", [-1, 8, Alphabet.Length], slots, softmax: true)
            .Affine("colour", [-1, 2], [3, 0], softmax: true)
            .ToBytes();
    }

    /// <summary>Takes red vehicles for coaches and blue ones for cars.</summary>
    public static byte[] Seats() =>
        new OnnxFile("image", [-1, 3, 8, 8]).Affine("prob", [-1, 2], [0, 0], softmax: true, weights: [[1, -1], [0, 0], [-1, 1]]).ToBytes();

    /// <summary>The tiny detector's manifest with the hash left to fill in.</summary>
    public static string DetectorManifest(int rows) => $$"""
        {
          "schema": 1, "name": "tiny-detector", "version": 0, "task": "plate-detection", "license": "test",
          "origin": { "made": "2026-01-01", "exporter": "TinyModels", "opset": 13, "trainedOn": [] },
          "files": [ { "role": "main", "file": "model.onnx", "sha256": "{sha256}", "input": [1, 3, {{Height}}, {{Width}}], "outputs": { "plates": [1, {{rows}}, 14] } } ],
          "input": { "tensor": "x", "channels": "rgb", "resize": "letterbox", "mean": [0, 0, 0], "std": [255, 255, 255], "pad": 114 },
          "plates": { "tensor": "plates", "candidateThreshold": 0.15, "threshold": 0.4, "overlap": 0.4, "inside": 0.7 }
        }
        """;

    /// <summary>The tiny reader's manifest with the hash left to fill in.</summary>
    public static string ReaderManifest() => $$"""
        {
          "schema": 1, "name": "tiny-reader", "version": 0, "task": "plate-reading", "license": "test",
          "origin": { "made": "2026-01-01", "exporter": "TinyModels", "opset": 13, "trainedOn": [] },
          "files": [ { "role": "main", "file": "model.onnx", "sha256": "{sha256}", "input": [-1, 3, 48, 168], "outputs": { "slots": [-1, 8, {{Alphabet.Length}}], "colour": [-1, 2] } } ],
          "input": { "tensor": "image", "channels": "rgb", "resize": "rectify", "mean": [127.5, 127.5, 127.5], "std": [64, 64, 64] },
          "reading": {
            "slots": "slots", "steps": null, "colours": "colour", "colourLabels": ["blue", "yellow"], "alphabet": "{{Alphabet}}", "padChar": "_",
            "minCharacterConfidence": 0.8, "requireAgreement": false, "crop": { "marginX": 0.02, "marginY": 0.05 }
          }
        }
        """;

    /// <summary>The tiny seat model's manifest with the hash left to fill in.</summary>
    public static string SeatsManifest() => """
        {
          "schema": 1, "name": "tiny-seats", "version": 0, "task": "seat-class", "license": "test",
          "origin": { "made": "2026-01-01", "exporter": "TinyModels", "opset": 13, "trainedOn": [] },
          "files": [ { "role": "main", "file": "model.onnx", "sha256": "{sha256}", "input": [-1, 3, 8, 8], "outputs": { "prob": [-1, 2] } } ],
          "input": { "tensor": "image", "channels": "bgr", "resize": "stretch", "mean": [0, 0, 0], "std": [25, 25, 25] },
          "classes": { "tensor": "prob", "labels": ["car_le6", "coach_ge20"], "threshold": 0.6 }
        }
        """;

    /// <summary>Writes one model; <c>{sha256}</c> in the manifest becomes the model's hash.</summary>
    public static void Write(string folder, string name, byte[] model, string manifest, int version = 0)
    {
        var target = Path.Combine(folder, name, version.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(target);
        File.WriteAllBytes(Path.Combine(target, "model.onnx"), model);
        File.WriteAllText(Path.Combine(target, "manifest.json"), manifest.Replace("{sha256}", Convert.ToHexStringLower(SHA256.HashData(model)), StringComparison.Ordinal), new UTF8Encoding(false));
    }
}
