using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Dashiban.Domain.Seats;
using Dashiban.Edge;
using Dashiban.Edge.Capture;
using Dashiban.Edge.Detection;
using Dashiban.Edge.Voting;
using Dashiban.Messaging;
using Dashiban.Vision.Models;
using Dashiban.Vision.Scenes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashiban.Benchmarks;

/// <summary>
/// What a whole lane costs on footage: the decoder child, the models, tracking and evidence, in one process as at the roadside.
/// Every figure is paired, in the same run, with <c>ffmpeg -f null</c> on the same file, which only decodes: the ratio outlives
/// the machine. Processor time counts the children.
/// </summary>
internal static class LaneThroughput
{
    /// <summary>Runs each file in every way and all of them side by side, and prints a table in Markdown.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> files)
    {
        if (files.Count == 0 || !files.All(File.Exists))
        {
            await Console.Error.WriteLineAsync("usage: lane-throughput FILE… (video files; each is read several times)").ConfigureAwait(false);
            return 2;
        }

        using var models = VisionModels.Load(ModelCatalog.Open(ModelCatalog.FindDefaultDirectory()), new VisionOptions());
        foreach (var file in files)
        {
            await MeasureFileAsync(file, models).ConfigureAwait(false);
        }

        if (files.Count > 1)
        {
            await MeasureTogetherAsync(files, models).ConfigureAwait(false);
        }

        return 0;
    }

    private static async Task MeasureFileAsync(string file, VisionModels models)
    {
        Print($"## {Path.GetFileName(file)}");
        var floor = Measure(() => DecodeOnly(file));
        Print($"`ffmpeg -f null` (decodes every picture, nothing else): {floor.Wall.TotalSeconds:0.00} s, processor {floor.Cpu.TotalSeconds:0.00} s");
        Print("");
        Print("| lane | analysed | blank | wall s | frames/s | processor s | ms processor / analysed | times ffmpeg | Detect p50/p95 ms | Read p50/p95 ms | Age p50/p95 ms | superseded |");
        Print("|---|---|---|---|---|---|---|---|---|---|---|---|");

        var everything = new MotionOptions { SkipEmptyRoad = false };
        await MeasureLaneAsync("own pace, Detect beside Read", Lane(file) with { Motion = everything }, LaneEyes.Of(models), floor.Cpu).ConfigureAwait(false);
        await MeasureLaneAsync("own pace, Detect and Read in one stage", Lane(file) with { Motion = everything }, Merged(models), floor.Cpu).ConfigureAwait(false);
        await MeasureLaneAsync("own pace, empty road skipped", Lane(file), LaneEyes.Of(models), floor.Cpu).ConfigureAwait(false);
        await MeasureLaneAsync("real time", Lane(file) with { Pace = FilePace.RealTime }, LaneEyes.Of(models), floor.Cpu).ConfigureAwait(false);
        Print("");
    }

    private static async Task MeasureLaneAsync(string name, LaneOptions options, LaneEyes eyes, TimeSpan floor)
    {
        LaneReport? report = null;
        var cost = await MeasureAsync(async () => report = await RunLaneAsync(options, eyes).ConfigureAwait(false)).ConfigureAwait(false);
        var analysed = report!.Fates[nameof(Fate.Analysed)];
        Print($"| {name} | {analysed} | {report.Fates[nameof(Fate.Blank)]} | {cost.Wall.TotalSeconds:0.00} | {analysed / cost.Wall.TotalSeconds:0.0} | "
            + $"{cost.Cpu.TotalSeconds:0.00} | {cost.Cpu.TotalMilliseconds / Math.Max(1, analysed):0.0} | {cost.Cpu / floor:0.00} | "
            + $"{Milliseconds(report, "Detect")} | {Milliseconds(report, "Read")} | {(options.Pace == FilePace.RealTime ? Milliseconds(report, "Age") : "–")} | "
            + $"{report.Fates[nameof(Fate.Superseded)]} |");
    }

    /// <summary>All files at the same time at their own speed, as the cameras of a checkpoint would be.</summary>
    private static async Task MeasureTogetherAsync(IReadOnlyList<string> files, VisionModels models)
    {
        Print($"## {files.Count} cameras at once, real time");
        Print("");
        Print("| camera | captured | analysed | blank | superseded | no buffer | Detect p50/p95 ms | Read p50/p95 ms | Age p50/p95 ms |");
        Print("|---|---|---|---|---|---|---|---|---|");
        var reports = Array.Empty<LaneReport>();
        var cost = await MeasureAsync(async () => reports = await Task.WhenAll(files.Select(file =>
            RunLaneAsync(Lane(file) with { Pace = FilePace.RealTime, FileStartsAt = null }, LaneEyes.Of(models)))).ConfigureAwait(false)).ConfigureAwait(false);
        foreach (var report in reports)
        {
            Print($"| {report.Camera} | {report.Captured} | {report.Fates[nameof(Fate.Analysed)]} | {report.Fates[nameof(Fate.Blank)]} | "
                + $"{report.Fates[nameof(Fate.Superseded)]} | {report.Fates[nameof(Fate.NoBuffer)]} | {Milliseconds(report, "Detect")} | "
                + $"{Milliseconds(report, "Read")} | {Milliseconds(report, "Age")} |");
        }

        Print("");
        Print($"{cost.Wall.TotalSeconds:0.0} s, processor {cost.Cpu.TotalSeconds:0.0} s: {cost.Cpu / cost.Wall:0.00} of {Environment.ProcessorCount} cores.");
    }

    private static async Task<LaneReport> RunLaneAsync(LaneOptions options, LaneEyes eyes)
    {
        var passages = Channel.CreateUnbounded<VotedPassage>();
        var assembler = new PassageAssembler(options.Site, options.Camera, new VotingOptions(), SeatModelTrust.Unmeasured, SeatRegister.Empty);
        var supervisor = new LaneSupervisor(
            options,
            () => new DecoderProcess(options, NullLogger.Instance),
            () => eyes,
            assembler,
            passages.Writer,
            TimeProvider.System,
            () => 0.5,
            NullLogger.Instance);
        await supervisor.RunAsync(CancellationToken.None, CancellationToken.None).ConfigureAwait(false);
        return supervisor.Snapshot();
    }

    /// <summary>Both looks in the Read stage: what the lane would be with one stage and one channel less.</summary>
    private static LaneEyes Merged(VisionModels models)
    {
        var eyes = LaneEyes.Of(models);
        return new LaneEyes(
            (_, into) => into.Clear(),
            (picture, detections, into) =>
            {
                eyes.Detect(picture, detections);
                eyes.Read(picture, detections, into);
            },
            eyes);
    }

    private static LaneOptions Lane(string file) => new()
    {
        Camera = Path.GetFileNameWithoutExtension(file),
        Site = "benchmark",
        Source = file,
    };

    private static void DecodeOnly(string file)
    {
        using var decoder = Process.Start("ffmpeg", ["-v", "error", "-nostdin", "-threads", "1", "-i", file, "-map", "0:v:0", "-f", "null", "-"]);
        decoder.WaitForExit();
    }

    private static Cost Measure(Action work) => MeasureAsync(() =>
    {
        work();
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    private static async Task<Cost> MeasureAsync(Func<Task> work)
    {
        var (wall, cpu) = (Stopwatch.GetTimestamp(), ProcessorTime());
        await work().ConfigureAwait(false);
        return new Cost(Stopwatch.GetElapsedTime(wall), ProcessorTime() - cpu);
    }

    /// <summary>User and system time of this process and of all children that have ended.</summary>
    private static TimeSpan ProcessorTime() => Usage(who: 0) + Usage(who: -1);

    private static TimeSpan Usage(int who)
    {
        Span<long> usage = stackalloc long[18]; // struct rusage on 64-bit Linux: four longs of time, fourteen more
        return getrusage(who, ref MemoryMarshal.GetReference(usage)) == 0
            ? TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3])
            : throw new InvalidOperationException("getrusage failed.");
    }

    [DllImport("libc", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getrusage(int who, ref long usage);

    private static string Milliseconds(LaneReport report, string stage) =>
        string.Create(CultureInfo.InvariantCulture, $"{report.Latencies[stage].P50:0.0}/{report.Latencies[stage].P95:0.0}");

    private static void Print(string line) => Console.WriteLine(line);

    private readonly record struct Cost(TimeSpan Wall, TimeSpan Cpu);
}
