namespace Dashiban.Correlator.Influx;

/// <summary>Which of the two documented HTTP APIs the server speaks.</summary>
public enum InfluxApi
{
    /// <summary><c>/api/v2/write</c> with organisation, bucket and token: InfluxDB 2, also VictoriaMetrics.</summary>
    V2,

    /// <summary><c>/write</c> with a database: InfluxDB 1, also VictoriaMetrics.</summary>
    V1,
}

/// <summary>Where the fleet's figures go as InfluxDB line protocol. No plate is ever among them.</summary>
public sealed record InfluxOptions
{
    /// <summary>Base address, for example <c>http://127.0.0.1:8428</c>; null (default) exports nothing.</summary>
    public string? Url { get; init; }

    /// <summary>Default <see cref="InfluxApi.V2"/>.</summary>
    public InfluxApi Api { get; init; } = InfluxApi.V2;

    /// <summary>Organisation (V2), default <c>dashiban</c>.</summary>
    public string Org { get; init; } = "dashiban";

    /// <summary>Bucket (V2) or database (V1), default <c>dashiban</c>. A database must exist before the first write.</summary>
    public string Bucket { get; init; } = "dashiban";

    /// <summary>Token (V2); null (default) sends none.</summary>
    public string? Token { get; init; }

    /// <summary>User (V1); null (default) sends none.</summary>
    public string? User { get; init; }

    /// <summary>Password (V1).</summary>
    public string? Password { get; init; }

    /// <summary>Seconds between two writes, 1 to 300, default 10. Longer writes fewer, larger requests.</summary>
    public int FlushSeconds { get; init; } = 10;

    /// <summary>Most lines in one request, 1 to 10,000, default 5,000.</summary>
    public int BatchLines { get; init; } = 5_000;

    /// <summary>
    /// Most lines kept while the server does not answer, 1,000 to 1,000,000, default 100,000 (about 20 MB, several hours of ten
    /// cameras). Beyond it the oldest are dropped and counted.
    /// </summary>
    public int PendingLines { get; init; } = 100_000;

    /// <summary>Seconds until a request counts as failed, 1 to 120, default 10.</summary>
    public int RequestSeconds { get; init; } = 10;

    /// <summary>Longest wait between two attempts in seconds, 1 to 600, default 60.</summary>
    public int LongestBackoffSeconds { get; init; } = 60;

    /// <summary>
    /// Attempts that a server may answer with an error of its own (5xx, 429) until the batch is dropped and counted, 1 to 1,000,
    /// default 20. A server that cannot be reached is waited for without limit.
    /// </summary>
    public int MostAttempts { get; init; } = 20;

    /// <summary>All that is wrong with these options, each in a sentence that says what to do.</summary>
    public IEnumerable<string> Validate()
    {
        if (Url is not null && !(Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            yield return $"Url: '{Url}' is no address; write for example http://127.0.0.1:8428, or leave it out to export nothing.";
        }

        if (string.IsNullOrWhiteSpace(Bucket))
        {
            yield return "Bucket: empty; name the bucket (V2) or the database (V1).";
        }

        foreach (var (name, value, least, most) in Ranges())
        {
            if (value < least || value > most)
            {
                yield return $"{name}: {value} is not between {least} and {most}.";
            }
        }
    }

    private IEnumerable<(string Name, int Value, int Least, int Most)> Ranges() =>
    [
        (nameof(FlushSeconds), FlushSeconds, 1, 300),
        (nameof(BatchLines), BatchLines, 1, 10_000),
        (nameof(PendingLines), PendingLines, 1_000, 1_000_000),
        (nameof(RequestSeconds), RequestSeconds, 1, 120),
        (nameof(LongestBackoffSeconds), LongestBackoffSeconds, 1, 600),
        (nameof(MostAttempts), MostAttempts, 1, 1_000),
    ];
}
