using Dashiban.Vision.Reading;

namespace Dashiban.Vision.Models;

/// <summary>What must hold inside a manifest, whatever the ONNX files say.</summary>
internal static class ManifestRules
{
    /// <summary>All contradictions, one sentence each.</summary>
    public static IEnumerable<string> Check(ModelManifest manifest) =>
    [
        .. Head(manifest),
        .. Files(manifest),
        .. Input(manifest.Input),
        .. Sections(manifest),
        .. manifest.Plates is { } plates ? Plates(plates, manifest) : [],
        .. manifest.Vehicles is { } vehicles ? Vehicles(vehicles, manifest) : [],
        .. manifest.Reading is { } reading ? Reading(reading, manifest) : [],
        .. manifest.Classes is { } classes ? Classes(classes, manifest) : [],
    ];

    private static IEnumerable<string> Head(ModelManifest manifest)
    {
        if (manifest.Schema != 1)
        {
            yield return $"schema is {manifest.Schema}; this program reads 1.";
        }

        if (string.IsNullOrWhiteSpace(manifest.License))
        {
            yield return "license is empty.";
        }
    }

    private static IEnumerable<string> Files(ModelManifest manifest)
    {
        if (manifest.FileFor(FileRole.Main) is null)
        {
            yield return "files has no file with the role main.";
        }

        foreach (var role in manifest.Files.GroupBy(file => file.Role).Where(group => group.Count() > 1))
        {
            yield return $"files has the role {role.Key} more than once.";
        }

        foreach (var file in manifest.Files)
        {
            if (file.File != Path.GetFileName(file.File) || !file.File.EndsWith(".onnx", StringComparison.Ordinal))
            {
                yield return $"{file.File} is not the name of an .onnx file in the manifest's folder.";
            }

            if (file.Sha256.Length != 64 || file.Sha256.Any(digit => !char.IsAsciiHexDigitLower(digit)))
            {
                yield return $"sha256 of {file.File} is not 64 hexadecimal digits in lower case.";
            }

            if (file.Input.Count != 4 || file.Input[1] != 3 || file.Input[2] < 1 || file.Input[3] < 1 || file.Input[2] > 4096 || file.Input[3] > 4096)
            {
                yield return $"input of {file.File} is not [batch, 3, height, width].";
            }

            foreach (var (tensor, dimensions) in file.Outputs.Where(output => output.Value.Count < 2 || output.Value.Skip(1).Any(dimension => dimension < 1)))
            {
                yield return $"output {tensor} of {file.File} is [{string.Join(", ", dimensions)}]; only the batch may be free.";
            }
        }
    }

    private static IEnumerable<string> Input(ModelInput input)
    {
        if (input.Mean.Count != 3 || input.Std.Count != 3 || input.Std.Any(std => std <= 0))
        {
            yield return "input needs three means and three positive stds.";
        }

        if (input.Pad is < 0 or > 255)
        {
            yield return $"input pad is {input.Pad}; a grey level lies between 0 and 255.";
        }
    }

    private static IEnumerable<string> Sections(ModelManifest manifest)
    {
        var (section, resize) = manifest.Task switch
        {
            ModelTask.PlateDetection => (manifest.Plates is not null && manifest.Reading is null && manifest.Classes is null, ResizeKind.Letterbox),
            ModelTask.VehicleDetection => (manifest.Vehicles is not null && manifest.Plates is null && manifest.Reading is null && manifest.Classes is null, ResizeKind.Letterbox),
            ModelTask.PlateReading => (manifest.Reading is not null && manifest.Plates is null && manifest.Vehicles is null && manifest.Classes is null, ResizeKind.Rectify),
            _ => (
                manifest.Classes is not null && manifest.Plates is null && manifest.Vehicles is null && manifest.Reading is null,
                manifest.Classes?.View is null ? ResizeKind.Stretch : ResizeKind.Ruler),
        };
        if (!section)
        {
            yield return $"the sections plates, vehicles, reading and classes do not fit the task {manifest.Task}.";
        }

        if (manifest.Input.Resize != resize)
        {
            yield return $"input resize is {manifest.Input.Resize}; the task {manifest.Task} needs {resize}{(resize == ResizeKind.Ruler ? " beside classes.view" : "")}.";
        }
    }

    private static IEnumerable<string> Plates(PlateRows plates, ModelManifest manifest)
    {
        foreach (var problem in Shares(("candidateThreshold", plates.CandidateThreshold), ("threshold", plates.Threshold), ("overlap", plates.Overlap), ("inside", plates.Inside)))
        {
            yield return problem;
        }

        foreach (var problem in Output(manifest, plates.Tensor, 3, dimensions => dimensions[0] == 1 && dimensions[1] > 0 && dimensions[2] == 14, "[1, rows, 14]"))
        {
            yield return problem;
        }

        if (plates.SecondLook is not null != manifest.FileFor(FileRole.SecondLook) is not null)
        {
            yield return "plates.secondLook and a file with the role second-look go together; one of them is missing.";
        }

        if (plates.SecondLook is { } look && (look.PlateWidth < 8 || look.MaxUpscale < 1))
        {
            yield return "plates.secondLook needs a plateWidth of 8 pixels or more and a maxUpscale of 1 or more.";
        }
    }

    private static IEnumerable<string> Vehicles(VehicleRows vehicles, ModelManifest manifest) =>
    [
        .. Shares(("vehicles.threshold", vehicles.Threshold), ("vehicles.overlap", vehicles.Overlap)),
        .. Output(manifest, vehicles.Tensor, 3, dimensions => dimensions[0] == 1 && dimensions[1] > 0 && dimensions[2] >= 5, "[1, rows, 5 or more]", FileRole.SecondLook),
    ];

    private static IEnumerable<string> Reading(TextOutputs reading, ModelManifest manifest)
    {
        var letters = reading.Alphabet.Length;
        if (reading.Alphabet.Distinct().Count() != letters)
        {
            yield return $"reading.alphabet has a character twice: {string.Concat(reading.Alphabet.GroupBy(c => c).Where(g => g.Count() > 1).Select(g => g.Key))}.";
        }

        if (!reading.Alphabet.Contains(reading.PadChar, StringComparison.Ordinal))
        {
            yield return $"reading.alphabet does not contain padChar {reading.PadChar}.";
        }

        foreach (var label in reading.ColourLabels.Where(label => !PlateColours.TryParse(label, out _)))
        {
            yield return $"reading.colourLabels has {label}, which is no plate colour.";
        }

        foreach (var problem in (IEnumerable<string>)
        [
            .. Shares(("reading.minCharacterConfidence", reading.MinCharacterConfidence)),
            .. Output(manifest, reading.Slots, 3, dimensions => dimensions[1] > 0 && dimensions[2] == letters, $"[n, slots, {letters} characters]"),
            .. reading.Steps is { } steps ? Output(manifest, steps, 3, dimensions => dimensions[1] > 0 && dimensions[2] == letters, $"[n, steps, {letters} characters]") : [],
            .. Output(manifest, reading.Colours, 2, dimensions => dimensions[1] == reading.ColourLabels.Count, $"[n, {reading.ColourLabels.Count} colours]"),
        ])
        {
            yield return problem;
        }

        if (reading.RequireAgreement && reading.Steps is null)
        {
            yield return "reading.requireAgreement needs a second opinion in reading.steps.";
        }

        if (reading.Again is { } again && !(again is { Below: > 0 and <= 1, Margins.Count: > 0 and <= 4 } && again.Margins.All(margin => margin is { X: > -0.2f and < 0.5f, Y: > -0.2f and < 0.5f })))
        {
            yield return "reading.again needs a confidence of 0 to 1 and one to four margins between -0.2 and 0.5.";
        }

        if (reading.Crop.DoubleRow is { } rows
            && (rows.UpperTo is <= 0 or > 1 || rows.LowerFrom is < 0 or >= 1 || rows.UpperLeft < 0 || rows.UpperRight > 1 || !(rows.UpperLeft < rows.UpperRight)
                || rows.UpperWidth < 1 || rows.UpperWidth >= (manifest.FileFor(FileRole.Main)?.Width ?? int.MaxValue)))
        {
            yield return "reading.crop.doubleRow does not lie inside the plate and the input.";
        }
    }

    private static IEnumerable<string> Classes(ClassScores classes, ModelManifest manifest)
    {
        foreach (var label in classes.Labels.Where(label => !SeatClassLabels.TryParse(label, out _)))
        {
            yield return $"classes.labels has {label}, which is no seat class.";
        }

        if (classes.Labels.Distinct().Count() != classes.Labels.Count)
        {
            yield return "classes.labels has a label twice.";
        }

        if (classes.Reliability is { } measured && !(measured is { SmallPlates: >= 0.5f and <= 1, LargePlates: >= 0.5f and <= 1 }))
        {
            yield return "classes.reliability lies outside 0.5 (guessing) to 1.";
        }

        if (classes.View is { } view && !(view is { WidthInPlates: > 0, AbovePlates: > 0, BelowPlates: >= 0 } && classes.Margin == 0))
        {
            yield return "classes.view needs a positive width and height, and leaves no room for a margin.";
        }

        foreach (var problem in Shares(("classes.threshold", classes.Threshold), ("classes.margin", classes.Margin))
            .Concat(Output(manifest, classes.Tensor, 2, dimensions => dimensions[1] == classes.Labels.Count, $"[n, {classes.Labels.Count} classes]")))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> Shares(params (string Name, float Value)[] shares) =>
        shares.Where(share => share.Value is not (>= 0 and <= 1)).Select(share => $"{share.Name} is {share.Value}; it lies between 0 and 1.");

    private static IEnumerable<string> Output(
        ModelManifest manifest, string tensor, int rank, Func<IReadOnlyList<long>, bool> fits, string expected, FileRole? except = null)
    {
        foreach (var file in manifest.Files.Where(file => file.Role != except))
        {
            if (!file.Outputs.TryGetValue(tensor, out var dimensions))
            {
                yield return $"{file.File} lists no output {tensor}.";
            }
            else if (dimensions.Count != rank || !fits(dimensions))
            {
                yield return $"output {tensor} of {file.File} is [{string.Join(", ", dimensions)}]; expected {expected}.";
            }
        }
    }
}
