namespace Dashiban.Vision.Reading;

/// <summary>Background colour of a plate as the reader sees it (GA 36: green is small, yellow-green large new energy).</summary>
public enum PlateColourClass
{
    Unknown,
    Blue,
    Yellow,
    Green,
    YellowGreen,
    White,
    Black,
}

/// <summary>One character with the reader's confidence in it, 0 to 1.</summary>
public readonly record struct CharacterReading(char Character, float Confidence);

/// <summary>What the reader makes of one plate crop. Raw: no grammar has touched it, and it may be empty.</summary>
/// <param name="Characters">The characters in reading order; empty where nothing was read.</param>
/// <param name="WeakestConfidence">
/// The lowest confidence over all output slots, including those that say "no character here", 0 to 1. The gate works on this
/// value: a mean hides the one wrong character.
/// </param>
/// <param name="Colour">Plate colour with the highest probability.</param>
/// <param name="ColourConfidence">That probability, 0 to 1.</param>
/// <param name="SecondOpinionAgrees">Whether the network's second, independent way of reading says the same; true where it has none.</param>
public sealed record PlateReading(
    IReadOnlyList<CharacterReading> Characters,
    float WeakestConfidence,
    PlateColourClass Colour,
    float ColourConfidence,
    bool SecondOpinionAgrees = true)
{
    /// <summary>The text as read, without a separator dot; the O of old police plates stands as the zero it looks like.</summary>
    public string Text { get; } = string.Concat(Characters.Select(c => c.Character));
}
