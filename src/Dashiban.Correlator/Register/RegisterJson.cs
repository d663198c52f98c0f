using System.Text.Json;
using System.Text.Json.Serialization;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Rules;

namespace Dashiban.Correlator.Register;

/// <summary>JSON inside the register's columns. Names are part of the stored format: renaming a member needs a migration.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Passage))]
[JsonSerializable(typeof(RulePack))]
[JsonSerializable(typeof(IReadOnlyList<Reason>))]
[JsonSerializable(typeof(IReadOnlyList<PassageId>))]
internal sealed partial class RegisterJson : JsonSerializerContext
{
    /// <summary>A passage without its crop, which has a column of its own.</summary>
    public static string Write(Passage passage) => JsonSerializer.Serialize(passage with { PlateCropJpeg = default }, Default.Passage);

    public static Passage ReadPassage(string body) => JsonSerializer.Deserialize(body, Default.Passage)!;

    /// <summary>Equal packs give equal text.</summary>
    public static string Write(RulePack pack) => JsonSerializer.Serialize(pack, Default.RulePack);

    public static RulePack ReadPack(string body) => JsonSerializer.Deserialize(body, Default.RulePack)!;
}
