namespace Dashiban.Domain.Rules;

/// <summary>
/// Thresholds of all rules. The defaults are seeds taken from published cases and methods, named at each value; they are meant to
/// be tuned on the county's own journal, not to be believed.
/// </summary>
public sealed record RuleOptions
{
    public RoundTripOptions RoundTrips { get; init; } = new();

    public DailyReturnOptions DailyReturn { get; init; } = new();

    public GateFrequencyOptions GateFrequency { get; init; } = new();

    public ClonedPlateOptions ClonedPlate { get; init; } = new();

    /// <summary>
    /// Share of a stretch (0 to 1) that a site's cameras must have seen before nothing is said about it. Default 0.9. Lower: fewer
    /// leads carry the remark that trips may be missing.
    /// </summary>
    public double StatedCoverage { get; init; } = 0.9;

    /// <summary>
    /// Longest accepted lateness in hours, 72 (what an edge must survive without a link) to 2160. Default 336, 14 days. A passage
    /// that arrives later than this after its capture is recorded and flagged but not examined, because its period may have been
    /// pruned. Longer: passages without a lead are kept longer too.
    /// </summary>
    public int LongestLatenessHours { get; init; } = 336;

    /// <summary><see cref="LongestLatenessHours"/> as a span.</summary>
    public TimeSpan LongestLateness => TimeSpan.FromHours(LongestLatenessHours);

    /// <summary>All errors, each a sentence that says what to do.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (var (value, low, high, name) in Bounds())
        {
            if (!(value >= low && value <= high))
            {
                yield return $"rules.{name} is {value}; choose a value from {low} to {high}.";
            }
        }
    }

    private IEnumerable<(double Value, double Low, double High, string Name)> Bounds() =>
    [
        (StatedCoverage, 0, 1, "statedCoverage"),
        (LongestLatenessHours, 72, 2160, "longestLatenessHours"),
        (RoundTrips.MinimumTrips, 2, 20, "roundTrips.minimumTrips"),
        (RoundTrips.SameSightingSeconds, 0, 600, "roundTrips.sameSightingSeconds"),
        (DailyReturn.MinimumDays, 2, 7, "dailyReturn.minimumDays"),
        (GateFrequency.MinimumSightings, 5, 1000, "gateFrequency.minimumSightings"),
        (GateFrequency.MinimumDays, 2, 31, "gateFrequency.minimumDays"),
        (GateFrequency.BandHours, 1, 12, "gateFrequency.bandHours"),
        (GateFrequency.BandShare, 0.3, 1, "gateFrequency.bandShare"),
        (ClonedPlate.SureCharacter, 0.5, 1, "clonedPlate.sureCharacter"),
        (ClonedPlate.TravelShare, 0.1, 1, "clonedPlate.travelShare"),
        (ClonedPlate.MinimumOccurrences, 1, 10, "clonedPlate.minimumOccurrences"),
        (ClonedPlate.UnmeasuredClockSeconds, 0, 600, "clonedPlate.unmeasuredClockSeconds"),
    ];
}

/// <summary>Shuttling within half a day.</summary>
public sealed record RoundTripOptions
{
    /// <summary>
    /// Round trips within twelve hours that make a lead, 2 to 20. Default 3: a reported seizure rested on "nearly 20 returns" in a
    /// short span, an ordinary errand is one, an errand with something forgotten two. 2 floods the officer.
    /// </summary>
    public int MinimumTrips { get; init; } = 3;

    /// <summary>
    /// Passages of one site within this many seconds are one sighting by several cameras, 0 to 600. Default 60. Longer: a quick
    /// drive through a service area no longer counts as in and out.
    /// </summary>
    public int SameSightingSeconds { get; init; } = 60;
}

/// <summary>Going and coming back day after day.</summary>
public sealed record DailyReturnOptions
{
    /// <summary>
    /// Days of a calendar week with at least one round trip that make a lead, 2 to 7. Default 5 ("at least 5 of 7 days"; a van in
    /// a reported case returned daily for a week).
    /// </summary>
    public int MinimumDays { get; init; } = 5;
}

/// <summary>One gate, month by month, always at about the same hours.</summary>
public sealed record GateFrequencyOptions
{
    /// <summary>
    /// Sightings at one site within a calendar month, 5 to 1000. Default 30; the case behind the rule was a seven-seater with 50
    /// entries and exits in one August at one toll gate.
    /// </summary>
    public int MinimumSightings { get; init; } = 30;

    /// <summary>Days of the month with a sighting, 2 to 31. Default 10: a busy weekend is not a timetable.</summary>
    public int MinimumDays { get; init; } = 10;

    /// <summary>Width of the band of hours, 1 to 12. Default 3 (the same case: mostly 11:00 to 14:00).</summary>
    public int BandHours { get; init; } = 3;

    /// <summary>Share of sightings inside the band, 0.3 to 1. Default 0.6. Higher: only clockwork is found.</summary>
    public double BandShare { get; init; } = 0.6;
}

/// <summary>One number at two places too far apart.</summary>
public sealed record ClonedPlateOptions
{
    /// <summary>Both readings must be at least this sure of their weakest character, 0.5 to 1. Default 0.9. Lower: misreadings accuse.</summary>
    public double SureCharacter { get; init; } = 0.9;

    /// <summary>
    /// Only trips shorter than this share of the least driving time are impossible, 0.1 to 1. Default 0.8, as published methods
    /// leave a fifth for fast drivers and rough distances.
    /// </summary>
    public double TravelShare { get; init; } = 0.8;

    /// <summary>
    /// Impossible trips within a week, 1 to 10, that make a lead where nothing else differs. Default 2; methods that ask for
    /// repetition are robust against misreadings. Where colour or seat class differ too, one is enough.
    /// </summary>
    public int MinimumOccurrences { get; init; } = 2;

    /// <summary>Clock error assumed for a passage whose edge did not measure its own, seconds, 0 to 600. Default 60.</summary>
    public int UnmeasuredClockSeconds { get; init; } = 60;
}
