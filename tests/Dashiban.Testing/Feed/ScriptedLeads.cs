using System.Security.Cryptography;
using Dashiban.Correlator.Leads;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;

namespace Dashiban.Testing.Feed;

/// <summary>Leads with everything that a page can show; plates, places and times are made up.</summary>
public static class ScriptedLeads
{
    public static readonly Guid Outbox = new("7d0f1a52-5f3c-4f7c-9a1e-2b6d4a90c101");

    public static SiteMap Sites { get; } = new(
        [
            new("xinli-service-area", "忠县新立高速路服务区", "Xinli service area"),
            new("chengxi-exit", "澄溪高速路出口", "Chengxi expressway exit"),
            new("dashi-market", "大石场镇", "Dashi market town"),
            new("fengdu-border", "临近丰都县周边乡镇", "Townships next to Fengdu"),
        ],
        []);

    /// <summary>A van that goes to and fro between the service area and the exit.</summary>
    /// <param name="plate">Its plate.</param>
    /// <param name="now">Time of its last passage.</param>
    /// <param name="passages">How many passages the timeline has.</param>
    /// <param name="crop">JPEG of the plate.</param>
    /// <param name="scene">JPEG of the scene; announced by its hash.</param>
    public static Lead RoundTrips(string plate, DateTimeOffset now, int passages = 7, byte[]? crop = null, byte[]? scene = null) => Lead(
        "RoundTrips",
        plate,
        86,
        now,
        [
            new("半天内在服务区与澄溪出口之间往返 3 次，每次间隔 50–70 分钟", "3 round trips between the service area and Chengxi exit in half a day, 50 to 70 minutes apart"),
            new("两次在服务区停留超过 20 分钟", "Stayed at the service area for more than 20 minutes, twice"),
            new("近 4 天同一时段出现过 3 天", "Seen in the same hours on 3 of the last 4 days"),
        ],
        new([
            new(SeatWitnessKind.Register, SeatFusion.RegisterLogOdds, SeatClass.Van7To9, Seats: 7),
            SeatFusion.FromPlate(PlateClass.Small)!,
            new(SeatWitnessKind.Picture, -0.7, SeatClass.CarLe6, Looks: 9),
        ]),
        [.. Enumerable.Range(0, passages).Select(i => Passage(
            i + 1, plate, i % 2 == 0 ? "xinli-service-area" : "chengxi-exit", now - TimeSpan.FromMinutes(58 * (passages - 1 - i)), crop, scene))]);

    /// <summary>A lead with a short timeline, for lists.</summary>
    public static Lead Lead(
        string rule,
        string plate,
        double score,
        DateTimeOffset raised,
        IReadOnlyList<Reason> reasons,
        SeatEvidence seats,
        IReadOnlyList<RecordedPassage> timeline) => new()
        {
            Id = 0,
            Position = 0,
            Rule = rule,
            Queue = rule == "ClonedPlate" ? LeadQueue.ClonedPlates : LeadQueue.Patterns,
            Plate = new(plate),
            Colour = plate.Length == 8 ? PlateColour.Green : PlateColour.Blue,
            Period = new(raised - TimeSpan.FromHours(8), raised + TimeSpan.FromHours(4)),
            Score = score,
            Reasons = reasons,
            Seats = seats,
            Timeline = timeline,
            State = LeadState.Open,
            RaisedAt = raised,
            ChangedAt = raised,
        };

    public static RecordedPassage Passage(
        long sequence, string plate, string site, DateTimeOffset at, byte[]? crop = null, byte[]? scene = null) => new(
        new(Outbox, sequence),
        new Passage
        {
            Site = site,
            Camera = site + "-in",
            CapturedAt = at,
            FirstSeenAt = at.AddSeconds(-1.2),
            LastSeenAt = at.AddSeconds(0.8),
            Plate = new(plate),
            Colour = PlateColour.Blue,
            Layout = PlateLayout.SingleRow,
            CharacterConfidences = [.. plate.Select((_, i) => i == 4 ? 0.78f : 0.99f - (0.01f * i))],
            AgreeingLooks = 8,
            Looks = 9,
            Seats = SeatEvidence.None,
            Heading = sequence % 2 == 0 ? Heading.Leaving : Heading.Approaching,
            PlateCropJpeg = crop ?? [],
            SceneSha256 = scene is null ? null : Convert.ToHexStringLower(SHA256.HashData(scene)),
        });
}
