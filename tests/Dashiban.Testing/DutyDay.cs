using System.Security.Cryptography;
using Dashiban.Correlator.Register;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Rules;
using Dashiban.Domain.Seats;
using Dashiban.Messaging;

namespace Dashiban.Testing;

/// <summary>Leads on a duty officer's desk: a register in memory, filled with passages that the rules judge and with hits from the roadside.</summary>
public sealed class DutyDay(TimeProvider time)
{
    public static readonly Guid Outbox = new("7d0f1a52-5f3c-4f7c-9a1e-2b6d4a90c101");

    /// <summary>Numbers from here on never arrive.</summary>
    private const long OnItsWay = 1_000_000;

    private long _sequence;

    public static SiteMap Sites { get; } = new(
        [
            new("xinli-service-area", "忠县新立高速路服务区", "Xinli service area"),
            new("chengxi-exit", "澄溪高速路出口", "Chengxi expressway exit"),
            new("dashi-market", "大石场镇", "Dashi market town"),
            new("fengdu-border", "临近丰都县周边乡镇", "Townships next to Fengdu"),
        ],
        []);

    public MemoryPlateRegister Desk { get; } = new(new RulePack { Sites = Sites }, time);

    /// <summary>A seven-seat van drives to and fro three times between the service area and the exit; the picture takes it for a car.</summary>
    /// <returns>Its passages; those with a scene have it announced, not delivered.</returns>
    public async Task<IReadOnlyList<RecordedPassage>> ShuttleAsync(string plate, DateTimeOffset last, byte[]? crop = null, byte[]? scene = null)
    {
        const int Passages = 7;
        var seats = new SeatEvidence(
        [
            SeatFusion.FromRegister(7), SeatFusion.FromPlate(PlateClass.Small)!, new(SeatWitnessKind.Picture, -0.7, SeatClass.CarLe6, Looks: 9),
        ]);
        var passages = new List<RecordedPassage>();
        for (var i = 0; i < Passages; i++)
        {
            var site = i % 2 == 0 ? "xinli-service-area" : "chengxi-exit";
            passages.Add(await RecordAsync(plate, site, last - TimeSpan.FromMinutes(55 * (Passages - 1 - i)), seats, crop, scene));
        }

        return passages;
    }

    /// <summary>
    /// A roadside raises a finding with two passages behind it. The second is still on its way: until it has both, the centre
    /// leaves the word to the roadside.
    /// </summary>
    /// <returns>The finding, to be amended or withdrawn.</returns>
    public async Task<Finding> HitAsync(
        string rule, string plate, double score, Reason reason, SeatEvidence? seats = null, TimeSpan ago = default)
    {
        var at = time.GetUtcNow() - ago;
        var passage = await RecordAsync(plate, "dashi-market", at, seats ?? SeatEvidence.None, null, null);
        var period = new Period(at.AddHours(-6), at.AddHours(6));
        var finding = new Finding(new(rule, new(plate), period.Start), period, score, [reason], [passage.Id, new(Outbox, passage.Id.Sequence + OnItsWay)]);
        await ChangeAsync(new(AlertChangeKind.Raised, finding), at);
        return finding;
    }

    /// <summary>A roadside says that a finding changed.</summary>
    public Task ChangeAsync(AlertChange change, DateTimeOffset at) => Desk.RecordHitAsync(
        new EdgeHit(Outbox, ++_sequence, "edge-dashi", "dashi-market", at, change), at, CancellationToken.None);

    private async Task<RecordedPassage> RecordAsync(
        string plate, string site, DateTimeOffset at, SeatEvidence seats, byte[]? crop, byte[]? scene)
    {
        var sequence = ++_sequence;
        var recorded = new RecordedPassage(new(Outbox, sequence), new Passage
        {
            Site = site,
            Camera = site + "-1",
            CapturedAt = at,
            FirstSeenAt = at.AddSeconds(-1.2),
            LastSeenAt = at.AddSeconds(0.8),
            Plate = new(plate),
            Colour = plate.Length == 8 ? PlateColour.Green : PlateColour.Blue,
            Layout = PlateLayout.SingleRow,
            CharacterConfidences = [.. plate.Select((_, i) => i == 4 ? 0.78f : 0.99f - (0.01f * i))],
            AgreeingLooks = 8,
            Looks = 9,
            Seats = seats,
            Heading = sequence % 2 == 0 ? Heading.Leaving : Heading.Approaching,
            PlateCropJpeg = crop ?? [],
            SceneSha256 = scene is null ? null : Convert.ToHexStringLower(SHA256.HashData(scene)),
        });
        await Desk.RecordAsync(recorded, at, CancellationToken.None);
        return recorded;
    }
}
