using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;

namespace Dashiban.Domain.Correlation;

/// <summary>The passages of one vehicle, by capture time, and what they say together of its seats.</summary>
public sealed class VehicleHistory
{
    private readonly Lazy<SeatEvidence> _seats;

    internal VehicleHistory(PlateText plate, IReadOnlyList<RecordedPassage> passages)
    {
        Plate = plate;
        Passages = passages;
        _seats = new(() => SeatFusion.Combine(passages.Select(p => p.Passage.Seats)));
    }

    /// <summary>The reading that stands for the vehicle; single passages may read otherwise.</summary>
    public PlateText Plate { get; }

    /// <summary>Never empty; by capture time, then by identity.</summary>
    public IReadOnlyList<RecordedPassage> Passages { get; }

    /// <summary>What all passages say together.</summary>
    public SeatEvidence Seats => _seats.Value;

    /// <summary>The colour that most passages saw, leaving out those that saw none.</summary>
    public PlateColour Colour => ColourOf(Passages);

    public static PlateColour ColourOf(IEnumerable<RecordedPassage> passages) => passages
        .Where(p => p.Passage.Colour != PlateColour.Unknown)
        .CountBy(p => p.Passage.Colour)
        .OrderByDescending(c => c.Value).ThenBy(c => c.Key)
        .Select(c => c.Key)
        .FirstOrDefault();

    /// <summary>A vehicle made of these passages; null where there are none.</summary>
    public static VehicleHistory? Of(PlateText plate, IEnumerable<RecordedPassage> passages)
    {
        var ordered = passages.ByTime().ToArray();
        return ordered.Length == 0 ? null : new VehicleHistory(plate, ordered);
    }

    /// <summary>The same vehicle with a part of its passages; null where none is left.</summary>
    public VehicleHistory? Where(Func<RecordedPassage, bool> condition)
    {
        var kept = Passages.Where(condition).ToArray();
        return kept.Length == 0 ? null : new VehicleHistory(Plate, kept);
    }
}
