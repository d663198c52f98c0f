namespace Dashiban.Testing;

/// <summary>The checkout that the tests run from.</summary>
internal static class Checkout
{
    /// <summary>Its root folder: the nearest one above the test program that holds <c>Dashiban.sln</c>.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dashiban.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run from inside a checkout: Dashiban.sln was not found above them.");
    }
}
