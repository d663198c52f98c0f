using Dashiban.Domain.Correlation;
using Dashiban.Domain.Plates;

namespace Dashiban.Domain.Seats;

/// <summary>Who says something about a vehicle's seats, the strongest first.</summary>
public enum SeatWitnessKind
{
    /// <summary>The vehicle register: approved seats (核定载客).</summary>
    Register,

    /// <summary>The class of the plate: blue and small green mean at most 9 seats, yellow and yellow-green 10 and more or a truck.</summary>
    PlateClass,

    /// <summary>The body as the seat model saw it, over the looks of one passage.</summary>
    Picture,
}

/// <summary>One statement about a vehicle's seats.</summary>
/// <param name="Kind">Who says it.</param>
/// <param name="LogOdds">
/// Natural logarithm of the odds for "7 seats and more" that this statement is worth. The witnesses' values add up to the
/// logarithm of the posterior odds.
/// </param>
/// <param name="Class">The class that the witness names; <see cref="SeatClass.Unknown"/> where it names none.</param>
/// <param name="Seats">Approved seats where the witness is the register.</param>
/// <param name="Looks">Number of looks behind a picture witness; 0 for the others.</param>
/// <param name="Plate">The class of the plate where that is the witness; <see cref="PlateClass.Unknown"/> for the others.</param>
public sealed record SeatWitness(
    SeatWitnessKind Kind,
    double LogOdds,
    SeatClass Class,
    int? Seats = null,
    int Looks = 0,
    PlateClass Plate = PlateClass.Unknown);

/// <summary>What the evidence says on "7 seats and more".</summary>
public enum SeatVerdict
{
    /// <summary>No witness, or witnesses too weak either way.</summary>
    Unknown,

    /// <summary>Fewer than 7 seats.</summary>
    UpTo6,

    /// <summary>7 seats and more.</summary>
    SevenPlus,

    /// <summary>A goods vehicle: seats do not apply.</summary>
    Truck,
}

/// <summary>
/// All that is known of a vehicle's seats: never one guess, always the witnesses with their weights. What follows from them is
/// computed, never stored, so that a stored passage is judged by the rules of today.
/// </summary>
/// <param name="Witnesses">At most one of each kind.</param>
public sealed record SeatEvidence(IReadOnlyList<SeatWitness> Witnesses)
{
    public static SeatEvidence None { get; } = new([]);

    /// <summary>Probability of 7 seats and more, 0 to 1; 0.5 without any witness.</summary>
    public double SevenPlusProbability => 1 / (1 + Math.Exp(-Witnesses.Sum(w => w.LogOdds)));

    /// <summary>The conclusion; <see cref="SeatFusion.Judge"/> states the rule.</summary>
    public SeatVerdict Verdict => SeatFusion.Judge(this);

    /// <summary>Where two witnesses contradict each other, a sentence for the officer, else null.</summary>
    public Reason? Disagreement => SeatFusion.Contradiction(this);

    /// <summary>The witness of that kind, or null.</summary>
    public SeatWitness? Of(SeatWitnessKind kind) => Witnesses.FirstOrDefault(w => w.Kind == kind);
}
