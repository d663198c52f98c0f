using System.Diagnostics;
using System.Text.Json;
using Dashiban.Testing.Vision;
using OpenCvSharp;

namespace Dashiban.IntegrationTests.Vision;

/// <summary><c>dashiban read</c> and <c>dashiban models</c> as a user meets them: a process with output, errors and an exit code.</summary>
public sealed class ReadCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dashiban-read-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Issue_2_hostile_files_are_named_and_the_rest_goes_on()
    {
        WriteModels();
        Picture("good.jpg");
        File.WriteAllBytes(In("empty.jpg"), []);
        File.WriteAllText(In("words.jpg"), "this is no picture");
        File.WriteAllBytes(In("cut.jpg"), File.ReadAllBytes(In("good.jpg"))[..600]);
        File.WriteAllBytes(In("bomb.png"), Bomb());
        File.WriteAllText(In("film.mp4"), "this is no film");

        var (exit, output, errors) = Run("read", "--json", _folder, In("missing.jpg"), "--models", In("models"));

        Assert.Equal(1, exit);
        var report = JsonDocument.Parse(Assert.Single(output)).RootElement;
        Assert.Equal(In("good.jpg"), report.GetProperty("path").GetString());
        Assert.Contains(errors, line => line.StartsWith($"{In("empty.jpg")}: the file is empty", StringComparison.Ordinal));
        Assert.Contains(errors, line => line.StartsWith($"{In("words.jpg")}: this is no JPEG", StringComparison.Ordinal));
        Assert.Contains(errors, line => line.StartsWith($"{In("cut.jpg")}: the Jpeg file is cut short", StringComparison.Ordinal));
        Assert.Contains(errors, line => line.StartsWith($"{In("bomb.png")}: 100000 x 100000 pixels", StringComparison.Ordinal));
        Assert.Contains(errors, line => line.StartsWith($"{In("film.mp4")}: ", StringComparison.Ordinal));
        Assert.Contains(errors, line => line.StartsWith($"{In("missing.jpg")}: there is no such file", StringComparison.Ordinal));
    }

    [Fact]
    public void Issue_2_the_json_line_has_the_promised_members_in_the_promised_shapes()
    {
        WriteModels();
        Picture("good.jpg");

        var (exit, output, _) = Run("read", "--json", In("good.jpg"), "--models", In("models"));

        Assert.Equal(0, exit);
        var report = JsonDocument.Parse(Assert.Single(output)).RootElement;
        Assert.Equal(["path", "width", "height", "milliseconds", "plates", "vehicles"], Names(report));
        var plate = Assert.Single(report.GetProperty("plates").EnumerateArray().ToList());
        Assert.Equal(["text", "confidence", "characters", "colour", "layout", "corners", "detectionConfidence", "accepted", "rejectedBecause"], Names(plate));
        Assert.Equal(TinyModels.Text, plate.GetProperty("text").GetString());
        Assert.True(plate.GetProperty("accepted").GetBoolean());
        Assert.Equal(JsonValueKind.Null, plate.GetProperty("rejectedBecause").ValueKind);
        Assert.Equal(["char", "confidence"], Names(plate.GetProperty("characters")[0]));
        Assert.Equal("[[100,200],[140,200],[140,220],[100,220]]", plate.GetProperty("corners").GetRawText());
        var vehicle = Assert.Single(report.GetProperty("vehicles").EnumerateArray().ToList());
        Assert.Equal(["box", "seatClass", "confidence", "sevenPlus"], Names(vehicle));
        Assert.Equal(4, vehicle.GetProperty("box").GetArrayLength());
    }

    [Fact]
    public void Frames_of_a_video_carry_their_number_and_annotations_are_written()
    {
        WriteModels();
        var made = Start("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=640x320:rate=10:duration=3", "-pix_fmt", "yuv420p", In("film.mp4"));
        Assert.SkipWhen(made is null, "ffmpeg is not installed");
        Assert.Equal(0, made!.Value.Exit);

        var (exit, output, errors) = Run("read", In("film.mp4"), "--every", "10", "--annotate", In("seen"), "--models", In("models"));

        Assert.True(exit == 0, string.Join('\n', errors));
        Assert.Equal([$"{In("film.mp4")}#0", $"{In("film.mp4")}#10", $"{In("film.mp4")}#20"], output.Select(line => line.Split(": ")[0]));
        Assert.Equal(3, Directory.GetFiles(In("seen"), "*.jpg").Length);
    }

    [Fact]
    public void A_model_that_is_not_what_its_manifest_says_exits_3_and_shows_both_sides()
    {
        WriteModels();
        Picture("good.jpg");
        var manifest = Path.Combine(In("models"), "tiny-detector", "0", "manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"x\"", "\"pixels\"", StringComparison.Ordinal));

        foreach (var arguments in (string[][])[["read", In("good.jpg"), "--models", In("models")], ["models", "verify", "--models", In("models")]])
        {
            var (exit, _, errors) = Run(arguments);

            Assert.Equal(3, exit);
            Assert.Contains("the manifest says pixels[1,3,32,64] -> plates[1,1,14]; the file has x[1,3,32,64] -> plates[1,1,14].", Assert.Single(errors), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Wrong_usage_exits_2()
    {
        WriteModels();
        Picture("good.jpg");

        Assert.Equal(2, Run("read").Exit);
        var (exit, _, errors) = Run("read", In("good.jpg"), "--annotate", Path.Combine(In("good.jpg"), "inside-a-file"), "--models", In("models"));
        Assert.Equal(2, exit);
        Assert.StartsWith("--annotate", Assert.Single(errors), StringComparison.Ordinal);
    }

    private static List<string> Names(JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    private void WriteModels() => TinyModels.WriteCatalog(In("models"), TinyModels.Plate(10, 20, 14, 22, 0.9f));

    private string In(string name) => Path.Combine(_folder, name);

    private void Picture(string name)
    {
        using var picture = new Mat(320, 640, MatType.CV_8UC3, new Scalar(90, 120, 100));
        Cv2.ImWrite(In(name), picture);
    }

    /// <summary>A PNG whose header says 100,000 x 100,000 pixels.</summary>
    private static byte[] Bomb() =>
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 1, 0x86, 0xA0, 0, 1, 0x86, 0xA0, 8, 2, 0, 0, 0, 0, 0, 0, 0, .. "IEND"u8];

    private static (int Exit, string[] Output, string[] Errors) Run(params string[] arguments) =>
        Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "dashiban.dll"), .. arguments])!.Value;

    private static (int Exit, string[] Output, string[] Errors)? Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, Lines(output), Lines(errors.Result));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
