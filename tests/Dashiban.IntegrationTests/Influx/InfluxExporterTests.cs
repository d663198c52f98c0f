using System.Text.Json;
using Dashiban.Correlator.Influx;
using Dashiban.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Dashiban.IntegrationTests.Influx;

public sealed class InfluxExporterTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    [Theory]
    [InlineData(InfluxApi.V1)]
    [InlineData(InfluxApi.V2)]
    public async Task VictoriaMetrics_takes_a_heartbeat_over_either_api(InfluxApi api)
    {
        await using var server = await TimeSeriesServer.VictoriaMetricsAsync();
        var counts = await ExportAsync(new() { Url = server.Address.ToString(), Api = api, Token = "any" }, heartbeats: 3);

        Assert.Equal(new ExportCounts(24, 24, 0), counts);
        await server.Http.GetStringAsync(new Uri("/internal/force_flush", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal([60, 120, 180], await ExportedAsync(server, "dashiban_fate_frames{camera=\"忠县 入口,1\",fate=\"Analysed\"}"));
        Assert.Equal([21.5, 21.5, 21.5], await ExportedAsync(server, "dashiban_latency_p50_ms{stage=\"Detect\"}"));
    }

    [Fact]
    public async Task InfluxDB_1_takes_a_heartbeat()
    {
        await using var server = await TimeSeriesServer.InfluxDbAsync();
        using var made = await server.Http.PostAsync(
            new Uri("/query", UriKind.Relative), new FormUrlEncodedContent([new("q", "CREATE DATABASE dashiban")]), TestContext.Current.CancellationToken);
        made.EnsureSuccessStatusCode();

        var counts = await ExportAsync(new() { Url = server.Address.ToString(), Api = InfluxApi.V1 }, heartbeats: 3);

        Assert.Equal(new ExportCounts(24, 24, 0), counts);
        var answer = await server.Http.GetStringAsync(
            new Uri("/query?db=dashiban&epoch=ns&q=" + Uri.EscapeDataString("SELECT frames, camera FROM dashiban_fate WHERE fate = 'Analysed'"), UriKind.Relative),
            TestContext.Current.CancellationToken);
        var rows = JsonDocument.Parse(answer).RootElement.GetProperty("results")[0].GetProperty("series")[0].GetProperty("values");
        Assert.Equal(
            [(NanosecondsAt(1), 60L, "忠县 入口,1"), (NanosecondsAt(2), 120L, "忠县 入口,1"), (NanosecondsAt(3), 180L, "忠县 入口,1")],
            rows.EnumerateArray().Select(row => (row[0].GetInt64(), row[1].GetInt64(), row[2].GetString())));
    }

    [Fact]
    public async Task Lines_that_the_server_finds_wrong_are_dropped_and_counted()
    {
        await using var server = await TimeSeriesServer.InfluxDbAsync();
        using var made = await server.Http.PostAsync(
            new Uri("/query", UriKind.Relative), new FormUrlEncodedContent([new("q", "CREATE DATABASE dashiban")]), TestContext.Current.CancellationToken);
        using var other = await server.Http.PostAsync(
            new Uri("/write?db=dashiban", UriKind.Relative), new StringContent("dashiban_lane captured=\"text\""), TestContext.Current.CancellationToken);
        other.EnsureSuccessStatusCode();

        var counts = await ExportAsync(new() { Url = server.Address.ToString(), Api = InfluxApi.V1 }, heartbeats: 1);

        Assert.Equal(8, counts.Offered);
        Assert.Equal(counts.Offered, counts.Written + counts.Dropped);
        Assert.Equal(8, counts.Dropped);
    }

    [Fact]
    public async Task What_could_not_be_written_until_the_stop_is_counted()
    {
        var counts = await ExportAsync(new() { Url = "http://127.0.0.1:9", Api = InfluxApi.V1 }, heartbeats: 2);

        Assert.Equal(new ExportCounts(16, 0, 16), counts);
    }

    /// <summary>Offers heartbeats, then stops: a stop writes what waits, so that no test has to wait for the clock.</summary>
    private static async Task<ExportCounts> ExportAsync(InfluxOptions options, int heartbeats)
    {
        Assert.Empty(options.Validate());
        using var exporter = new InfluxExporter(options, new FakeTimeProvider(), () => 0, NullLogger<InfluxExporter>.Instance);
        for (var i = 1; i <= heartbeats; i++)
        {
            exporter.Offer(Heartbeats.Of(Now.AddSeconds(i - 10), i * 60, camera: "忠县 入口,1"));
        }

        using var stop = new CancellationTokenSource();
        var running = exporter.RunAsync(stop.Token);
        await stop.CancelAsync();
        await running;
        return exporter.Counts;
    }

    private static long NanosecondsAt(int heartbeat) => Now.AddSeconds(heartbeat - 10).ToUnixTimeSeconds() * 1_000_000_000;

    private static async Task<IEnumerable<double>> ExportedAsync(TimeSeriesServer server, string series)
    {
        var line = await server.Http.GetStringAsync(
            new Uri("/api/v1/export?match[]=" + Uri.EscapeDataString(series), UriKind.Relative), TestContext.Current.CancellationToken);
        return JsonDocument.Parse(line).RootElement.GetProperty("values").EnumerateArray().Select(value => value.GetDouble());
    }
}
