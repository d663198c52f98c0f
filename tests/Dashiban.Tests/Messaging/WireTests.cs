using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Messaging;
using Dashiban.Testing;

namespace Dashiban.Tests.Messaging;

public sealed class WireTests
{
    private static readonly Guid Outbox = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

    [Fact]
    public void A_passage_comes_back_as_it_was_sent() => Gen.Select(SomePassages.Any, Gen.Long[1, long.MaxValue]).Sample((passage, sequence) =>
    {
        var sent = new RecordedPassage(new PassageId(Outbox, sequence), passage);

        Assert.True(WireMapping.TryReadPassage(WireJson.Write(WireMapping.ToReport(sent)), out var read, out var refusal), refusal?.Reason);

        Assert.Equal(sent.Id, read.Id);
        Assert.Equal(JsonSerializer.Serialize(sent.Passage), JsonSerializer.Serialize(read.Passage));
    });

    [Fact]
    public void A_hit_comes_back_as_it_was_sent()
    {
        var start = SomePassages.Monday;
        var finding = new Finding(
            new FindingKey("round-trips", new PlateText("渝BD1234"), start),
            new Period(start, start.AddHours(12)),
            72.5,
            [new Reason("半天内往返六次", "Six round trips in half a day")],
            [new PassageId(Outbox, 3), new PassageId(Outbox, 9)]);
        var sent = new EdgeHit(Outbox, 10, "edge-1", "xinli-service-area", start.AddHours(3), new AlertChange(AlertChangeKind.Amended, finding));

        Assert.True(WireMapping.TryReadHit(WireJson.Write(WireMapping.ToReport(sent)), out var read, out var refusal), refusal?.Reason);

        Assert.Equal(JsonSerializer.Serialize(sent), JsonSerializer.Serialize(read));
    }

    [Fact]
    public void Whatever_arrives_is_read_or_refused_and_never_throws()
    {
        var whole = WireJson.Write(WireMapping.ToReport(new RecordedPassage(new PassageId(Outbox, 7), SomePassages.Minibus())));
        var noise = Gen.Byte.Array[0, 300];
        var damaged =
            from at in Gen.Int[0, whole.Length - 1]
            from length in Gen.Int[0, 40]
            from bytes in Gen.Byte.Array[length]
            select whole.Take(at).Concat(bytes).Concat(whole.Skip(at + length)).ToArray();

        Gen.OneOf(noise, damaged).Sample(
            payload =>
            {
                Assert.Equal(WireMapping.TryReadPassage(payload, out var passage, out var refusal), refusal is null);
                Assert.Equal(passage is null, refusal is not null);
                _ = WireMapping.TryReadHit(payload, out _, out _);
                _ = WireMapping.TryReadRecorded(payload, out _, out _);
                _ = WireMapping.TryReadHeartbeat(payload, out _, out _);
            },
            iter: 5_000);
    }

    [Theory]
    [MemberData(nameof(GoldenFiles.Shipped), "*.v1.full.json", MemberType = typeof(GoldenFiles))]
    public void Every_member_turned_into_something_else_is_read_or_refused(string file)
    {
        string[] others = ["null", "[]", "[null]", "{}", "{\"a\":null}", "\"\"", "-1", "1e300", "true", "[[[[[[[[[[]]]]]]]]]]"];
        var whole = File.ReadAllText(GoldenFiles.PathOf(file));
        var members = Descend(JsonNode.Parse(whole)!).Count();
        for (var member = 0; member < members; member++)
        {
            foreach (var other in others)
            {
                var root = JsonNode.Parse(whole)!;
                Descend(root).ElementAt(member)(JsonNode.Parse(other));
                var payload = Bytes(root);
                _ = WireMapping.TryReadPassage(payload, out _, out _);
                _ = WireMapping.TryReadHit(payload, out _, out _);
                _ = WireMapping.TryReadRecorded(payload, out _, out _);
                _ = WireMapping.TryReadHeartbeat(payload, out _, out _);
            }
        }
    }

    [Theory]
    [InlineData("schema", "2", "schema 2")]
    [InlineData("outbox", "\"00000000-0000-0000-0000-000000000000\"", "outbox")]
    [InlineData("sequence", "0", "sequence")]
    [InlineData("sequence", "\"7\"", "$.sequence")]
    [InlineData("site", "\"a/b\"", "site")]
    [InlineData("site", "null", "$.site")]
    [InlineData("camera", "\"..\"", "camera")]
    [InlineData("plate", "\"渝\"", "plate")]
    [InlineData("plate", "\"渝B<scri>\"", "plate")]
    [InlineData("capturedAt", "\"1970-01-01T00:00:00Z\"", "time")]
    [InlineData("capturedAt", "\"2026-03-02T09:00:00+08:00\"", "capturedAt")]
    [InlineData("layout", "\"triple\"", "layout")]
    [InlineData("characterConfidences", "[1]", "characterConfidences")]
    [InlineData("characterConfidences", "[1,1,1,1,1,1,2]", "confidence")]
    [InlineData("agreeingLooks", "12", "looks")]
    [InlineData("seats", "[{\"kind\":\"picture\",\"logOdds\":1e9,\"class\":\"truck\"}]", "witness")]
    [InlineData("sceneSha256", "\"../../etc/passwd\"", "sceneSha256")]
    [InlineData("plateCropJpeg", "\"R0lGODlhAQ==\"", "plateCropJpeg")]
    public void A_passage_with_an_impossible_member_is_refused_with_the_reason(string member, string json, string reason)
    {
        var node = Node(SomePassages.Minibus());
        node[member] = JsonNode.Parse(json);

        Assert.False(WireMapping.TryReadPassage(Bytes(node), out _, out var refusal));
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("渝", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_required_member_is_missed()
    {
        var whole = Node(SomePassages.Minibus());
        string[] optional = ["heading", "interrupted", "clockOffset", "sceneSha256", "plateCropJpeg"];
        foreach (var member in whole.Select(pair => pair.Key).Except(optional).ToArray())
        {
            var without = whole.DeepClone().AsObject();
            without.Remove(member);
            Assert.False(WireMapping.TryReadPassage(Bytes(without), out _, out _), member);
        }
    }

    [Fact]
    public void A_refusal_names_the_message_where_its_number_can_be_read()
    {
        var node = Node(SomePassages.Minibus());
        node["layout"] = "triple";

        Assert.False(WireMapping.TryReadPassage(Bytes(node), out _, out var refusal));
        Assert.Equal((Outbox, 7L), (refusal.Outbox, refusal.Sequence));
    }

    [Fact]
    public void Members_and_words_of_a_later_version_are_skipped()
    {
        var node = Node(SomePassages.Minibus());
        node["roofRack"] = true;
        node["colour"] = "violet";
        node["seats"]!.AsArray().Add(new JsonObject { ["kind"] = "neighbour", ["logOdds"] = 1, ["class"] = "hovercraft" });

        Assert.True(WireMapping.TryReadPassage(Bytes(node), out var read, out var refusal), refusal?.Reason);
        Assert.Equal(PlateColour.Unknown, read.Passage.Colour);
        Assert.Equal(2, read.Passage.Seats.Witnesses.Count);
    }

    [Fact]
    public void A_payload_too_large_is_not_even_parsed()
    {
        Assert.False(WireMapping.TryReadPassage(new byte[WireJson.MostBytes + 1], out _, out var refusal));
        Assert.Contains("bytes", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_stands_twice_is_refused()
    {
        var text = Encoding.UTF8.GetString(Bytes(Node(SomePassages.Minibus()))).Replace("\"sequence\":7", "\"sequence\":7,\"sequence\":8", StringComparison.Ordinal);

        Assert.False(WireMapping.TryReadPassage(Encoding.UTF8.GetBytes(text), out _, out _));
    }

    [Fact]
    public void The_schema_number_stands_first_and_Chinese_is_readable()
    {
        var text = Encoding.UTF8.GetString(Bytes(Node(SomePassages.Minibus())));
        var raw = Encoding.UTF8.GetString(WireJson.Write(WireMapping.ToReport(new RecordedPassage(new PassageId(Outbox, 7), SomePassages.Minibus()))));

        Assert.StartsWith("{\"schema\":1,", raw, StringComparison.Ordinal);
        Assert.Contains("渝BD1234", raw, StringComparison.Ordinal);
        Assert.NotEmpty(text);
    }

    [Fact]
    public void A_recorded_report_knows_what_it_has()
    {
        var report = new RecordedReport
        {
            Schema = 1,
            Outbox = Outbox,
            RecordedThrough = 4,
            Highest = 9,
            Missing = [new SequenceRange { First = 5, Last = 5 }, new SequenceRange { First = 7, Last = 8 }],
        };

        Assert.True(WireMapping.TryReadRecorded(WireJson.Write(report), out var read, out _));
        Assert.Equal([1, 2, 3, 4, 6, 9], Enumerable.Range(1, 12).Where(sequence => read.Has(sequence)));
    }

    private static IEnumerable<Action<JsonNode?>> Descend(JsonNode node) => node switch
    {
        JsonObject members => members.ToArray().SelectMany(member =>
            Enumerable.Repeat<Action<JsonNode?>>(other => members[member.Key] = other, 1).Concat(member.Value is null ? [] : Descend(member.Value))),
        JsonArray elements => Enumerable.Range(0, elements.Count).SelectMany(index =>
            Enumerable.Repeat<Action<JsonNode?>>(other => elements[index] = other, 1).Concat(elements[index] is { } element ? Descend(element) : [])),
        _ => [],
    };

    private static JsonObject Node(Passage passage) =>
        JsonNode.Parse(WireJson.Write(WireMapping.ToReport(new RecordedPassage(new PassageId(Outbox, 7), passage))))!.AsObject();

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}
