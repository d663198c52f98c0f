using Dashiban.Configuration;

namespace Dashiban.Tests.Configuration;

public sealed class StrictConfigurationTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void A_whole_file_reaches_every_property()
    {
        var outcome = Load("""
            { "name": "a", "stall": "00:00:07", "mode": "Fast", "link": { "port": 1884 }, "cameras": [ { "id": "x" }, { "id": "y" } ] }
            """);

        Assert.Empty(outcome.Errors);
        Assert.Equal("a", outcome.Options!.Name);
        Assert.Equal(TimeSpan.FromSeconds(7), outcome.Options.Stall);
        Assert.Equal(SampleMode.Fast, outcome.Options.Mode);
        Assert.Equal(1884, outcome.Options.Link.Port);
        Assert.Equal(["x", "y"], outcome.Options.Cameras.Select(c => c.Id));
    }

    [Fact]
    public void A_bad_config_names_every_error()
    {
        var outcome = Load("""
            { "nmae": "a", "stall": "soon", "mode": "Fastest", "link": { "port": "x", "hots": "h" }, "cameras": [ { "id": "x", "urll": "" } ] }
            """);

        Assert.Null(outcome.Options);
        Assert.Equal(6, outcome.Errors.Count);
        Assert.Contains(outcome.Errors, e => e.StartsWith("nmae: unknown key", StringComparison.Ordinal) && e.Contains("«name»", StringComparison.Ordinal));
        Assert.Contains(outcome.Errors, e => e.StartsWith("stall: «soon»", StringComparison.Ordinal));
        Assert.Contains(outcome.Errors, e => e.StartsWith("mode: «Fastest»", StringComparison.Ordinal) && e.Contains("Plain, Fast", StringComparison.Ordinal));
        Assert.Contains(outcome.Errors, e => e.StartsWith("link:port: «x»", StringComparison.Ordinal));
        Assert.Contains(outcome.Errors, e => e.StartsWith("link:hots: unknown key", StringComparison.Ordinal));
        Assert.Contains(outcome.Errors, e => e.StartsWith("cameras:0:urll: unknown key", StringComparison.Ordinal));
    }

    [Fact]
    public void The_environment_wins_over_the_file()
    {
        var outcome = Load("""{ "link": { "port": 1884 } }""", new("DASHIBAN_Link__Port", "1999"), new("OTHER_Link__Port", "1"));

        Assert.Equal(1999, outcome.Options!.Link.Port);
    }

    [Fact]
    public void Validation_speaks_once_binding_succeeded()
    {
        var outcome = StrictConfiguration.Load<SampleOptions>(Write("{}"), [], _ => ["name: is missing", "cameras: at least one"]);

        Assert.Null(outcome.Options);
        Assert.Equal(["name: is missing", "cameras: at least one"], outcome.Errors);
    }

    [Theory]
    [InlineData("{ \"name\": ")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\0\0\0")]
    public void Anything_but_a_JSON_object_is_one_clear_error(string text)
    {
        var outcome = Load(text);

        Assert.Null(outcome.Options);
        Assert.Contains("is not valid JSON", Assert.Single(outcome.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_one_clear_error()
    {
        var outcome = StrictConfiguration.Load<SampleOptions>("/nowhere/edge.json", [], _ => []);

        Assert.Contains("cannot be read", Assert.Single(outcome.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "link": 3 }""", "link: holds keys of its own")]
    [InlineData("""{ "name": { "a": 1 } }""", "name: is a single value")]
    [InlineData("""{ "cameras": "x" }""", "cameras: is a list")]
    public void A_value_of_the_wrong_shape_is_named(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Single(Load(text).Errors), StringComparison.Ordinal);

    public void Dispose() => File.Delete(_file);

    private StrictConfiguration.Outcome<SampleOptions> Load(string json, params KeyValuePair<string, string?>[] environment) =>
        StrictConfiguration.Load<SampleOptions>(Write(json), environment, _ => []);

    private string Write(string json)
    {
        File.WriteAllText(_file, json);
        return _file;
    }

    internal enum SampleMode
    {
        Plain,
        Fast,
    }

    internal sealed record SampleOptions
    {
        public string Name { get; init; } = string.Empty;
        public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(5);
        public SampleMode Mode { get; init; }
        public SampleLink Link { get; init; } = new();
        public IReadOnlyList<SampleCamera> Cameras { get; init; } = [];
    }

    internal sealed record SampleLink
    {
        public string Host { get; init; } = "127.0.0.1";
        public int Port { get; init; } = 1883;
    }

    internal sealed record SampleCamera(string Id, string Url = "");
}
