using Dashiban.Messaging;

namespace Dashiban.Correlator.Influx;

/// <summary>
/// A heartbeat as lines. Counts are totals since the edge process started, as they came; whoever draws rates takes the
/// difference and sees a restart as a drop. Measurements: <c>dashiban_edge</c>, <c>dashiban_lane</c>, <c>dashiban_fate</c>,
/// <c>dashiban_funnel</c>, <c>dashiban_latency</c>. Pure.
/// </summary>
internal static class HeartbeatLines
{
    public static IEnumerable<string> Of(HeartbeatReport report) => Lines(report).Select(line => line.At(report.SentAt)).OfType<string>();

    private static IEnumerable<LineProtocol> Lines(HeartbeatReport report)
    {
        yield return Edge(report);
        foreach (var lane in report.Lanes)
        {
            yield return Of("dashiban_lane", report, lane)
                .Field("captured", lane.Captured)
                .Field("in_flight", lane.Captured - lane.Fates.Values.Sum())
                .Field("reconnects", lane.Reconnects)
                .Field("live", lane.State == "Live" ? 1L : 0L)
                .Field("state", lane.State);
            foreach (var (fate, frames) in lane.Fates)
            {
                yield return Of("dashiban_fate", report, lane).Tag("fate", fate).Field("frames", frames);
            }

            foreach (var (step, count) in lane.Funnel)
            {
                yield return Of("dashiban_funnel", report, lane).Tag("step", step).Field("count", count);
            }

            foreach (var (stage, latency) in lane.Latencies)
            {
                yield return Of("dashiban_latency", report, lane).Tag("stage", stage)
                    .Field("count", latency.Count).Field("p50_ms", latency.P50).Field("p95_ms", latency.P95).Field("max_ms", latency.Maximum);
            }
        }
    }

    private static LineProtocol Edge(HeartbeatReport report)
    {
        var line = new LineProtocol("dashiban_edge").Tag("edge", report.Edge)
            .Field("next_sequence", report.NextSequence)
            .Field("confirmed_through", report.ConfirmedThrough)
            .Field("outbox_lag", Math.Max(0, report.NextSequence - 1 - report.ConfirmedThrough))
            .Field("withheld", report.Withheld)
            .Field("uptime_seconds", (report.SentAt - report.StartedAt).TotalSeconds);
        return report.ClockOffset is { } offset ? line.Field("clock_offset_ms", offset.TotalMilliseconds) : line;
    }

    private static LineProtocol Of(string measurement, HeartbeatReport report, LaneReport lane) =>
        new LineProtocol(measurement).Tag("edge", report.Edge).Tag("camera", lane.Camera).Tag("site", lane.Site);
}
