namespace Dashiban.Domain.Seats;

/// <summary>
/// How far a seat model may be believed, as measured on vehicles it never saw. A model that is right in a share r of the cases
/// can never add more than ln(r / (1 − r)) to the odds, however sure it says it is and however many looks it had.
/// </summary>
/// <param name="SmallPlates">Balanced accuracy of "7 to 9 seats or fewer" on passenger vehicles with small plates, 0.5 to 1.</param>
/// <param name="LargePlates">Balanced accuracy of "bus or goods vehicle" on vehicles with large plates, 0.5 to 1.</param>
public sealed record SeatModelTrust(double SmallPlates, double LargePlates)
{
    /// <summary>A model that nobody has measured: its picture counts for nothing.</summary>
    public static SeatModelTrust Unmeasured { get; } = new(0.5, 0.5);
}
