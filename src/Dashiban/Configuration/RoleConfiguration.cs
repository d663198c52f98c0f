using Dashiban.Correlator;
using Dashiban.Domain.Rules;
using Dashiban.Edge;

namespace Dashiban.Configuration;

/// <summary>
/// One configuration file: the role's own options under the role's name, and what both roles share. A file may hold both roles;
/// each command takes its own.
/// </summary>
internal sealed record RoleConfiguration
{
    public EdgeOptions? Edge { get; init; }

    public CorrelatorOptions? Correlator { get; init; }

    public ListFileOptions Lists { get; init; } = new();

    public RuleOptions Rules { get; init; } = new();

    /// <summary>Folder of the models. Empty (default): <c>models</c> beside the program.</summary>
    public string Models { get; init; } = "";

    /// <summary>Reads a file for one role, or for whatever roles it holds.</summary>
    /// <param name="path">The JSON file.</param>
    /// <param name="needsEdge">An error where the file has no edge.</param>
    /// <param name="needsCorrelator">An error where the file has no correlator.</param>
    public static StrictConfiguration.Outcome<RoleConfiguration> Load(string path, bool needsEdge = false, bool needsCorrelator = false) =>
        StrictConfiguration.Load<RoleConfiguration>(
            path, StrictConfiguration.ProcessEnvironment(), options => options.Validate(DirectoryOf(path), needsEdge, needsCorrelator));

    /// <summary>The lists of this configuration; relative names count from the folder of the file.</summary>
    public OfficeLists ReadLists(string path) => ListFiles.Read(Lists, Rules, DirectoryOf(path));

    private IEnumerable<string> Validate(string directory, bool needsEdge, bool needsCorrelator)
    {
        if (needsEdge && Edge is null)
        {
            yield return "edge: is missing; this file configures no edge.";
        }

        if (needsCorrelator && Correlator is null)
        {
            yield return "correlator: is missing; this file configures no correlator.";
        }

        if (Edge is null && Correlator is null && !needsEdge && !needsCorrelator)
        {
            yield return "edge, correlator: both are missing; this file configures nothing.";
        }

        foreach (var error in (Edge?.Validate() ?? []).Select(e => $"edge: {e}")
            .Concat((Correlator?.Validate() ?? []).Select(e => $"correlator: {e}"))
            .Concat(ListFiles.Validate(Lists, directory))
            .Concat(Rules.Validate()))
        {
            yield return error;
        }

        if (Models.Length > 0 && !Directory.Exists(Models))
        {
            yield return $"models: folder {Models} does not exist.";
        }
    }

    private static string DirectoryOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
}
