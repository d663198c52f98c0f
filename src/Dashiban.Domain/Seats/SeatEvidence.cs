namespace Dashiban.Domain.Seats;

/// <summary>Body classes by seats. Limits follow GA 802: small 9 persons and fewer, medium 10 to 19, large 20 and more.</summary>
public enum SeatClass
{
    Unknown,
    CarLe6,
    Van7To9,
    Minibus10To19,
    CoachGe20,
    Truck,
    Other,
}

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
/// <param name="LogOdds">Natural logarithm of the odds for "7 seats and more" that this statement is worth.</param>
/// <param name="Class">The class that the witness names; <see cref="SeatClass.Unknown"/> where it names none.</param>
/// <param name="Seats">Approved seats where the witness is the register.</param>
/// <param name="Looks">Number of looks behind a picture witness; 0 for the others.</param>
public sealed record SeatWitness(SeatWitnessKind Kind, double LogOdds, SeatClass Class, int? Seats = null, int Looks = 0);

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

/// <summary>All that is known of a vehicle's seats: never one guess, always the witnesses with their weights.</summary>
public sealed record SeatEvidence(IReadOnlyList<SeatWitness> Witnesses)
{
    public static SeatEvidence None { get; } = new([]);
}
