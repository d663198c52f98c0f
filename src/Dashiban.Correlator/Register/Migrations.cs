using System.Data.Common;
using System.Globalization;
using System.Reflection;

namespace Dashiban.Correlator.Register;

/// <summary>Numbered SQL files inside the assembly, each applied once and for all, in order.</summary>
internal static class Migrations
{
    private const string Prefix = "Dashiban.Correlator.Register.";

    public static void Apply(DbConnection connection)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY)");
        var applied = connection.Number("SELECT max(number) FROM migration") ?? 0;
        var known = Known();
        if (applied > known[^1].Number)
        {
            throw new InvalidOperationException(
                $"The register was written by a newer version (format {applied}, this one knows {known[^1].Number}). Install that version.");
        }

        foreach (var (number, resource) in known.Where(m => m.Number > applied))
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute(TextOf(resource));
            connection.Execute("INSERT INTO migration (number) VALUES (@number)", ("@number", number));
            transaction.Commit();
        }
    }

    private static (long Number, string Resource)[] Known() =>
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => (long.Parse(name.AsSpan(Prefix.Length, 4), CultureInfo.InvariantCulture), name))
            .Order(),
    ];

    private static string TextOf(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
