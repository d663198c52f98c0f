using System.Globalization;
using CsCheck;
using Dashiban.Correlator.Influx;
using Dashiban.Testing;

namespace Dashiban.Tests.Influx;

public sealed class LineProtocolTests
{
    private static readonly Gen<string> Awkward = Gen.Char["ab ,=\"\\\n\t忠县"].Array[1, 12].Select(chars => new string(chars));

    [Fact]
    public void A_line_reads_as_the_protocol_says() => Assert.Equal(
        @"dashiban_lane,edge=edge\ 1,camera=a\,b\=c captured=12i,p50_ms=1.5,state=""say \""hi\"""" 1772409600000000100",
        new LineProtocol("dashiban_lane").Tag("edge", "edge 1").Tag("camera", "a,b=c").Tag("site", "")
            .Field("captured", 12L).Field("p50_ms", 1.5).Field("nothing", double.NaN).Field("state", "say \"hi\"")
            .At(SomePassages.Monday.AddTicks(1)));

    [Fact]
    public void A_line_without_a_field_is_no_line() =>
        Assert.Null(new LineProtocol("m").Tag("a", "b").Field("x", double.PositiveInfinity).At(SomePassages.Monday));

    [Fact]
    public void Whatever_is_written_a_naive_reader_gets_back() =>
        Gen.Select(Awkward, Awkward, Awkward, Awkward, Gen.Long, Gen.Double).Sample((measurement, key, value, text, number, real) =>
        {
            var line = new LineProtocol(measurement).Tag(key, value).Field("number", number).Field("text", text).Field("real", real).At(SomePassages.Monday)!;

            var read = NaiveLine.Read(line);

            Assert.Equal(Carried(measurement), read.Measurement);
            Assert.Equal((Carried(key), Carried(value)), Assert.Single(read.Tags));
            Assert.Equal(number.ToString(CultureInfo.InvariantCulture) + "i", read.Fields["number"]);
            Assert.Equal(text.Replace('\n', ' ').Replace('\t', ' '), read.Fields["text"]);
            if (double.IsFinite(real))
            {
                Assert.Equal(real, double.Parse(read.Fields["real"], CultureInfo.InvariantCulture));
            }

            Assert.Equal(SomePassages.Monday.ToUnixTimeMilliseconds() * 1_000_000, read.Nanoseconds);
        });

    [Fact]
    public void A_heartbeat_becomes_lines_for_edge_lane_fates_funnel_and_latencies()
    {
        var lines = HeartbeatLines.Of(Heartbeats.Of(SomePassages.Monday.AddSeconds(10), 60)).Select(NaiveLine.Read).ToList();

        Assert.Equal(
            ["dashiban_edge", "dashiban_lane", "dashiban_fate", "dashiban_fate", "dashiban_funnel", "dashiban_funnel", "dashiban_latency", "dashiban_latency"],
            lines.Select(line => line.Measurement));
        Assert.Equal("60i", lines[2].Fields["frames"]);
        Assert.Equal("21.5", lines[6].Fields["p50_ms"]);
        Assert.All(lines.Skip(1), line => Assert.Equal([("edge", "edge-xinli"), ("camera", "xinli-in"), ("site", "xinli-service-area")], line.Tags.Take(3)));
    }

    /// <summary>What a name or a tag can carry.</summary>
    private static string Carried(string text) => text.Replace('\n', ' ').Replace('\t', ' ').Replace('\\', '/');

    /// <summary>Reads a line character by character, without any cleverness.</summary>
    private sealed record NaiveLine(string Measurement, List<(string Key, string Value)> Tags, Dictionary<string, string> Fields, long Nanoseconds)
    {
        public static NaiveLine Read(string line)
        {
            var at = 0;
            var measurement = Name(line, ref at, " ,");
            var tags = new List<(string, string)>();
            while (line[at] == ',')
            {
                at++;
                var key = Name(line, ref at, "=");
                at++;
                tags.Add((key, Name(line, ref at, " ,")));
            }

            var fields = new Dictionary<string, string>();
            do
            {
                at++;
                var key = Name(line, ref at, "=");
                at++;
                fields[key] = line[at] == '"' ? Quoted(line, ref at) : Name(line, ref at, " ,");
            }
            while (line[at] == ',');

            return new(measurement, tags, fields, long.Parse(line[(at + 1)..], CultureInfo.InvariantCulture));
        }

        private static string Name(string line, ref int at, string ends)
        {
            var name = "";
            while (at < line.Length && !ends.Contains(line[at], StringComparison.Ordinal))
            {
                at += line[at] == '\\' ? 1 : 0;
                name += line[at++];
            }

            return name;
        }

        private static string Quoted(string line, ref int at)
        {
            var text = "";
            at++;
            while (line[at] != '"')
            {
                at += line[at] == '\\' ? 1 : 0;
                text += line[at++];
            }

            at++;
            return text;
        }
    }
}
