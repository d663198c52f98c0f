using Dashiban.Vision.Reading;

namespace Dashiban.Evaluation;

/// <summary>What became of one labelled plate.</summary>
/// <param name="Truth">Its row.</param>
/// <param name="Reading">What was read; null where it was not found.</param>
/// <param name="IsAccepted">Whether the reading passes the gate.</param>
/// <param name="Overlap">Of the labelled corners and those found, 0 to 1.</param>
internal sealed record PlateOutcome(LabelRow Truth, PlateReading? Reading, bool IsAccepted, float Overlap = 1)
{
    private const float TightFrom = 0.5f;

    /// <summary>Read without a mistake; O and 0 look the same on a plate and count as equal.</summary>
    public bool IsExact => Reading is not null && AreEqual(Reading.Text, Truth.Text);

    /// <summary>Read without a mistake behind the first character.</summary>
    public bool IsExactWithoutProvince => Reading is { Text.Length: > 0 } && Folded(Reading.Text)[1..] == Folded(Truth.Text)[1..];

    /// <summary>The groups this plate is reported in besides the total.</summary>
    public IEnumerable<string> Strata =>
    [
        $"colour:{Truth.Colour}",
        $"layout:{Truth.Layout}",
        $"length:{Truth.Text.Length}",
        $"province:{Truth.Text[0]}",
    ];

    /// <summary>Figures over a group.</summary>
    public static PlateFigures Figures(IReadOnlyCollection<PlateOutcome> plates)
    {
        var accepted = plates.Count(plate => plate.IsAccepted);
        return new(
            Rate.From(plates.Count(plate => plate.Reading is not null), plates.Count),
            Rate.From(plates.Count(plate => plate.Reading is not null && plate.Overlap >= TightFrom), plates.Count),
            Rate.From(plates.Count(plate => plate.IsExact), plates.Count),
            Rate.From(plates.Count(plate => plate.IsExactWithoutProvince), plates.Count),
            Rate.From(accepted, plates.Count),
            Rate.From(plates.Count(plate => plate.IsAccepted && !plate.IsExact), accepted));
    }

    /// <summary>Whether two texts are the same plate; O and 0 look the same on one.</summary>
    public static bool AreEqual(string text, string other) => Folded(text) == Folded(other);

    private static string Folded(string text) => text.Replace('O', '0');
}
