namespace Dashiban.Vision.Reading;

/// <summary>Body classes that say how many people a vehicle may seat (GA 802 limits: 9 and fewer, 10 to 19, 20 and more).</summary>
public enum SeatClassLabel
{
    Unknown,
    CarLe6,
    Van7To9,
    Minibus10To19,
    CoachGe20,
    Truck,
    Other,
}

/// <summary>The seat model's answer for one vehicle crop: a probability per class, adding up to 1.</summary>
/// <param name="Label">The class with the highest probability, or <see cref="SeatClassLabel.Unknown"/> below the manifest's operating point.</param>
/// <param name="Confidence">That class's probability, 0 to 1.</param>
/// <param name="Probabilities">Indexed by <see cref="SeatClassLabel"/>; the entry for <c>Unknown</c> is 0.</param>
public sealed record SeatReading(SeatClassLabel Label, float Confidence, IReadOnlyList<float> Probabilities)
{
    /// <summary>The class with the highest probability, however low that is.</summary>
    public SeatClassLabel MostProbable => (SeatClassLabel)Enumerable.Range(0, Probabilities.Count).MaxBy(label => Probabilities[label]);

    /// <summary>Probability that the body is one of 7 seats and more: van, minibus or coach.</summary>
    public float SevenPlus => Probabilities[(int)SeatClassLabel.Van7To9]
        + Probabilities[(int)SeatClassLabel.Minibus10To19]
        + Probabilities[(int)SeatClassLabel.CoachGe20];
}
