using Dashiban.Correlator.Influx;
using Dashiban.Correlator.Ingest;
using Dashiban.Correlator.Pages;
using Dashiban.Correlator.Register;
using Dashiban.Messaging;

namespace Dashiban.Correlator;

/// <summary>The centre: where it keeps its journal, how it reaches the broker, where the page is.</summary>
public sealed record CorrelatorOptions
{
    /// <summary>Folder of the journal, made where it is missing. Default <c>var/correlator</c>, relative to the working directory.</summary>
    public string DataFolder { get; init; } = "var/correlator";

    public MqttLinkOptions Link { get; init; } = new();

    public IngestOptions Ingest { get; init; } = new();

    public RegisterOptions Register { get; init; } = new();

    public WebOptions Web { get; init; } = new();

    public InfluxOptions Influx { get; init; } = new();

    /// <summary>Everything that is wrong, one sentence each, with the key it stands under.</summary>
    public IEnumerable<string> Validate() =>
    [
        .. DataFolder.Length == 0 ? ["dataFolder: is empty; name the folder of the journal."] : Array.Empty<string>(),
        .. Link.Validate().Select(e => $"link: {e}"),
        .. Ingest.Validate().Select(e => $"ingest: {e}"),
        .. Register.Validate().Select(e => $"register: {e}"),
        .. Web.Validate().Select(e => $"web: {e}"),
        .. Influx.Validate().Select(e => $"influx: {e}"),
    ];
}
