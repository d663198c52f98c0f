using System.Net;
using System.Net.Http.Headers;
using Dashiban.Edge.Outbox;
using Dashiban.Messaging;
using Microsoft.Extensions.Logging;

namespace Dashiban.Edge.Publishing;

/// <summary>Where scene pictures go.</summary>
public sealed record SceneUploadOptions
{
    /// <summary>The correlator's address, for example <c>https://centre.example:8443</c>. Empty: pictures stay at the edge and go with their passages.</summary>
    public string CentreUrl { get; init; } = "";

    /// <summary>File whose first line is the bearer token that the centre gave this edge. Default none.</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>Pause between two looks for new pictures where nothing is waiting: 1 to 3,600 s, default 5 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Every fault of these options as a sentence that says what to do.</summary>
    public IEnumerable<string> Validate()
    {
        if (CentreUrl.Length > 0 && !(Uri.TryCreate(CentreUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            yield return $"CentreUrl {CentreUrl} is no http or https address.";
        }

        if (TokenFile.Length > 0 && !File.Exists(TokenFile))
        {
            yield return $"TokenFile {TokenFile} does not exist: create it, readable for the service's user only.";
        }

        if (Interval < TimeSpan.FromSeconds(1) || Interval > TimeSpan.FromHours(1))
        {
            yield return $"Interval {Interval} is out of range: use 1 second to 1 hour.";
        }
    }
}

/// <summary>What the centre's answer means for a picture.</summary>
internal enum SceneFate
{
    /// <summary>The centre has it.</summary>
    Kept,

    /// <summary>The centre will never take these bytes for this passage.</summary>
    Refused,

    /// <summary>Not this one now; others may go.</summary>
    NotYet,

    /// <summary>The centre takes nothing at the moment.</summary>
    CentreAway,
}

/// <summary>
/// Brings scene pictures to the centre over HTTP, one after the other, once their passage is confirmed. They never travel through
/// the broker. A picture that cannot be brought is tried again until it is removed with its passage.
/// </summary>
public sealed partial class SceneUploader(EdgeOutbox outbox, SceneUploadOptions options, HttpClient http, TimeProvider time, Func<double> random, ILogger<SceneUploader> log)
{
    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
    private readonly ILogger<SceneUploader> _log = log;
    private int _failures;
    private long _uploaded;

    /// <summary>Pictures that the centre took since the start.</summary>
    public long Uploaded => Volatile.Read(ref _uploaded);

    /// <summary>Uploads until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (options.CentreUrl.Length == 0)
        {
            return;
        }

        try
        {
            var after = 0L;
            while (true)
            {
                var scene = outbox.ReadSceneAfter(after);
                var fate = scene is null ? SceneFate.NotYet : await UploadAsync(scene, stop).ConfigureAwait(false);
                after = scene is null || fate == SceneFate.CentreAway ? 0 : scene.Sequence;
                if (scene is null || fate == SceneFate.CentreAway)
                {
                    await Task.Delay(_failures == 0 ? options.Interval : _backoff.After(_failures, random()), time, stop).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped; the rest goes after the next start.
        }
    }

    internal static SceneFate Judge(HttpStatusCode answer) => answer switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => SceneFate.Kept,
        HttpStatusCode.NotFound => SceneFate.NotYet,
        HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.RequestEntityTooLarge
            or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity => SceneFate.Refused,
        _ => SceneFate.CentreAway,
    };

    private async Task<SceneFate> UploadAsync(PendingScene scene, CancellationToken stop)
    {
        var fate = await SendAsync(scene, stop).ConfigureAwait(false);
        if (fate == SceneFate.CentreAway)
        {
            _failures++;
            return fate;
        }

        _failures = 0;
        if (fate == SceneFate.NotYet)
        {
            return fate;
        }

        if (fate == SceneFate.Refused)
        {
            LogRefused(scene.Sequence);
        }
        else
        {
            Interlocked.Increment(ref _uploaded);
        }

        await outbox.SettleSceneAsync(scene.Sequence, stop).ConfigureAwait(false);
        return fate;
    }

    private async Task<SceneFate> SendAsync(PendingScene scene, CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"{options.CentreUrl.TrimEnd('/')}/api/scenes/{outbox.Id:n}/{scene.Sequence}")
            {
                Content = new ReadOnlyMemoryContent(scene.Jpeg) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } },
            };
            if (options.TokenFile.Length > 0)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadLines(options.TokenFile).FirstOrDefault());
            }

            using var answer = await http.SendAsync(request, stop).ConfigureAwait(false);
            var fate = Judge(answer.StatusCode);
            if (fate == SceneFate.CentreAway && _failures == 0)
            {
                LogAway($"it answers {(int)answer.StatusCode}");
            }

            return fate;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or UnauthorizedAccessException || (broken is OperationCanceledException && !stop.IsCancellationRequested))
        {
            if (_failures == 0)
            {
                LogAway(broken.Message);
            }

            return SceneFate.CentreAway;
        }
    }

    [LoggerMessage(1325, LogLevel.Warning, "The centre takes no scene pictures: {Reason}. They wait at the edge; trying again")]
    private partial void LogAway(string reason);

    [LoggerMessage(1326, LogLevel.Warning, "The centre refuses the scene picture of passage {Sequence} for good")]
    private partial void LogRefused(long sequence);
}
