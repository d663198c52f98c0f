using Dashiban.Correlator.Register;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Rules;

namespace Dashiban.Correlator.Leads;

/// <summary>How journal rows, the officer's word and passages become a <see cref="Lead"/>. Pure; both registers use it.</summary>
internal static class LeadAssembly
{
    /// <summary>What an empty filter means.</summary>
    public static IReadOnlySet<LeadState> OpenOnly { get; } = new HashSet<LeadState> { LeadState.Open };

    /// <summary>The row that counts: the centre has the last word, an edge speaks until then.</summary>
    public static JournalRow Current(IReadOnlyCollection<JournalRow> rowsOfLead) => rowsOfLead
        .OrderBy(r => r.FromEdge)
        .ThenByDescending(r => r.Position)
        .First();

    /// <summary>"Not met" leaves a lead open: nothing has been found out about the vehicle.</summary>
    public static LeadState StateOf(AlertChangeKind kind, Disposition? disposition) => disposition?.Verdict switch
    {
        DispositionVerdict.Confirmed => LeadState.Confirmed,
        null or DispositionVerdict.NotMet => kind == AlertChangeKind.Withdrawn ? LeadState.Withdrawn : LeadState.Open,
        _ => LeadState.Dismissed,
    };

    /// <summary>The strongest first, among equals the newest.</summary>
    public static IEnumerable<LeadSummary> InOrder(this IEnumerable<LeadSummary> leads) =>
        leads.OrderByDescending(l => l.Current.Change.Finding.Score).ThenByDescending(l => l.Position);

    public static Lead Build(LeadSummary summary, IEnumerable<RecordedPassage> evidence)
    {
        var finding = summary.Current.Change.Finding;
        var vehicle = VehicleHistory.Of(finding.Key.Plate, evidence);
        return new Lead
        {
            Id = summary.Current.LeadId,
            Position = summary.Position,
            Rule = finding.Key.Rule,
            Queue = finding.Key.Rule == nameof(ClonedPlate) ? LeadQueue.ClonedPlates : LeadQueue.Patterns,
            Plate = finding.Key.Plate,
            Colour = vehicle?.Colour ?? PlateColour.Unknown,
            Period = finding.Period,
            Score = finding.Score,
            Reasons = finding.Reasons,
            Seats = vehicle?.Seats ?? Domain.Seats.SeatEvidence.None,
            Timeline = vehicle?.Passages ?? [],
            State = summary.State,
            Disposition = summary.Disposition,
            RaisedAt = summary.RaisedAt,
            ChangedAt = summary.ChangedAt,
            FromEdge = summary.Current.FromEdge,
        };
    }
}

/// <summary>A lead without its passages.</summary>
/// <param name="Current">The row that counts.</param>
/// <param name="Position">Newest row of any kind, the officer's word included.</param>
/// <param name="RaisedAt">Time of the first row.</param>
/// <param name="ChangedAt">Time of the newest row.</param>
/// <param name="Disposition">The officer's newest word.</param>
/// <param name="Overruled">
/// True where only an edge speaks although the centre has all the passages behind it: the centre knows more sites and lists, judged
/// them, and found nothing.
/// </param>
internal sealed record LeadSummary(
    JournalRow Current, long Position, DateTimeOffset RaisedAt, DateTimeOffset ChangedAt, Disposition? Disposition, bool Overruled)
{
    public LeadState State => LeadAssembly.StateOf(Overruled ? AlertChangeKind.Withdrawn : Current.Change.Kind, Disposition);

    /// <param name="rows">At least the first row, the centre's newest and the edges' newest.</param>
    /// <param name="words">What officers said.</param>
    /// <param name="isRecorded">Whether the centre has a passage.</param>
    public static LeadSummary Of(
        IReadOnlyCollection<JournalRow> rows, IReadOnlyCollection<(long Position, Disposition Word)> words, Func<PassageId, bool> isRecorded)
    {
        var current = LeadAssembly.Current(rows);
        var newestRow = rows.MaxBy(r => r.Position)!;
        var newestWord = words.Count == 0 ? default : words.MaxBy(w => w.Position);
        return new LeadSummary(
            current,
            Math.Max(newestRow.Position, newestWord.Position),
            rows.MinBy(r => r.Position)!.At,
            newestWord.Position > newestRow.Position ? newestWord.Word.At : newestRow.At,
            newestWord.Word,
            current.FromEdge && current.Change.Finding.Evidence.All(isRecorded));
    }
}
