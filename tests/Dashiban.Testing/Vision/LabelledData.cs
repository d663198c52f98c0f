namespace Dashiban.Testing.Vision;

/// <summary>Labelled photographs that lie beside the repository and never in it; tests that need them say so and are skipped without.</summary>
public static class LabelledData
{
    /// <summary>A folder of the test-only sets, or null where it is not there. <c>DASHIBAN_DATA</c> names another place than <c>../shared/data</c>.</summary>
    public static string? TestOnly(string set)
    {
        var root = Environment.GetEnvironmentVariable("DASHIBAN_DATA") ?? BesideRepository();
        var folder = root is null ? null : Path.Combine(root, "test-only", set);
        return Directory.Exists(folder) ? folder : null;
    }

    /// <summary>The message of a test that is skipped.</summary>
    public static string Missing(string set) => $"The labelled photographs test-only/{set} are not there; set DASHIBAN_DATA to the folder that holds test-only.";

    private static string? BesideRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        return null;
    }
}
