using System.Reflection;
using System.Runtime.InteropServices;
using Dashiban.Reading;
using Dashiban.Vision.Models;
using Dashiban.Vision.Scenes;

namespace Dashiban.Evaluation;

/// <summary>Evaluates the models in use over labelled sets.</summary>
internal static class EvaluationRun
{
    /// <summary>Runs over the set in a folder, or over those in its sub-folders.</summary>
    /// <param name="withPassages">Also lets every plate drive up: eight more looks each.</param>
    /// <param name="progress">Called after each set.</param>
    public static Evaluated Over(string folder, VisionModels models, bool withPassages, TimeProvider time, Action<SetReport> progress)
    {
        using var reader = new PictureReader(models);
        var approaches = withPassages ? new ApproachEvaluation(reader) : null;
        var reports = new List<SetReport>();
        var readings = new List<PlateAnswer>();
        foreach (var set in LabelledSet.Find(folder))
        {
            var evaluation = new SetEvaluation(set, reader, approaches);
            reports.Add(evaluation.Run());
            readings.AddRange(evaluation.Readings);
            progress(reports[^1]);
        }

        var report = new EvaluationReport(
            1, time.GetUtcNow(), Program(), Machine(),
            [.. models.Manifests.Values.Select(manifest => new EvaluatedModel(
                $"{manifest.Name}/{manifest.Version}", manifest.Files.ToDictionary(file => file.File, file => file.Sha256)))],
            reports);
        return new Evaluated(report, readings);
    }

    /// <summary>The part of a report that speaks of one model.</summary>
    public static EvaluationReport About(ModelManifest manifest, EvaluationReport report) => report with
    {
        Models = [.. report.Models.Where(model => model.Model == $"{manifest.Name}/{manifest.Version}")],
        Sets = [.. report.Sets.Where(set => manifest.Task == ModelTask.PlateReading || set.Mode == "end-to-end").Select(set => Part(manifest.Task, set)).OfType<SetReport>()],
    };

    private static SetReport? Part(ModelTask task, SetReport set) => task switch
    {
        ModelTask.SeatClass => set.Seats is null ? null : set with { Plates = null, Strata = null, FalsePlates = null, Vehicles = null, Calibration = null, Passages = null },
        ModelTask.PlateReading => set with { Seats = null, Vehicles = null },
        _ => set with { Seats = null, Strata = null, Calibration = null, Passages = null },
    };

    private static string Program() =>
        typeof(EvaluationRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static string Machine()
    {
        const string Cpu = "/proc/cpuinfo";
        var processor = File.Exists(Cpu)
            ? File.ReadLines(Cpu).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : null;
        return $"{processor ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}";
    }
}

/// <summary>What an evaluation gives.</summary>
/// <param name="Report">The figures.</param>
/// <param name="Readings">What was read of every labelled plate.</param>
internal sealed record Evaluated(EvaluationReport Report, IReadOnlyList<PlateAnswer> Readings);
