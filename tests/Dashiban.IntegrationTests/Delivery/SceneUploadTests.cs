using System.Collections.Concurrent;
using Dashiban.Edge.Outbox;
using Dashiban.Edge.Publishing;
using Dashiban.IntegrationTests.Outbox;
using Dashiban.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashiban.IntegrationTests.Delivery;

/// <summary>Scene pictures over real HTTP to a centre that answers as scripted.</summary>
public sealed class SceneUploadTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private readonly ConcurrentQueue<(string Path, byte[] Body, string Authorization)> _received = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<int>> _answers = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new();
    private WebApplication _centre = null!;
    private RunningOutbox _outbox = null!;
    private Task _run = Task.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _centre = builder.Build();
        _centre.Urls.Add("http://127.0.0.1:0");
        _centre.MapPut("/api/scenes/{outbox}/{sequence}", async (HttpRequest request, string sequence) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            _received.Enqueue((request.Path, body.ToArray(), request.Headers.Authorization.ToString()));
            return Results.StatusCode(_answers.TryGetValue(sequence, out var script) && script.TryDequeue(out var answer) ? answer : 204);
        });
        await _centre.StartAsync(Cancel);
        _outbox = new RunningOutbox(EdgeOutbox.Open(new OutboxOptions { File = _folder["outbox.db"] }, "edge", null, TimeProvider.System, () => 0.5, NullLogger.Instance));
        for (var i = 1; i <= 4; i++)
        {
            await _outbox.Outbox.AppendAsync(SomePassages.Minibus(), new byte[] { (byte)i, 2, 3 }, Cancel);
        }
    }

    [Fact]
    public async Task Only_pictures_of_confirmed_passages_go_with_the_edges_token()
    {
        await _outbox.Outbox.ConfirmThroughAsync(2, Cancel);
        var uploader = Start();
        await Eventually.IsTrueAsync(() => uploader.Uploaded == 2, "two went");

        var id = _outbox.Outbox.Id.ToString("n");
        Assert.Equal([$"/api/scenes/{id}/1", $"/api/scenes/{id}/2"], _received.Select(put => put.Path));
        Assert.Equal([1, 2, 3], _received.First().Body);
        Assert.All(_received, put => Assert.Equal("Bearer sesame-sesame-sesame", put.Authorization));

        await _outbox.Outbox.ConfirmThroughAsync(4, Cancel);
        await Eventually.IsTrueAsync(() => _outbox.Outbox.ReadSceneAfter(0) is null, "the others followed and were settled");
        Assert.Equal(4, uploader.Uploaded);
    }

    [Fact]
    public async Task A_picture_that_the_centre_does_not_know_yet_waits_and_one_that_it_refuses_is_given_up()
    {
        Script("1", 404, 404, 204);
        Script("2", 409);
        Script("3", 503, 204);
        await _outbox.Outbox.ConfirmThroughAsync(4, Cancel);
        var uploader = Start();
        await Eventually.IsTrueAsync(() => _outbox.Outbox.ReadSceneAfter(0) is null, "all are settled");

        Assert.Equal(3, uploader.Uploaded);
        Assert.Equal(3, _received.Count(put => put.Path.EndsWith("/1", StringComparison.Ordinal)));
        Assert.Single(_received, put => put.Path.EndsWith("/2", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        await _outbox.DisposeAsync();
        await _centre.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }

    private void Script(string sequence, params int[] answers) => _answers[sequence] = new ConcurrentQueue<int>(answers);

    private SceneUploader Start()
    {
        File.WriteAllText(_folder["token"], "sesame-sesame-sesame\n");
        var options = new SceneUploadOptions { CentreUrl = _centre.Urls.First(), TokenFile = _folder["token"], Interval = TimeSpan.FromSeconds(1) };
        var uploader = new SceneUploader(_outbox.Outbox, options, _http, TimeProvider.System, () => 0.5, NullLogger<SceneUploader>.Instance);
        _run = uploader.RunAsync(_stop.Token);
        return uploader;
    }
}
