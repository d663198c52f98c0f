using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dashiban.Correlator.Pages;
using Dashiban.Domain.Correlation;
using Dashiban.Testing;

namespace Dashiban.IntegrationTests.Feed;

public sealed class VerbTests
{
    private const string Plate = "渝BD7S08";
    private readonly DutyDay _day = new(TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_shows_no_plate_and_opening_one_needs_who_and_why_and_is_audited()
    {
        await using var host = await DeskHost.StartAsync(_day.Desk);
        await _day.ShuttleAsync(Plate, DateTimeOffset.UtcNow);

        var list = await host.Http.GetStringAsync(At("/api/leads"), Cancel);
        Assert.DoesNotContain("D7S08", list, StringComparison.Ordinal);
        var lead = JsonDocument.Parse(list).RootElement[0];
        Assert.Equal(("渝B****8", "RoundTrips", "Patterns"), (Text(lead, "maskedPlate"), Text(lead, "rule"), Text(lead, "queue")));
        var address = $"/api/leads/{lead.GetProperty("id").GetInt64()}";

        using var refused = await host.Http.GetAsync(At(address + "?who=%E5%BC%A0%E4%B8%89"), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        Assert.Empty(_day.Desk.AuditTrail());

        var opened = await host.Http.GetFromJsonAsync<JsonElement>(At(address + "?who=%E5%BC%A0%E4%B8%89&why=check"), Cancel);
        Assert.Equal(Plate, Text(opened, "plate"));
        Assert.Equal(7, opened.GetProperty("timeline").GetArrayLength());
        Assert.Equal(("张三", "check"), (_day.Desk.AuditTrail()[0].Who, _day.Desk.AuditTrail()[0].Why));
    }

    [Fact]
    public async Task A_disposition_needs_a_reason_and_settles_the_lead()
    {
        await using var host = await DeskHost.StartAsync(_day.Desk);
        await _day.HitAsync("Watchlist", Plate, 90, new("布控", "listed"));
        var id = await OnlyLeadAsync(host);

        using var refused = await host.Http.PostAsJsonAsync(At($"/api/leads/{id}/dispositions"), new { verdict = "Licensed", reason = " ", by = "李四" }, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var unknown = await host.Http.PostAsJsonAsync(At($"/api/leads/{id}/dispositions"), new { verdict = "Guilty", reason = "x", by = "李四" }, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        using var nowhere = await host.Http.PostAsJsonAsync(At("/api/leads/999/dispositions"), new { verdict = "Licensed", reason = "x", by = "李四" }, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);

        using var settled = await host.Http.PostAsJsonAsync(At($"/api/leads/{id}/dispositions"), new { verdict = "Licensed", reason = "持有班线许可", by = "李四" }, Cancel);
        Assert.Equal("Dismissed", Text(await settled.Content.ReadFromJsonAsync<JsonElement>(Cancel), "state"));
        Assert.Equal("[]", await host.Http.GetStringAsync(At("/api/leads"), Cancel));
        Assert.Contains("Dismissed", await host.Http.GetStringAsync(At("/api/leads?state=Dismissed"), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stream_tells_of_leads_as_they_come_and_resumes_after_the_last_event()
    {
        await using var host = await DeskHost.StartAsync(_day.Desk);
        await _day.HitAsync("Watchlist", Plate, 90, new("布控", "listed"));
        long last;
        using (var first = await StreamReaderOf(host, null))
        {
            var (id, before) = await NextEventAsync(first);
            Assert.Equal(("Raised", "渝B****8"), (Text(before, "kind"), Text(before.GetProperty("lead"), "maskedPlate")));
            await _day.HitAsync("Watchlist", "川S2M905", 80, new("布控", "listed"));
            (last, var live) = await NextEventAsync(first);
            Assert.True(last > id);
            Assert.Equal("川S****5", Text(live.GetProperty("lead"), "maskedPlate"));
        }

        var finding = await _day.HitAsync("Watchlist", "渝A3K6Z1", 70, new("布控", "listed"));
        await _day.ChangeAsync(new(AlertChangeKind.Withdrawn, finding), DateTimeOffset.UtcNow);
        using var second = await StreamReaderOf(host, last);

        Assert.Equal("Raised", Text((await NextEventAsync(second)).Data, "kind"));
        Assert.Equal("Withdrawn", Text((await NextEventAsync(second)).Data, "kind"));
    }

    [Fact]
    public async Task Only_a_scene_that_a_passage_announced_is_kept()
    {
        await using var host = await DeskHost.StartAsync(_day.Desk);
        var scene = Drawn.Scene(Plate);
        var passage = (await _day.ShuttleAsync(Plate, DateTimeOffset.UtcNow, scene: scene))[0];
        var address = $"/api/scenes/{passage.Id.Outbox:n}/{passage.Id.Sequence}";

        using var nobody = await host.Http.GetAsync(At(address), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, nobody.StatusCode);
        using var missing = await host.Http.GetAsync(At(address + "?who=x&why=y"), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        using var other = await host.Http.PutAsync(At(address), new ByteArrayContent([1, 2, 3]), Cancel);
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        // It is refused by its announced length, and whoever is still sending then finds the line closed: asking first gets the answer.
        using var asking = new HttpRequestMessage(HttpMethod.Put, At(address)) { Content = new ByteArrayContent(new byte[(1024 * 1024) + 1]) };
        asking.Headers.ExpectContinue = true;
        using var huge = await host.Http.SendAsync(asking, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);

        using var kept = await host.Http.PutAsync(At(address), new ByteArrayContent(scene), Cancel);
        Assert.Equal(HttpStatusCode.NoContent, kept.StatusCode);
        using var read = await host.Http.GetAsync(At(address + "?who=x&why=y"), Cancel);
        Assert.Equal("image/jpeg", read.Content.Headers.ContentType!.MediaType);
        Assert.True(read.Headers.CacheControl!.NoStore);
        Assert.Equal(scene, await read.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task The_fleet_is_told_as_json()
    {
        await using var host = await DeskHost.StartAsync(_day.Desk);
        host.Fleet.Observe(Heartbeats.Of(DateTimeOffset.UtcNow, 60));

        var camera = (await host.Http.GetFromJsonAsync<JsonElement>(At("/api/fleet"), Cancel)).GetProperty("edges")[0].GetProperty("cameras")[0];

        Assert.Equal(("xinli-in", "Live"), (Text(camera, "camera"), Text(camera, "state")));
        Assert.Equal("Live", camera.GetProperty("coverage")[95].GetString());
    }

    [Fact]
    public async Task The_document_names_every_verb_and_no_page()
    {
        await using var host = await DeskHost.StartAsync(_day.Desk);

        var paths = (await host.Http.GetFromJsonAsync<JsonElement>(At("/openapi/v1.json"), Cancel)).GetProperty("paths");

        Assert.Equal(
            ["/api/fleet get", "/api/leads get", "/api/leads/stream get", "/api/leads/{id} get", "/api/leads/{id}/dispositions post",
                "/api/scenes/{outbox}/{sequence} get", "/api/scenes/{outbox}/{sequence} put"],
            paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(verb => $"{path.Name} {verb.Name}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task With_a_token_configured_machines_must_show_it_and_scenes_still_come_in()
    {
        const string Token = "0123456789abcdef";
        await using var host = await DeskHost.StartAsync(_day.Desk, new WebOptions { ApiToken = Token });

        using var refused = await host.Http.GetAsync(At("/api/leads"), Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var wrong = await GetWithAsync(host, "Bearer 0123456789abcdeX");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var allowed = await GetWithAsync(host, "Bearer " + Token);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        using var scene = await host.Http.PutAsync(At($"/api/scenes/{Guid.NewGuid():n}/1"), new ByteArrayContent([1]), Cancel);
        Assert.Equal(HttpStatusCode.Conflict, scene.StatusCode);
    }

    [Fact]
    public async Task Pages_send_strangers_to_the_sign_in_and_forms_without_their_token_are_refused()
    {
        await using var host = await DeskHost.StartAsync(_day.Desk);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };

        using var page = await http.GetAsync(At("/lead/1"), Cancel);
        Assert.Equal((HttpStatusCode.Redirect, "/sign-in"), (page.StatusCode, page.Headers.Location!.AbsolutePath));
        using var forged = await http.PostAsync(At("/session"), new FormUrlEncodedContent([new("name", "x"), new("purpose", "y")]), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.False(forged.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Another_host_name_gets_nothing()
    {
        await using var host = await DeskHost.StartAsync(_day.Desk);
        using var request = new HttpRequestMessage(HttpMethod.Get, At("/api/leads"));
        request.Headers.Host = "evil.example";

        using var answer = await host.Http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static Uri At(string address) => new(address, UriKind.Relative);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static async Task<long> OnlyLeadAsync(DeskHost host) =>
        (await host.Http.GetFromJsonAsync<JsonElement>(At("/api/leads"), Cancel))[0].GetProperty("id").GetInt64();

    private static async Task<HttpResponseMessage> GetWithAsync(DeskHost host, string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At("/api/leads"));
        request.Headers.Add("Authorization", authorization);
        return await host.Http.SendAsync(request, Cancel);
    }

    private static async Task<StreamReader> StreamReaderOf(DeskHost host, long? lastEventId)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, At("/api/leads/stream"));
        if (lastEventId is { } id)
        {
            request.Headers.Add("Last-Event-ID", id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        var answer = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        return new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
    }

    private static async Task<(long Id, JsonElement Data)> NextEventAsync(StreamReader stream)
    {
        long id = 0;
        JsonElement data = default;
        while (await stream.ReadLineAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancel) is { } line)
        {
            if (line.StartsWith("id:", StringComparison.Ordinal))
            {
                id = long.Parse(line[3..], System.Globalization.CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                data = JsonDocument.Parse(line[5..]).RootElement;
            }
            else if (line.Length == 0 && data.ValueKind == JsonValueKind.Object)
            {
                return (id, data);
            }
        }

        throw new EndOfStreamException();
    }
}
