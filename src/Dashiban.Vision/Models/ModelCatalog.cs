using System.Globalization;
using System.Security.Cryptography;

namespace Dashiban.Vision.Models;

/// <summary>The folder of models: one sub-folder per name, in it one per version, in it a manifest and its ONNX files.</summary>
public sealed class ModelCatalog
{
    private ModelCatalog(string directory, IReadOnlyList<ModelEntry> entries)
    {
        Directory = directory;
        Entries = entries;
    }

    /// <summary>Full path of the catalogue.</summary>
    public string Directory { get; }

    /// <summary>Every model, by name and then by version, oldest first. Listed is not checked.</summary>
    public IReadOnlyList<ModelEntry> Entries { get; }

    /// <summary>Opens a catalogue: lists what is there, loads nothing.</summary>
    /// <exception cref="ModelMismatchException">There is no such folder, or no model in it.</exception>
    public static ModelCatalog Open(string modelsDirectory)
    {
        var directory = Path.GetFullPath(modelsDirectory);
        var entries = List(directory);
        return entries.Count > 0
            ? new ModelCatalog(directory, entries)
            : throw new ModelMismatchException($"There is no model in {directory}: expected <name>/<version>/manifest.json.");
    }

    /// <summary>The <c>models</c> folder beside the program, or the nearest one above it.</summary>
    /// <exception cref="ModelMismatchException">There is none.</exception>
    public static string FindDefaultDirectory()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var models = Path.Combine(folder.FullName, "models");
            if (List(models).Count > 0)
            {
                return models;
            }
        }

        throw new ModelMismatchException($"There is no models folder in {AppContext.BaseDirectory} or above it; name one with --models.");
    }

    /// <summary>Refuses pins that name no model: a misspelt name would silently pin nothing.</summary>
    /// <exception cref="ModelMismatchException">A pinned version is not in the catalogue.</exception>
    internal void CheckPins(IReadOnlyDictionary<string, int> pinnedVersions)
    {
        foreach (var (name, version) in pinnedVersions)
        {
            if (!Entries.Any(entry => entry.Name == name && entry.Version == version))
            {
                throw new ModelMismatchException($"{name}/{version} is pinned, but {Directory} has only {string.Join(", ", Entries)}.");
            }
        }
    }

    /// <summary>The model for a task: the pinned version where there is one, else the newest.</summary>
    /// <exception cref="ModelMismatchException">A manifest is wrong.</exception>
    internal ModelEntry? Pick(ModelTask task, IReadOnlyDictionary<string, int> pinnedVersions)
    {
        var candidates = Entries.Where(entry => entry.ReadManifest().Task == task).ToList();
        return candidates.Find(entry => pinnedVersions.TryGetValue(entry.Name, out var version) && version == entry.Version)
            ?? candidates.MaxBy(entry => entry.Version);
    }

    private static List<ModelEntry> List(string directory) => !System.IO.Directory.Exists(directory)
        ? []
        : [.. from model in System.IO.Directory.EnumerateDirectories(directory)
              from version in System.IO.Directory.EnumerateDirectories(model)
              where IsVersion(Path.GetFileName(version)) && File.Exists(Path.Combine(version, "manifest.json"))
              let entry = new ModelEntry(Path.GetFileName(model), int.Parse(Path.GetFileName(version), CultureInfo.InvariantCulture), version)
              orderby entry.Name, entry.Version
              select entry];

    private static bool IsVersion(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version.ToString(CultureInfo.InvariantCulture) == name;
}

/// <summary>One version of one model in the catalogue.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Version">Number of its version's folder.</param>
/// <param name="Directory">Full path of that folder.</param>
public sealed record ModelEntry(string Name, int Version, string Directory)
{
    /// <summary>Reads the manifest and checks it against the folder's name and against itself.</summary>
    /// <exception cref="ModelMismatchException">It is wrong.</exception>
    public ModelManifest ReadManifest()
    {
        var manifest = ModelManifest.Parse(Contents("manifest.json"), ToString());
        return manifest.Name == Name && manifest.Version == Version
            ? manifest
            : throw new ModelMismatchException($"{this}: the manifest says {manifest.Name}/{manifest.Version}, the folder {Name}/{Version}.");
    }

    /// <summary>Checks manifest, hashes, and every tensor's name and dimensions against the loaded files.</summary>
    /// <exception cref="ModelMismatchException">Something differs; both sides are shown.</exception>
    public void Verify()
    {
        var manifest = ReadManifest();
        foreach (var file in manifest.Files)
        {
            Load(manifest, file, threads: 1).Dispose();
        }
    }

    /// <summary>Loads one file after checking its hash; the session is checked against the manifest.</summary>
    internal OnnxModel Load(ModelManifest manifest, ModelFile file, int threads)
    {
        var weights = Contents(file.File);
        var hash = Convert.ToHexStringLower(SHA256.HashData(weights));
        return hash == file.Sha256
            ? OnnxModel.Load(weights, manifest, file, threads, ToString())
            : throw new ModelMismatchException($"{this}: sha256 of {file.File}: the manifest says {file.Sha256}, the file has {hash}.");
    }

    /// <summary>Name and version as <c>plate-reader/0</c>.</summary>
    public override string ToString() => $"{Name}/{Version}";

    private byte[] Contents(string file)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(Directory, file));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ModelMismatchException($"{this}: {file} cannot be read: {problem.Message}");
        }
    }
}
