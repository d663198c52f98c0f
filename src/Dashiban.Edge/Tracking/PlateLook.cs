using Dashiban.Domain.Plates;
using Dashiban.Vision.Reading;

namespace Dashiban.Edge.Tracking;

/// <summary>One reading of a track's plate: what the vote counts.</summary>
/// <param name="At">Capture time of the frame.</param>
/// <param name="Reading">What was read there; never empty.</param>
/// <param name="Layout">Rows of the plate as the detector saw them.</param>
/// <param name="PlateWidth">Width of the plate in the picture, pixels.</param>
public readonly record struct PlateLook(DateTimeOffset At, PlateReading Reading, PlateLayout Layout, float PlateWidth = 0)
{
    /// <summary>From here on a reading is as sure as any, and the better view decides which picture a person gets to see.</summary>
    private const float Sure = 0.9f;

    /// <summary>
    /// How sure the reading is, in steps of 0.05. Looks are ranked by these steps: a view that improves a little on every frame is
    /// not encoded as evidence on every frame.
    /// </summary>
    public int Sureness => (int)(Math.Clamp(Reading.WeakestConfidence, 0, Sure) * 20);

    /// <summary>How near the plate is, in steps of a factor of 1.4, for the same reason.</summary>
    public int Nearness => PlateWidth > 1 ? (int)(MathF.Log2(PlateWidth) * 2) : 0;

    /// <summary>
    /// True where this look is to be preferred to <paramref name="other"/>: the surer, then the nearer, then the earlier. A total
    /// order but for equal looks.
    /// </summary>
    public bool IsSurerThan(PlateLook other)
    {
        if (Sureness != other.Sureness)
        {
            return Sureness > other.Sureness;
        }

        if (Nearness != other.Nearness)
        {
            return Nearness > other.Nearness;
        }

        return At != other.At ? At < other.At : Reading.WeakestConfidence > other.Reading.WeakestConfidence;
    }
}
