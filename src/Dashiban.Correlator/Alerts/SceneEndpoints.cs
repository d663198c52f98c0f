using System.Globalization;
using Dashiban.Correlator.Leads;
using Dashiban.Correlator.Pages;
using Dashiban.Domain.Passages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Dashiban.Correlator.Alerts;

/// <summary>
/// Scene pictures: roadsides put them after the centre has confirmed the passage, officers look at them. A picture is kept only
/// where a recorded passage announced exactly these bytes, so whoever can reach the address cannot plant another one.
/// </summary>
internal static partial class SceneEndpoints
{
    /// <summary>Largest scene picture in bytes.</summary>
    public const int SceneBytes = 1024 * 1024;

    public static string PathOf(PassageId id) => string.Create(CultureInfo.InvariantCulture, $"/api/scenes/{id.Outbox:n}/{id.Sequence}");

    public static RouteHandlerBuilder MapRead(IEndpointRouteBuilder api) => api.MapGet("/scenes/{outbox:guid}/{sequence:long}", ReadAsync)
        .WithTags("Scenes").WithName("ReadScene").WithSummary("The scene picture of a passage as JPEG; 404 until it has arrived. Who looks and why is required and logged.")
        .Produces<byte[]>(StatusCodes.Status200OK, "image/jpeg");

    public static RouteHandlerBuilder MapKeep(IEndpointRouteBuilder api) => api.MapPut("/scenes/{outbox:guid}/{sequence:long}", KeepAsync)
        .WithTags("Scenes").WithName("KeepScene").WithSummary("Uploads the scene picture that a recorded passage announced by SHA-256.")
        .WithMetadata(new RequestSizeLimitAttribute(SceneBytes))
        .Accepts<byte[]>("image/jpeg").DisableAntiforgery();

    private static async Task<Results<FileContentHttpResult, NotFound, ValidationProblem>> ReadAsync(
        ILeadDesk desk,
        HttpContext http,
        ILoggerFactory logs,
        Guid outbox,
        long sequence,
        CancellationToken cancel,
        [FromQuery] string? who = null,
        [FromQuery] string? why = null)
    {
        var viewer = Officer.Of(http.User) ?? new Officer(who?.Trim() ?? "", why?.Trim() ?? "");
        if (viewer.Name.Length == 0 || viewer.Purpose.Length == 0)
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["who, why"] = ["Say who looks and why, or sign in."] });
        }

        if (await desk.ReadSceneAsync(new(outbox, sequence), cancel) is not { } jpeg)
        {
            return TypedResults.NotFound();
        }

        LogLooked(logs.CreateLogger("Dashiban.Scenes"), new PassageId(outbox, sequence), viewer.Name, viewer.Purpose);

        // A plate can be read in it: no cache on the way or on disk may keep it.
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(jpeg.ToArray(), "image/jpeg");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> KeepAsync(
        ILeadDesk desk, HttpRequest request, Guid outbox, long sequence, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        var jpeg = body.GetBuffer().AsMemory(0, (int)body.Length);
        return await desk.KeepSceneAsync(new(outbox, sequence), jpeg, cancel)
            ? TypedResults.NoContent()
            : TypedResults.Problem(
                "No recorded passage announced a scene with this SHA-256. If the passage is not recorded yet, try again later.",
                statusCode: StatusCodes.Status409Conflict);
    }

    [LoggerMessage(1501, LogLevel.Information, "Scene {Passage} looked at by {Who}: {Why}")]
    private static partial void LogLooked(ILogger log, PassageId passage, string who, string why);
}
