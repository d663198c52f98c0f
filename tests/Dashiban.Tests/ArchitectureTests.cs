using System.Reflection;
using System.Xml.Linq;
using Dashiban.Testing;
using Microsoft.Extensions.Logging;

namespace Dashiban.Tests;

/// <summary>What <c>src/ARCHITECTURE.md</c> claims about the shape of the code, held by the build.</summary>
public sealed class ArchitectureTests
{
    private static readonly string Root = Checkout.Root;

    [Fact]
    public void Domain_has_no_packages_and_no_clock()
    {
        var project = XDocument.Load(Path.Combine(Root, "src/Dashiban.Domain/Dashiban.Domain.csproj"));

        Assert.Empty(project.Descendants("PackageReference"));
        Assert.Empty(project.Descendants("ProjectReference"));
        Assert.Empty(project.Descendants("FrameworkReference"));
        Assert.Contains(project.Descendants("AdditionalFiles"), f => f.Attribute("Include")?.Value == "BannedSymbols.txt");
        Assert.Contains("T:System.TimeProvider;", File.ReadAllText(Path.Combine(Root, "src/Dashiban.Domain/BannedSymbols.txt")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dashiban.Vision", new string[0])]
    [InlineData("Dashiban.Messaging", new[] { "Dashiban.Domain" })]
    [InlineData("Dashiban.SyntheticRoad", new string[0])]
    [InlineData("Dashiban.Edge", new[] { "Dashiban.Domain", "Dashiban.Messaging", "Dashiban.Vision" })]
    [InlineData("Dashiban.Correlator", new[] { "Dashiban.Domain", "Dashiban.Messaging" })]
    public void Projects_know_only_those_below_them(string project, string[] expected)
    {
        var references = XDocument.Load(Path.Combine(Root, $"src/{project}/{project}.csproj"))
            .Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value))
            .Order();

        Assert.Equal(expected, references);
    }

    [Fact]
    public void Log_event_ids_are_unique()
    {
        var messages =
            from assembly in ProductAssemblies()
            from type in assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
            where attribute is not null
            group $"{type.Name}.{method.Name}" by attribute.EventId;

        Assert.All(messages, sharing => Assert.True(sharing.Count() == 1, $"event id {sharing.Key}: {string.Join(", ", sharing)}"));
    }

    [Fact]
    public void No_folder_or_type_hides_behind_a_word_without_meaning()
    {
        string[] forbidden = ["Helper", "Common", "Service", "Util", "Manager"];
        var names =
            from file in Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            let relative = Path.GetRelativePath(Root, file)
            where forbidden.Any(word => relative.Contains(word, StringComparison.Ordinal))
            select relative;

        Assert.Empty(names);
    }

    private static IEnumerable<Assembly> ProductAssemblies() =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(f => Path.GetFileName(f) is var name && (name == "dashiban.dll"
                || (name.StartsWith("Dashiban.", StringComparison.Ordinal) && !name.Contains("Test", StringComparison.Ordinal))))
            .Select(Assembly.LoadFrom);
}
