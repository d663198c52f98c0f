using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Dashiban.Correlator.Influx;

/// <summary>One write request of the documented HTTP API, v1 or v2, gzip-compressed. Owns its HTTP client.</summary>
internal sealed class InfluxWriter : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _address;

    public InfluxWriter(InfluxOptions options)
    {
        _http = new() { Timeout = TimeSpan.FromSeconds(options.RequestSeconds) };
        _http.DefaultRequestHeaders.Authorization = Credentials(options);
        _address = AddressOf(options);
    }

    /// <summary>Null when the server has taken the lines. Only the caller's cancellation is thrown.</summary>
    public async Task<(ExportFailure Kind, string Reason)?> WriteAsync(IReadOnlyList<string> lines, CancellationToken cancel)
    {
        try
        {
            using var content = new ByteArrayContent(Compress(lines));
            content.Headers.ContentType = new("text/plain") { CharSet = "utf-8" };
            content.Headers.ContentEncoding.Add("gzip");
            using var answer = await _http.PostAsync(_address, content, cancel);
            return answer.IsSuccessStatusCode ? null : (KindOf(answer.StatusCode), await ReasonOfAsync(answer, cancel));
        }
        catch (HttpRequestException error)
        {
            return (ExportFailure.Unreachable, error.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (ExportFailure.Unreachable, $"no answer within {_http.Timeout.TotalSeconds:0} s");
        }
    }

    public void Dispose() => _http.Dispose();

    private static Uri AddressOf(InfluxOptions options)
    {
        var bucket = Uri.EscapeDataString(options.Bucket);
        var path = options.Api == InfluxApi.V2
            ? $"/api/v2/write?org={Uri.EscapeDataString(options.Org)}&bucket={bucket}&precision=ns"
            : $"/write?db={bucket}&precision=ns";
        return new(options.Url!.TrimEnd('/') + path);
    }

    private static AuthenticationHeaderValue? Credentials(InfluxOptions options) => options switch
    {
        { Api: InfluxApi.V2, Token: { } token } => new("Token", token),
        { Api: InfluxApi.V1, User: { } user } => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Password}"))),
        _ => null,
    };

    private static byte[] Compress(IReadOnlyList<string> lines)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var text = new StreamWriter(gzip, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            foreach (var line in lines)
            {
                text.Write(line);
                text.Write('\n');
            }
        }

        return bytes.ToArray();
    }

    private static ExportFailure KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound
            or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => ExportFailure.Refused,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => ExportFailure.Malformed,
        _ => ExportFailure.Refused,
    };

    private static async Task<string> ReasonOfAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        const int Most = 300;
        var body = (await answer.Content.ReadAsStringAsync(cancel)).Trim();
        return $"{(int)answer.StatusCode} {(body.Length <= Most ? body : body[..Most])}";
    }
}
