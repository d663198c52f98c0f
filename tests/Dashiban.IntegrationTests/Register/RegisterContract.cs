using System.Security.Cryptography;
using Dashiban.Correlator.Leads;
using Dashiban.Correlator.Register;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Lists;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Rules;
using Dashiban.Messaging;
using Dashiban.Testing;
using Microsoft.Extensions.Time.Testing;
using static Dashiban.Testing.Journeys;

namespace Dashiban.IntegrationTests.Register;

/// <summary>What every register and its desk promise; run on each implementation.</summary>
public abstract class RegisterContract
{
    private const string Van = "渝BK3721";

    protected static RulePack Pack { get; } = new() { Sites = County };

    protected FakeTimeProvider Clock { get; } = new(At(20));

    protected abstract IPlateRegister Register { get; }

    protected abstract ILeadDesk Desk { get; }

    protected abstract Task<IReadOnlyList<AuditEntry>> ReadAuditAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_passage_is_recorded_once()
    {
        var passage = ThreeTrips().All[0];
        Assert.True((await Register.RecordAsync(passage, At(20), Cancel)).New);
        Assert.False((await Register.RecordAsync(passage, At(20), Cancel)).New);
        Assert.Equal([1], Assert.Single(await Register.ReadProgressAsync(Cancel)).Beyond);
    }

    [Fact]
    public async Task The_third_trip_raises_one_open_lead_with_its_timeline()
    {
        await RecordAsync(ThreeTrips());
        var lead = Assert.Single(await Desk.ListAsync(null, 10, Cancel));
        Assert.Equal((nameof(RoundTrips), LeadState.Open, LeadQueue.Patterns, false), (lead.Rule, lead.State, lead.Queue, lead.FromEdge));
        Assert.Equal((Van, PlateColour.Blue), (lead.Plate.Value, lead.Colour));
        Assert.Equal(9, lead.Timeline.Count);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], lead.Timeline.Select(p => p.Id.Sequence));
        Assert.Equal([0xFF, 0xD8, 0xFF], lead.Timeline[0].Passage.PlateCropJpeg.ToArray());
        Assert.Equal(7, lead.Seats.Of(Domain.Seats.SeatWitnessKind.Register)?.Seats);
    }

    [Fact]
    public async Task A_passage_comes_back_as_it_went_in()
    {
        var journeys = ThreeTrips();
        await RecordAsync(journeys);
        var back = Assert.Single(await Desk.ListAsync(null, 10, Cancel)).Timeline[1].Passage;
        var sent = journeys.All[1].Passage;
        Assert.Equal(sent.CharacterConfidences, back.CharacterConfidences);
        Assert.Equal(sent.Seats.Witnesses, back.Seats.Witnesses);
        Assert.Equal(
            sent with { CharacterConfidences = [], Seats = Domain.Seats.SeatEvidence.None, PlateCropJpeg = default },
            back with { CharacterConfidences = [], Seats = Domain.Seats.SeatEvidence.None, PlateCropJpeg = default });
    }

    [Fact]
    public async Task The_journal_has_one_order_and_wakes_those_who_wait()
    {
        var waiting = Desk.WaitForJournalAsync(0, Cancel);
        Assert.False(waiting.IsCompleted);
        await RecordAsync(ThreeTrips());
        await waiting;
        var lead = Assert.Single(await Desk.ListAsync(null, 10, Cancel));
        await Desk.SettleAsync(lead.Id, new Disposition(DispositionVerdict.Confirmed, "现场核实", "duty1", At(21)), Cancel);
        var journal = await Desk.ReadJournalAsync(0, 100, Cancel);
        Assert.Equal(journal.Select(e => e.Position).Order().Distinct(), journal.Select(e => e.Position));
        Assert.Equal((AlertChangeKind.Raised, (AlertChangeKind?)null), (journal[0].Kind, journal[^1].Kind));
        Assert.Equal(journal.Skip(1), await Desk.ReadJournalAsync(journal[0].Position, 100, Cancel));
        Assert.False(Desk.WaitForJournalAsync(journal[^1].Position, Cancel).IsCompleted);
    }

    [Theory]
    [InlineData(DispositionVerdict.Confirmed, LeadState.Confirmed)]
    [InlineData(DispositionVerdict.Licensed, LeadState.Dismissed)]
    [InlineData(DispositionVerdict.NotMet, LeadState.Open)]
    public async Task The_officers_word_moves_a_lead_to_its_state(DispositionVerdict verdict, LeadState state)
    {
        await RecordAsync(ThreeTrips());
        var id = Assert.Single(await Desk.ListAsync(null, 10, Cancel)).Id;
        var settled = await Desk.SettleAsync(id, new Disposition(verdict, "见笔录", "duty1", At(21)), Cancel);
        Assert.Equal(state, settled?.State);
        Assert.Equal("见笔录", settled?.Disposition?.Reason);
        Assert.Equal(id, Assert.Single(await Desk.ListAsync(new HashSet<LeadState> { state }, 10, Cancel)).Id);
        Assert.Null(await Desk.SettleAsync(id + 1000, new Disposition(verdict, "见笔录", "duty1", At(21)), Cancel));
    }

    [Fact]
    public async Task Every_look_is_in_a_whole_audit_chain()
    {
        await RecordAsync(ThreeTrips());
        var id = Assert.Single(await Desk.ListAsync(null, 10, Cancel)).Id;
        Assert.NotNull(await Desk.OpenAsync(id, "duty1", "核查", Cancel));
        Assert.Null(await Desk.OpenAsync(id + 1000, "duty1", "核查", Cancel));
        await Desk.SettleAsync(id, new Disposition(DispositionVerdict.Misread, "看错", "duty1", At(21)), Cancel);
        var audit = await ReadAuditAsync();
        Assert.Equal([(1, "open"), (2, "settle")], audit.Select(a => (a.Number, a.Action)));
        Assert.Null(AuditChain.FirstBroken(audit));
        Assert.Equal(2, AuditChain.FirstBroken([audit[0], audit[1] with { Why = "别的" }]));
        Assert.Equal(1, AuditChain.FirstBroken([audit[1]]));
    }

    [Fact]
    public async Task A_scene_is_kept_only_where_its_hash_was_announced()
    {
        byte[] jpeg = [1, 2, 3];
        var passage = Pass(Van, "xinli", At(8)) with { SceneSha256 = Convert.ToHexStringLower(SHA256.HashData(jpeg)) };
        var id = new Journeys().Add(passage).All[0];
        Assert.False(await Desk.KeepSceneAsync(id.Id, jpeg, Cancel));
        await Register.RecordAsync(id, At(20), Cancel);
        Assert.False(await Desk.KeepSceneAsync(id.Id, new byte[] { 1, 2, 4 }, Cancel));
        Assert.Null(await Desk.ReadSceneAsync(id.Id, Cancel));
        Assert.True(await Desk.KeepSceneAsync(id.Id, jpeg, Cancel));
        Assert.True(await Desk.KeepSceneAsync(id.Id, jpeg, Cancel));
        Assert.Equal(jpeg, (await Desk.ReadSceneAsync(id.Id, Cancel))?.ToArray());
    }

    [Fact]
    public async Task A_passage_that_comes_too_late_is_recorded_but_not_examined()
    {
        foreach (var passage in ThreeTrips().All)
        {
            var recorded = await Register.RecordAsync(passage, At(20, 15), Cancel);
            Assert.True(recorded.New);
            Assert.Empty(recorded.Changes);
        }

        Assert.Equal(9, Assert.Single(await Register.ReadProgressAsync(Cancel)).Beyond.Count);
    }

    [Fact]
    public async Task A_new_exemption_withdraws_the_lead_at_once()
    {
        await RecordAsync(ThreeTrips());
        var id = Assert.Single(await Desk.ListAsync(null, 10, Cancel)).Id;
        var exempt = new AllowEntry(new PlateText(Van), AllowKind.LicensedCarrier, "运管所", "持证", At(0), At(0, 30));
        var changes = await Register.AdoptAsync(Pack with { Allowed = [exempt] }, At(20), Cancel);
        Assert.Equal(AlertChangeKind.Withdrawn, Assert.Single(changes).Kind);
        Assert.Empty(await Desk.ListAsync(null, 10, Cancel));
        Assert.Equal(id, Assert.Single(await Desk.ListAsync(new HashSet<LeadState> { LeadState.Withdrawn }, 10, Cancel)).Id);
        Assert.Empty(await Register.AdoptAsync(Pack with { Allowed = [exempt] }, At(20), Cancel));
    }

    [Fact]
    public async Task A_camera_outage_that_becomes_known_later_is_told_in_the_lead()
    {
        await RecordAsync(ThreeTrips());
        await Register.RecordCoverageAsync([new CoverageFact("xinli-1", "xinli", At(5), At(7), true)], At(20), Cancel);
        Assert.DoesNotContain(Assert.Single(await Desk.ListAsync(null, 10, Cancel)).Reasons, r => r.Zh.Contains("在线率", StringComparison.Ordinal));
        var changes = await Register.RecordCoverageAsync([new CoverageFact("xinli-1", "xinli", At(11), At(16), true)], At(20), Cancel);
        Assert.Equal(AlertChangeKind.Amended, Assert.Single(changes).Kind);
        Assert.Contains(Assert.Single(await Desk.ListAsync(null, 10, Cancel)).Reasons, r => r.Zh.StartsWith("新立服务区相机在线率仅", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_edges_hit_is_shown_until_the_centre_has_found_the_same()
    {
        var journeys = ThreeTrips();
        var hit = await HitOfAsync(journeys);
        Assert.True((await Register.RecordHitAsync(hit, At(15), Cancel)).New);
        Assert.False((await Register.RecordHitAsync(hit, At(15), Cancel)).New);
        var fromEdge = Assert.Single(await Desk.ListAsync(null, 10, Cancel));
        Assert.True(fromEdge.FromEdge);
        Assert.Empty(fromEdge.Timeline);

        await RecordAsync(journeys);
        var lead = Assert.Single(await Desk.ListAsync(null, 10, Cancel));
        Assert.Equal((fromEdge.Id, false, 9), (lead.Id, lead.FromEdge, lead.Timeline.Count));
        Assert.Contains(100, Assert.Single(await Register.ReadProgressAsync(Cancel)).Beyond);
    }

    [Fact]
    public async Task The_centre_has_the_last_word_on_an_edges_hit()
    {
        var journeys = ThreeTrips();
        await Register.RecordHitAsync(await HitOfAsync(journeys), At(15), Cancel);
        await Register.AdoptAsync(
            Pack with { Allowed = [new AllowEntry(new PlateText(Van), AllowKind.LicensedCarrier, "运管所", "持证", At(0), At(0, 30))] }, At(15), Cancel);
        Assert.Single(await Desk.ListAsync(null, 10, Cancel));
        await RecordAsync(journeys);
        Assert.Empty(await Desk.ListAsync(null, 10, Cancel));
        Assert.True(Assert.Single(await Desk.ListAsync(new HashSet<LeadState> { LeadState.Withdrawn }, 10, Cancel)).FromEdge);
    }

    [Fact]
    public async Task A_refused_message_with_a_number_counts_as_recorded()
    {
        await Register.RejectAsync("dashiban/v1/passage/x/00", new byte[] { 1 }, new WireRefusal("plate", Journeys.Outbox, 7), At(9), Cancel);
        await Register.RejectAsync("dashiban/v1/passage/x/00", new byte[] { 1 }, new WireRefusal("no JSON"), At(9), Cancel);
        Assert.Equal([7], Assert.Single(await Register.ReadProgressAsync(Cancel)).Beyond);
    }

    protected static Journeys ThreeTrips()
    {
        var journeys = new Journeys();
        foreach (var hour in new[] { 8.0, 10.5, 13.0 })
        {
            journeys.ThereAndBack(Van, "xinli", "chengxi", At(hour));
        }

        return journeys;
    }

    /// <summary>What an edge that knows no lists says of these passages.</summary>
    private async Task<EdgeHit> HitOfAsync(Journeys journeys)
    {
        var edge = new MemoryPlateRegister(Pack, Clock);
        foreach (var passage in journeys.All)
        {
            await edge.RecordAsync(passage, At(20), Cancel);
        }

        return new EdgeHit(Journeys.Outbox, 100, "edge-1", "xinli", At(14.7), edge.Changes()[^1]);
    }

    private async Task RecordAsync(Journeys journeys)
    {
        foreach (var passage in journeys.All)
        {
            await Register.RecordAsync(passage with { Passage = passage.Passage with { PlateCropJpeg = new byte[] { 0xFF, 0xD8, 0xFF } } }, At(20), Cancel);
        }
    }
}
