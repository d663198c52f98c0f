namespace Dashiban.Vision.Models;

/// <summary>The folder of models: one sub-folder per name, in it one per version, in it a manifest and its ONNX files.</summary>
public sealed class ModelCatalog
{
    private ModelCatalog(string directory) => Directory = directory;

    /// <summary>Full path of the catalogue.</summary>
    public string Directory { get; }

    /// <summary>Opens a catalogue.</summary>
    /// <exception cref="ModelMismatchException">There is no such folder.</exception>
    public static ModelCatalog Open(string modelsDirectory) => new(Path.GetFullPath(modelsDirectory));

    /// <summary>The <c>models</c> folder beside the program, or the nearest one above it.</summary>
    /// <exception cref="ModelMismatchException">There is none.</exception>
    public static string FindDefaultDirectory() => throw new NotImplementedException();
}
