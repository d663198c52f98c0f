using System.Globalization;
using Dashiban.Testing;

namespace Dashiban.IntegrationTests;

/// <summary>The executable as scripts and service managers meet it: exit codes, messages, signals.</summary>
public sealed class ProcessTests : IDisposable
{
    private const int Tidy = 0;
    private const int Configuration = 2;
    private const int ModelRefused = 3;
    private const int RoleDied = 70;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dashiban-process-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("check")]
    [InlineData("edge")]
    public async Task A_bad_config_names_every_error_and_exits_2(string command)
    {
        var file = Write("""
            { "edge": { "idd": "x", "cameras": [ { "camera": "a", "site": "s", "source": "http://x", "frameBuffers": 2 } ], "heartbeatSeconds": "soon" },
              "lists": { "county": "nowhere.json" }, "colour": "red" }
            """);
        await using var process = DashibanProcess.Start(command, "--config", file);
        var exit = await process.WaitAsync(Cancel);

        Assert.Equal(Configuration, exit);
        foreach (var said in new[] { "idd: unknown key", "heartbeatSeconds: «soon»", "colour: unknown key" })
        {
            Assert.Contains(process.Errors, line => line.Contains(said, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Values_out_of_range_are_all_named()
    {
        var file = Write("""
            { "edge": { "id": "e", "cameras": [ { "camera": "a", "site": "s", "source": "http://x", "frameBuffers": 2 } ], "heartbeatSeconds": 0 },
              "lists": { "county": "nowhere.json" } }
            """);
        await using var process = DashibanProcess.Start("check", "--config", file);
        var exit = await process.WaitAsync(Cancel);

        Assert.Equal(Configuration, exit);
        foreach (var said in new[] { "Source has a scheme", "FrameBuffers is 2", "heartbeatSeconds: 0", "ClientId", "nowhere.json does not exist" })
        {
            Assert.Contains(process.Errors, line => line.Contains(said, StringComparison.Ordinal));
        }
    }

    public static TheoryData<string> Samples() =>
        [.. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "deploy"), "*.sample.json").Select(f => Path.GetFileName(f)!).Where(f => !f.StartsWith("county", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Every_sample_configuration_is_good(string sample)
    {
        await using var process = DashibanProcess.Start("check", "--config", Path.Combine(Checkout.Root, "deploy", sample));

        Assert.Equal(Tidy, await process.WaitAsync(Cancel));
        Assert.Contains(process.Output, line => line.Contains(": good (", StringComparison.Ordinal) && line.Contains("4 sites", StringComparison.Ordinal));
        Assert.DoesNotContain(process.Output, line => line.StartsWith("warning", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("edge")]
    [InlineData("edge", "--confg", "x")]
    [InlineData("fly")]
    [InlineData("demo", "--seconds", "0")]
    public async Task Wrong_usage_exits_2(params string[] arguments)
    {
        await using var process = DashibanProcess.Start(arguments);

        Assert.Equal(Configuration, await process.WaitAsync(Cancel));
        Assert.NotEmpty(process.Errors);
    }

    [Fact]
    public async Task A_model_whose_manifest_lies_exits_3()
    {
        var models = CopyOfModels();
        var manifest = Directory.EnumerateFiles(models, "manifest.json", SearchOption.AllDirectories).First(f => f.Contains("plate-reader", StringComparison.Ordinal));
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest, Cancel)).Replace("\"slots\"", "\"sluts\"", StringComparison.Ordinal), Cancel);
        await using var process = DashibanProcess.Start("edge", "--config", Write(EdgeWith(models)));

        Assert.Equal(ModelRefused, await process.WaitAsync(Cancel));
        Assert.Contains(process.Errors, line => line.Contains("plate-reader", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dead_role_exits_nonzero()
    {
        var file = Write($$"""
            { "correlator": { "dataFolder": "/proc/nothing-can-be-written-here", "link": { "clientId": "c" }, "web": { "listen": "http://127.0.0.1:{{Checkout.FreePort()}}" } } }
            """);
        await using var process = DashibanProcess.Start("correlator", "--config", file);

        Assert.Equal(RoleDied, await process.WaitAsync(Cancel));
        Assert.Contains(process.Errors, line => line.Contains("died", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_edge_without_camera_and_broker_stops_tidily_with_balanced_books()
    {
        await using var process = DashibanProcess.Start("edge", "--config", Write(EdgeWith(models: null)));
        while (!process.Errors.Any(line => line.Contains("CameraUnreachable", StringComparison.Ordinal)) && !process.HasExited)
        {
            await Task.Delay(100, Cancel);
        }

        Assert.Equal(Tidy, await process.StopAsync(Cancel));
        Assert.Contains(process.Output, line => line.StartsWith("nowhere: captured=0", StringComparison.Ordinal));
        Assert.Contains(process.Output, line => line.StartsWith("passages: voted=0 stored=0 withheld=0", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string EdgeWith(string? models) => string.Create(CultureInfo.InvariantCulture, $$"""
        { "edge": {
            "id": "edge-test",
            "cameras": [ { "camera": "nowhere", "site": "s", "source": "rtsp://127.0.0.1:{{Checkout.FreePort()}}/nowhere" } ],
            "outbox": { "file": "{{_folder.FullName}}/outbox.db" },
            "link": { "port": {{Checkout.FreePort()}}, "clientId": "edge-test" } },
          "models": "{{models ?? string.Empty}}" }
        """);

    private string CopyOfModels()
    {
        var from = Path.Combine(AppContext.BaseDirectory, "models");
        var to = Path.Combine(_folder.FullName, "models");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return to;
    }

    private string Write(string text)
    {
        var file = Path.Combine(_folder.FullName, "role.json");
        File.WriteAllText(file, text);
        return file;
    }
}
