using System.Security.Cryptography;
using System.Text.Json;
using Dashiban.SyntheticRoad;
using Dashiban.SyntheticRoad.Script;

namespace Dashiban.Demo;

/// <summary>Films of the demo's cameras, rendered once and kept until the scenario or the renderer changes.</summary>
internal static class DemoFootage
{
    /// <returns>MP4 file by camera identifier.</returns>
    /// <exception cref="DemoException">A film could not be rendered; the message says what to install.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> EnsureAsync(string folder, Action<string> say, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var films = new Dictionary<string, string>();
        foreach (var camera in DemoScenario.Cameras)
        {
            var film = Path.Combine(folder, $"{camera.Scene.Id}-{KeyOf(camera)}.mp4");
            films[camera.Scene.Id] = film;
            if (!File.Exists(film))
            {
                await RenderAsync(camera, film, say, cancel);
            }
        }

        return films;
    }

    private static async Task RenderAsync(DemoCamera camera, string film, Action<string> say, CancellationToken cancel)
    {
        foreach (var old in Directory.EnumerateFiles(Path.GetDirectoryName(film)!, $"{camera.Scene.Id}-*"))
        {
            File.Delete(old);
        }

        // Rendered under another name and moved, so that an interrupted run leaves no half film behind.
        var rendering = Path.ChangeExtension(film, ".part.mp4");
        var lastTenth = -1;
        var progress = new ActionProgress<RoadProgress>(done =>
        {
            var tenth = done.FramesDone * 10 / Math.Max(1, done.FrameCount);
            if (tenth > lastTenth)
            {
                lastTenth = tenth;
                say($"rendering {camera.Scene.Id}: {tenth * 10} %");
            }
        });
        try
        {
            await RoadFootage.RenderAsync(camera.Scene, camera.Traffic, OptionsOf(camera), rendering, progress, cancel);
        }
        catch (InvalidOperationException error)
        {
            throw new DemoException($"Rendering {camera.Scene.Id} failed: {error.Message} deploy/install.sh demo installs what it needs.");
        }

        File.Move(RoadFootage.TruthPath(rendering), RoadFootage.TruthPath(film), overwrite: true);
        File.Move(rendering, film, overwrite: true);
    }

    private static RoadRenderOptions OptionsOf(DemoCamera camera) => new()
    {
        Duration = DemoScenario.FilmLength,
        ClockStart = null,
        Seed = camera.Scene.Id.Length,
        Painters = Math.Clamp(Environment.ProcessorCount, 1, 8),
    };

    /// <summary>Names the scenario and the renderer's build: a film of either's older version is not shown.</summary>
    private static string KeyOf(DemoCamera camera)
    {
        var renderer = typeof(RoadFootage).Module.ModuleVersionId;
        var script = JsonSerializer.SerializeToUtf8Bytes((object)new { renderer, camera.Scene, camera.Traffic, Options = OptionsOf(camera) with { Painters = 1 } });
        return Convert.ToHexStringLower(SHA256.HashData(script))[..12];
    }

    /// <summary>Reports on the caller's thread; <see cref="Progress{T}"/> would post out of order.</summary>
    private sealed class ActionProgress<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
