using Dashiban.Correlator.Leads;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;

namespace Dashiban.Correlator.Alerts;

/// <summary>A lead as lists and streams show it: the plate is masked, because nobody has said yet why it should be seen.</summary>
public sealed record MaskedLead(
    long Id,
    long Position,
    string Rule,
    LeadQueue Queue,
    string MaskedPlate,
    PlateColour Colour,
    DateTimeOffset PeriodStart,
    DateTimeOffset PeriodEnd,
    double Score,
    IReadOnlyList<Reason> Reasons,
    LeadState State,
    DateTimeOffset RaisedAt,
    DateTimeOffset ChangedAt)
{
    internal static MaskedLead Of(Lead lead) => new(
        lead.Id, lead.Position, lead.Rule, lead.Queue, lead.Plate.ToString(), lead.Colour, lead.Period.Start, lead.Period.End,
        lead.Score, lead.Reasons, lead.State, lead.RaisedAt, lead.ChangedAt);
}

/// <summary>A lead that somebody has opened with a name and a reason: the whole plate and everything behind it.</summary>
public sealed record OpenedLead(
    MaskedLead Summary,
    string Plate,
    IReadOnlyList<SeatWitness> SeatWitnesses,
    IReadOnlyList<PassageView> Timeline,
    Disposition? Disposition)
{
    internal static OpenedLead Of(Lead lead) => new(
        MaskedLead.Of(lead), lead.Plate.Value, lead.Seats.Witnesses, [.. lead.Timeline.Select(PassageView.Of)], lead.Disposition);
}

/// <summary>One passage of a lead. <see cref="ScenePath"/> answers 404 until the roadside has uploaded the picture.</summary>
public sealed record PassageView(
    Guid Outbox,
    long Sequence,
    string Site,
    string Camera,
    DateTimeOffset CapturedAt,
    string Plate,
    IReadOnlyList<float> CharacterConfidences,
    int AgreeingLooks,
    int Looks,
    TimeSpan? ClockOffset,
    string? SceneSha256,
    string? ScenePath)
{
    internal static PassageView Of(RecordedPassage recorded)
    {
        var (id, passage) = recorded;
        return new(
            id.Outbox, id.Sequence, passage.Site, passage.Camera, passage.CapturedAt, passage.Plate.Value,
            passage.CharacterConfidences, passage.AgreeingLooks, passage.Looks, passage.ClockOffset, passage.SceneSha256,
            passage.SceneSha256 is null ? null : SceneEndpoints.PathOf(id));
    }
}

/// <summary>One event of the live stream.</summary>
/// <param name="Position">Journal position, also the event's id.</param>
/// <param name="LeadId">The lead concerned.</param>
/// <param name="Kind"><c>Raised</c>, <c>Amended</c>, <c>Withdrawn</c> or <c>Settled</c>.</param>
/// <param name="At">When the centre recorded it.</param>
/// <param name="Lead">The lead as it is now (not as it was then); null where it is no longer among the newest.</param>
public sealed record LeadEvent(long Position, long LeadId, string Kind, DateTimeOffset At, MaskedLead? Lead);

/// <summary>The officer's word, as the REST verb takes it.</summary>
/// <param name="Verdict">What was found.</param>
/// <param name="Reason">In words; never empty.</param>
/// <param name="By">Who says so.</param>
public sealed record DispositionRequest(DispositionVerdict Verdict, string Reason, string By);
