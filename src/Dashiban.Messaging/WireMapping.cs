using System.Diagnostics.CodeAnalysis;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;

namespace Dashiban.Messaging;

/// <summary>Why a payload was refused, and whose it was where that could be read.</summary>
/// <param name="Reason">A sentence for the log and the table of rejected messages; it quotes no plate.</param>
/// <param name="Outbox">The outbox named in the payload, or null.</param>
/// <param name="Sequence">The sequence named in the payload, or 0. Settle it: the same bytes will be refused again.</param>
public sealed record WireRefusal(string Reason, Guid? Outbox = null, long Sequence = 0);

/// <summary>
/// Between payloads and the domain. Everything that arrives is taken for hostile: lengths, ranges, number of members and picture
/// headers are checked here once, and a refusal is a value, never an exception.
/// </summary>
public static class WireMapping
{
    public const int MostPlateCropBytes = 12 * 1024;

    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly WireNames<PlateColour> Colours = new(
        ("unknown", PlateColour.Unknown), ("blue", PlateColour.Blue), ("yellow", PlateColour.Yellow), ("green", PlateColour.Green),
        ("yellowGreen", PlateColour.YellowGreen), ("white", PlateColour.White), ("black", PlateColour.Black));

    private static readonly WireNames<PlateLayout> Layouts = new(("single", PlateLayout.SingleRow), ("double", PlateLayout.DoubleRow));

    private static readonly WireNames<Heading> Headings = new(
        ("unknown", Heading.Unknown), ("approaching", Heading.Approaching), ("leaving", Heading.Leaving));

    private static readonly WireNames<SeatWitnessKind> Witnesses = new(
        ("register", SeatWitnessKind.Register), ("plateClass", SeatWitnessKind.PlateClass), ("picture", SeatWitnessKind.Picture));

    private static readonly WireNames<SeatClass> SeatClasses = new(
        ("unknown", SeatClass.Unknown), ("carLe6", SeatClass.CarLe6), ("van7To9", SeatClass.Van7To9),
        ("minibus10To19", SeatClass.Minibus10To19), ("coachGe20", SeatClass.CoachGe20), ("truck", SeatClass.Truck), ("other", SeatClass.Other));

    private static readonly WireNames<PlateClass> PlateClasses = new(
        ("unknown", PlateClass.Unknown), ("small", PlateClass.Small), ("large", PlateClass.Large),
        ("smallOrLarge", PlateClass.SmallOrLarge), ("smallNewEnergy", PlateClass.SmallNewEnergy), ("largeNewEnergy", PlateClass.LargeNewEnergy),
        ("trailer", PlateClass.Trailer), ("drivingSchool", PlateClass.DrivingSchool), ("police", PlateClass.Police),
        ("embassy", PlateClass.Embassy), ("consulate", PlateClass.Consulate), ("hongKong", PlateClass.HongKong),
        ("macao", PlateClass.Macao), ("foreignOwned", PlateClass.ForeignOwned), ("moped", PlateClass.Moped),
        ("emergencyRescue", PlateClass.EmergencyRescue), ("armedPolice", PlateClass.ArmedPolice), ("military", PlateClass.Military),
        ("civilAviation", PlateClass.CivilAviation), ("tractor", PlateClass.Tractor));

    private static readonly WireNames<AlertChangeKind> Changes = new(
        ("raised", AlertChangeKind.Raised), ("amended", AlertChangeKind.Amended), ("withdrawn", AlertChangeKind.Withdrawn));

    /// <summary>The payload of a stored passage.</summary>
    public static PassageReport ToReport(RecordedPassage recorded)
    {
        var passage = recorded.Passage;
        return new PassageReport
        {
            Schema = PassageReport.CurrentSchema,
            Outbox = recorded.Id.Outbox,
            Sequence = recorded.Id.Sequence,
            Site = passage.Site,
            Camera = passage.Camera,
            CapturedAt = passage.CapturedAt,
            FirstSeenAt = passage.FirstSeenAt,
            LastSeenAt = passage.LastSeenAt,
            Plate = passage.Plate.Value,
            Colour = Colours.Of(passage.Colour),
            Layout = Layouts.Of(passage.Layout),
            CharacterConfidences = passage.CharacterConfidences,
            AgreeingLooks = passage.AgreeingLooks,
            Looks = passage.Looks,
            Seats = [.. passage.Seats.Witnesses.Select(ToReport)],
            Heading = Headings.Of(passage.Heading),
            Interrupted = passage.Interrupted,
            ClockOffset = passage.ClockOffset,
            SceneSha256 = passage.SceneSha256,
            PlateCropJpeg = passage.PlateCropJpeg.IsEmpty ? null : passage.PlateCropJpeg.ToArray(),
        };
    }

    /// <summary>The payload of a stored hit. Evidence from another outbox is left out: an edge knows none.</summary>
    public static HitReport ToReport(EdgeHit hit)
    {
        var finding = hit.Change.Finding;
        return new HitReport
        {
            Schema = HitReport.CurrentSchema,
            Outbox = hit.Outbox,
            Sequence = hit.Sequence,
            Edge = hit.Edge,
            Site = hit.Site,
            At = hit.At,
            Change = Changes.Of(hit.Change.Kind),
            Rule = finding.Key.Rule,
            Plate = finding.Key.Plate.Value,
            PeriodStart = finding.Period.Start,
            PeriodEnd = finding.Period.End,
            Score = finding.Score,
            Reasons = [.. finding.Reasons.Select(reason => new ReasonReport { Zh = reason.Zh, En = reason.En })],
            Evidence = [.. finding.Evidence.Where(id => id.Outbox == hit.Outbox).Select(id => id.Sequence)],
        };
    }

    public static bool TryReadPassage(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out RecordedPassage? passage, [NotNullWhen(false)] out WireRefusal? refusal)
    {
        passage = null;
        if (!WireJson.TryRead(payload, out PassageReport? report, out var unreadable))
        {
            refusal = new WireRefusal(unreadable);
            return false;
        }

        if (FirstFault(Faults(report)) is { } fault)
        {
            refusal = Refuse(fault, report.Outbox, report.Sequence);
            return false;
        }

        passage = new RecordedPassage(new PassageId(report.Outbox, report.Sequence), ToPassage(report));
        refusal = null;
        return true;
    }

    public static bool TryReadHit(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out EdgeHit? hit, [NotNullWhen(false)] out WireRefusal? refusal)
    {
        hit = null;
        if (!WireJson.TryRead(payload, out HitReport? report, out var unreadable))
        {
            refusal = new WireRefusal(unreadable);
            return false;
        }

        if (FirstFault(Faults(report)) is { } fault)
        {
            refusal = Refuse(fault, report.Outbox, report.Sequence);
            return false;
        }

        hit = ToHit(report);
        refusal = null;
        return true;
    }

    public static bool TryReadRecorded(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out RecordedReport? recorded, [NotNullWhen(false)] out WireRefusal? refusal)
    {
        if (!WireJson.TryRead(payload, out recorded, out var unreadable))
        {
            refusal = new WireRefusal(unreadable);
            return false;
        }

        refusal = FirstFault(Faults(recorded)) is { } fault ? new WireRefusal(fault, recorded.Outbox) : null;
        recorded = refusal is null ? recorded : null;
        return recorded is not null;
    }

    public static bool TryReadHeartbeat(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out HeartbeatReport? heartbeat, [NotNullWhen(false)] out WireRefusal? refusal)
    {
        if (!WireJson.TryRead(payload, out heartbeat, out var unreadable))
        {
            refusal = new WireRefusal(unreadable);
            return false;
        }

        refusal = FirstFault(Faults(heartbeat)) is { } fault ? new WireRefusal(fault, heartbeat.Outbox) : null;
        heartbeat = refusal is null ? heartbeat : null;
        return heartbeat is not null;
    }

    /// <summary>True for names that may stand in a topic, a file name and an address: letters, digits, hyphen, underscore, dot; at most 64.</summary>
    public static bool IsIdentifier(string text) =>
        text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && text is not ("." or "..");

    private static Passage ToPassage(PassageReport report) => new()
    {
        Site = report.Site,
        Camera = report.Camera,
        CapturedAt = report.CapturedAt,
        FirstSeenAt = report.FirstSeenAt,
        LastSeenAt = report.LastSeenAt,
        Plate = new PlateText(report.Plate),
        Colour = Colours.Read(report.Colour) ?? PlateColour.Unknown,
        Layout = Layouts.Read(report.Layout)!.Value,
        CharacterConfidences = report.CharacterConfidences,
        AgreeingLooks = report.AgreeingLooks,
        Looks = report.Looks,
        Seats = new SeatEvidence([.. report.Seats.Select(ToWitness).OfType<SeatWitness>()]),
        Heading = Headings.Read(report.Heading) ?? Heading.Unknown,
        Interrupted = report.Interrupted,
        ClockOffset = report.ClockOffset,
        SceneSha256 = report.SceneSha256,
        PlateCropJpeg = report.PlateCropJpeg,
    };

    private static EdgeHit ToHit(HitReport report)
    {
        var period = new Period(report.PeriodStart, report.PeriodEnd);
        var finding = new Finding(
            new FindingKey(report.Rule, new PlateText(report.Plate), report.PeriodStart),
            period,
            report.Score,
            [.. report.Reasons.Select(reason => new Reason(reason.Zh, reason.En))],
            [.. report.Evidence.Select(sequence => new PassageId(report.Outbox, sequence))]);
        return new EdgeHit(
            report.Outbox, report.Sequence, report.Edge, report.Site, report.At, new AlertChange(Changes.Read(report.Change)!.Value, finding));
    }

    private static SeatWitnessReport ToReport(SeatWitness witness) => new()
    {
        Kind = Witnesses.Of(witness.Kind),
        LogOdds = witness.LogOdds,
        Class = SeatClasses.Of(witness.Class),
        Seats = witness.Seats,
        Looks = witness.Looks,
        PlateClass = witness.Plate == PlateClass.Unknown ? null : PlateClasses.Of(witness.Plate),
    };

    private static SeatWitness? ToWitness(SeatWitnessReport report) => Witnesses.Read(report.Kind) is { } kind
        ? new SeatWitness(
            kind,
            report.LogOdds,
            SeatClasses.Read(report.Class) ?? SeatClass.Unknown,
            report.Seats,
            report.Looks,
            PlateClasses.Read(report.PlateClass) ?? PlateClass.Unknown)
        : null;

    private static IEnumerable<(bool Good, string Fault)> Faults(PassageReport report)
    {
        yield return (report.Schema == PassageReport.CurrentSchema, $"schema {report.Schema} is not the {PassageReport.CurrentSchema} of this topic");
        yield return (report.Outbox != Guid.Empty, "outbox is empty");
        yield return (report.Sequence >= 1, "sequence is not positive");
        yield return (IsIdentifier(report.Site), "site is no identifier");
        yield return (IsIdentifier(report.Camera), "camera is no identifier");
        yield return (IsPlate(report.Plate), "plate has an impossible length or character");
        yield return (IsTime(report.CapturedAt) && IsTime(report.FirstSeenAt) && IsTime(report.LastSeenAt), "a time lies outside 2000 to 2100");
        yield return (report.FirstSeenAt <= report.CapturedAt && report.CapturedAt <= report.LastSeenAt, "capturedAt lies outside firstSeenAt to lastSeenAt");
        yield return (Layouts.Read(report.Layout) is not null, "layout is neither single nor double");
        yield return (report.CharacterConfidences.Count == report.Plate.Length, "characterConfidences and plate differ in length");
        yield return (report.CharacterConfidences.All(c => c is >= 0 and <= 1), "a character confidence lies outside 0 to 1");
        yield return (report.Looks is >= 0 and <= 1_000_000 && report.AgreeingLooks >= 0 && report.AgreeingLooks <= report.Looks, "looks do not add up");
        yield return (report.Seats.Count <= 16, "more than 16 seat witnesses");
        yield return (report.Seats.All(IsWitness), "a seat witness has an impossible number");
        yield return (report.ClockOffset is not { } offset || offset.Duration() <= TimeSpan.FromDays(1), "clockOffset is more than a day");
        yield return (report.SceneSha256 is null || IsSha256(report.SceneSha256), "sceneSha256 is not 64 lower-case hex digits");
        yield return (report.PlateCropJpeg is null || IsJpeg(report.PlateCropJpeg, MostPlateCropBytes), "plateCropJpeg is no JPEG of at most 12 KB");
    }

    private static IEnumerable<(bool Good, string Fault)> Faults(HitReport report)
    {
        yield return (report.Schema == HitReport.CurrentSchema, $"schema {report.Schema} is not the {HitReport.CurrentSchema} of this topic");
        yield return (report.Outbox != Guid.Empty, "outbox is empty");
        yield return (report.Sequence >= 1, "sequence is not positive");
        yield return (IsIdentifier(report.Edge), "edge is no identifier");
        yield return (IsIdentifier(report.Site), "site is no identifier");
        yield return (Changes.Read(report.Change) is not null, "change is none of raised, amended, withdrawn");
        yield return (IsIdentifier(report.Rule), "rule is no identifier");
        yield return (IsPlate(report.Plate), "plate has an impossible length or character");
        yield return (IsTime(report.At) && IsTime(report.PeriodStart) && IsTime(report.PeriodEnd), "a time lies outside 2000 to 2100");
        yield return (report.PeriodStart < report.PeriodEnd, "the period ends before it starts");
        yield return (report.Score is >= 0 and <= 100, "score lies outside 0 to 100");
        yield return (report.Reasons.Count is >= 1 and <= 32, "no reason, or more than 32");
        yield return (report.Reasons.All(IsReason), "a reason is empty or longer than 500 characters");
        yield return (report.Evidence.Count <= 2_000 && report.Evidence.All(sequence => sequence >= 1), "evidence is more than 2,000 passages or not positive");
    }

    private static IEnumerable<(bool Good, string Fault)> Faults(RecordedReport report)
    {
        yield return (report.Schema == RecordedReport.CurrentSchema, $"schema {report.Schema} is not the {RecordedReport.CurrentSchema} of this topic");
        yield return (report.Outbox != Guid.Empty, "outbox is empty");
        yield return (report.RecordedThrough >= 0 && report.Highest >= report.RecordedThrough, "recordedThrough and highest contradict each other");
        yield return (report.Missing.Count <= RecordedReport.MostGaps, $"more than {RecordedReport.MostGaps} gaps");
        yield return (report.Missing.All(gap => gap is not null && gap.First > report.RecordedThrough && gap.First <= gap.Last && gap.Last < report.Highest), "a gap lies outside recordedThrough to highest");
    }

    private static IEnumerable<(bool Good, string Fault)> Faults(HeartbeatReport report)
    {
        yield return (report.Schema == 1, $"schema {report.Schema} is not the 1 of this topic");
        yield return (IsIdentifier(report.Edge), "edge is no identifier");
        yield return (report.Outbox != Guid.Empty, "outbox is empty");
        yield return (IsTime(report.SentAt) && IsTime(report.StartedAt), "a time lies outside 2000 to 2100");
        yield return (report.NextSequence >= 1 && report.ConfirmedThrough >= 0 && report.Withheld >= 0, "a number of the books is negative");
        yield return (report.Lanes.Count <= 64, "more than 64 lanes");
        yield return (report.Lanes.All(IsLane), "a lane has no identifier, a name longer than 64 characters, or more than 64 counters");
    }

    private static string? FirstFault(IEnumerable<(bool Good, string Fault)> checks) => checks.FirstOrDefault(check => !check.Good).Fault;

    private static WireRefusal Refuse(string fault, Guid outbox, long sequence) =>
        outbox != Guid.Empty && sequence >= 1 ? new WireRefusal(fault, outbox, sequence) : new WireRefusal(fault);

    private static bool IsTime(DateTimeOffset time) => Earliest <= time && time < Latest;

    // Nullable annotations are checked for members by the reader, but not inside lists: a null may stand there.
    private static bool IsReason(ReasonReport? reason) => reason is not null && IsWords(reason.Zh) && IsWords(reason.En);

    private static bool IsWords(string text) => text.Length is > 0 and <= 500;

    private static bool IsPlate(string text) => text.Length is >= 4 and <= 10 && text.All(char.IsLetterOrDigit);

    private static bool IsSha256(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private static bool IsJpeg(byte[] bytes, int most) => bytes.Length >= 4 && bytes.Length <= most && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF;

    private static bool IsWitness(SeatWitnessReport? witness) =>
        witness is not null && witness.LogOdds is >= -100 and <= 100 && witness.Seats is null or (>= 0 and <= 300) && witness.Looks is >= 0 and <= 1_000_000;

    private static bool IsLane(LaneReport? lane) =>
        lane is not null && IsIdentifier(lane.Camera) && IsIdentifier(lane.Site) && lane.State.Length <= 64
        && lane.Fates.Count <= 64 && lane.Funnel.Count <= 64 && lane.Latencies.Count <= 64
        && lane.Fates.Keys.Concat(lane.Funnel.Keys).Concat(lane.Latencies.Keys).All(name => name.Length <= 64)
        && lane.Latencies.Values.All(latency => latency is not null);
}

/// <summary>The words that an enumeration has on the wire; members without a word cannot be sent.</summary>
internal sealed class WireNames<T>(params (string Name, T Value)[] names)
    where T : struct, Enum
{
    private readonly Dictionary<string, T> _values = names.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
    private readonly Dictionary<T, string> _names = names.ToDictionary(pair => pair.Value, pair => pair.Name);

    public string Of(T value) => _names[value];

    public T? Read(string? name) => name is not null && _values.TryGetValue(name, out var value) ? value : null;
}
