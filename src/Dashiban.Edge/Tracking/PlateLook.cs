using Dashiban.Domain.Plates;
using Dashiban.Vision.Reading;

namespace Dashiban.Edge.Tracking;

/// <summary>One reading of a track's plate: what the vote counts.</summary>
/// <param name="At">Capture time of the frame.</param>
/// <param name="Reading">What was read there; never empty.</param>
/// <param name="Layout">Rows of the plate as the detector saw them.</param>
public readonly record struct PlateLook(DateTimeOffset At, PlateReading Reading, PlateLayout Layout)
{
    /// <summary>
    /// How sure the reading is, in steps of 0.05. Looks are ranked by these steps, the earlier of equals first: a view that
    /// improves a little on every frame is not encoded as evidence on every frame.
    /// </summary>
    public int Sureness => (int)(Math.Clamp(Reading.WeakestConfidence, 0, 1) * 20);

    /// <summary>True where this look is to be preferred to <paramref name="other"/>: a total order but for equal looks.</summary>
    public bool IsSurerThan(PlateLook other)
    {
        if (Sureness != other.Sureness)
        {
            return Sureness > other.Sureness;
        }

        return At != other.At ? At < other.At : Reading.WeakestConfidence > other.Reading.WeakestConfidence;
    }
}
