using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;

namespace Dashiban.Domain.Correlation;

/// <summary>
/// The passages of one <see cref="PlateKey"/>, as a set: the same passages give the same history in whatever order, and however
/// often, they were handed in.
/// </summary>
public sealed class PlateHistory
{
    /// <summary>A character read at least this surely is taken at its word when vehicles are told apart.</summary>
    public const float SureCharacter = 0.9f;

    private readonly RecordedPassage[] _passages;

    public PlateHistory(IEnumerable<RecordedPassage> passages)
        : this([.. passages.DistinctBy(p => p.Id).ByTime()])
    {
    }

    private PlateHistory(RecordedPassage[] ordered) => _passages = ordered;

    /// <summary>By capture time, then by identity.</summary>
    public IReadOnlyList<RecordedPassage> Passages => _passages;

    public PlateHistory Within(Period period) => new([.. _passages.Where(p => period.Contains(p.Passage.CapturedAt))]);

    /// <summary>
    /// Tells apart the vehicles in the bucket. A reading of another text is counted as a misreading of a better supported one only
    /// where the passage itself was unsure of every character that differs; a sure reading is another vehicle. Splitting one
    /// vehicle loses a passage, joining two makes an innocent driver look like a shuttle: hence the bias.
    /// </summary>
    public IReadOnlyList<VehicleHistory> Vehicles()
    {
        var roots = new List<(string Text, List<RecordedPassage> Passages)>();
        foreach (var variant in BySupport())
        {
            foreach (var passage in variant)
            {
                var home = roots.FirstOrDefault(r => r.Text == variant.Key || IsMisreadingOf(passage.Passage, r.Text));
                if (home.Passages is null)
                {
                    home = (variant.Key, []);
                    roots.Add(home);
                }

                home.Passages.Add(passage);
            }
        }

        return [.. roots.SelectMany(r => ByColour(r.Text, r.Passages)).OrderBy(v => v.Plate.Value, StringComparer.Ordinal).ThenBy(v => v.Colour)];
    }

    private IEnumerable<IGrouping<string, RecordedPassage>> BySupport() => _passages
        .GroupBy(p => p.Passage.Plate.Value)
        .OrderByDescending(g => g.Count(p => p.Passage.WeakestCharacter >= SureCharacter))
        .ThenByDescending(g => g.Count())
        .ThenBy(g => g.Key, StringComparer.Ordinal);

    private static bool IsMisreadingOf(Passage passage, string text)
    {
        var read = passage.Plate.Value;
        if (read.Length != text.Length || passage.CharacterConfidences.Count != read.Length)
        {
            return false;
        }

        for (var i = 0; i < read.Length; i++)
        {
            if (read[i] != text[i] && passage.CharacterConfidences[i] >= SureCharacter)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A blue and a yellow plate may bear the same number lawfully; a colour seen once is taken for a misjudged one.</summary>
    private static IEnumerable<VehicleHistory> ByColour(string text, List<RecordedPassage> passages)
    {
        var ordered = passages.ByTime().ToArray();
        var main = VehicleHistory.ColourOf(ordered);
        var seenOften = ordered.CountBy(p => p.Passage.Colour).Where(c => c.Value > 1).Select(c => c.Key).ToHashSet();
        return ordered
            .GroupBy(p => p.Passage.Colour != PlateColour.Unknown && seenOften.Contains(p.Passage.Colour) ? p.Passage.Colour : main)
            .Select(g => new VehicleHistory(new PlateText(text), [.. g]));
    }
}
