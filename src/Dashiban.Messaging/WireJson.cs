using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Dashiban.Messaging;

/// <summary>
/// JSON of the wire: camelCase, unknown members skipped, missing required members refused, duplicates refused, size and depth
/// bounded. Reading never throws; it gives a reason. Whether the content makes sense is asked by <see cref="WireMapping"/>.
/// </summary>
public static class WireJson
{
    /// <summary>The largest payload that is looked at: a passage with a full plate crop is about 20 KB.</summary>
    public const int MostBytes = 64 * 1024;

    private static readonly WireContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
        // A technician reads these payloads at the roadside: 渝 and not \u6e1d. Characters that matter to HTML stay escaped.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });

    public static byte[] Write(PassageReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Context.PassageReport);

    public static byte[] Write(HitReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Context.HitReport);

    public static byte[] Write(RecordedReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Context.RecordedReport);

    public static byte[] Write(HeartbeatReport report) => JsonSerializer.SerializeToUtf8Bytes(report, Context.HeartbeatReport);

    public static bool TryRead(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out PassageReport? report, [NotNullWhen(false)] out string? reason) =>
        TryRead(payload, Context.PassageReport, out report, out reason);

    public static bool TryRead(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out HitReport? report, [NotNullWhen(false)] out string? reason) =>
        TryRead(payload, Context.HitReport, out report, out reason);

    public static bool TryRead(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out RecordedReport? report, [NotNullWhen(false)] out string? reason) =>
        TryRead(payload, Context.RecordedReport, out report, out reason);

    public static bool TryRead(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out HeartbeatReport? report, [NotNullWhen(false)] out string? reason) =>
        TryRead(payload, Context.HeartbeatReport, out report, out reason);

    /// <summary>JSON Schema of the four payloads by name, for whoever writes another reader.</summary>
    public static IReadOnlyDictionary<string, string> Schemas() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["heartbeat.v1"] = Schema(Context.HeartbeatReport),
        ["hit.v1"] = Schema(Context.HitReport),
        ["passage.v1"] = Schema(Context.PassageReport),
        ["recorded.v1"] = Schema(Context.RecordedReport),
    };

    private static bool TryRead<T>(ReadOnlySpan<byte> payload, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? report, [NotNullWhen(false)] out string? reason)
        where T : class
    {
        report = null;
        if (payload.Length > MostBytes)
        {
            reason = $"{payload.Length} bytes are more than the {MostBytes} that are read";
            return false;
        }

        try
        {
            report = JsonSerializer.Deserialize(payload, type);
            reason = report is null ? "the payload is null" : null;
        }
        catch (JsonException refused)
        {
            // The path is ours, the value is not: the message of the exception may quote the payload, and a payload may hold a plate.
            reason = $"not readable as {typeof(T).Name} at {refused.Path ?? "$"}, byte {refused.BytePositionInLine ?? 0}";
        }

        return reason is null;
    }

    private static string Schema<T>(JsonTypeInfo<T> type) =>
        type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true })
            .ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}

[JsonSerializable(typeof(PassageReport))]
[JsonSerializable(typeof(HitReport))]
[JsonSerializable(typeof(RecordedReport))]
[JsonSerializable(typeof(HeartbeatReport))]
internal sealed partial class WireContext : JsonSerializerContext;
