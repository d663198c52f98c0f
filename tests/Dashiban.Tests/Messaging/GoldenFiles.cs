using Dashiban.Messaging;

namespace Dashiban.Tests.Messaging;

/// <summary>
/// Payloads that were shipped once must be readable for ever. To add one, write the file by hand; never change one that exists.
/// </summary>
public sealed class GoldenFiles
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Messaging", "Golden");

    public static string PathOf(string file) => Path.Combine(Folder, file);

    public static TheoryData<string> Shipped(string pattern) => [.. Directory.GetFiles(Folder, pattern).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Shipped), "passage.v1.*.json")]
    public void Every_shipped_passage_version_is_readable(string file)
    {
        Assert.True(WireMapping.TryReadPassage(File.ReadAllBytes(PathOf(file)), out var passage, out var refusal), refusal?.Reason);
        Assert.Equal("渝BD1234", passage.Passage.Plate.Value);
        Assert.Equal("xinli-in", passage.Passage.Camera);
        Assert.Equal(42, passage.Id.Sequence);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 0, 0, 0, 250, TimeSpan.Zero), passage.Passage.CapturedAt);
    }

    [Theory]
    [MemberData(nameof(Shipped), "hit.v1.*.json")]
    public void Every_shipped_hit_version_is_readable(string file)
    {
        Assert.True(WireMapping.TryReadHit(File.ReadAllBytes(PathOf(file)), out var hit, out var refusal), refusal?.Reason);
        Assert.Equal("round-trips", hit.Change.Finding.Key.Rule);
        Assert.Equal([3, 9, 42], hit.Change.Finding.Evidence.Select(id => id.Sequence));
    }

    [Theory]
    [MemberData(nameof(Shipped), "recorded.v1.*.json")]
    public void Every_shipped_confirmation_version_is_readable(string file) =>
        Assert.True(WireMapping.TryReadRecorded(File.ReadAllBytes(PathOf(file)), out _, out var refusal), refusal?.Reason);

    [Theory]
    [MemberData(nameof(Shipped), "heartbeat.v1.*.json")]
    public void Every_shipped_heartbeat_version_is_readable(string file) =>
        Assert.True(WireMapping.TryReadHeartbeat(File.ReadAllBytes(PathOf(file)), out _, out var refusal), refusal?.Reason);

    /// <summary>The schema for other readers is approved by a person: copy <c>*.received</c> over the approved file when the change is meant.</summary>
    [Fact]
    public void The_json_schemas_are_the_approved_ones()
    {
        var changed = new List<string>();
        foreach (var (name, schema) in WireJson.Schemas())
        {
            var approved = Path.Combine(AppContext.BaseDirectory, "Messaging", "Schemas", $"{name}.json");
            if (!File.Exists(approved) || File.ReadAllText(approved).TrimEnd() != schema)
            {
                File.WriteAllText(approved + ".received", schema + "\n");
                changed.Add(approved + ".received");
            }
        }

        Assert.True(changed.Count == 0, $"not the approved schema, see {string.Join(", ", changed)}");
    }
}
