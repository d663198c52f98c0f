using Dashiban.Domain.Plates;

namespace Dashiban.Domain.Seats;

/// <summary>Approved seats (核定载客) by plate, as the vehicle register exports them. Immutable.</summary>
public sealed class SeatRegister
{
    private readonly Dictionary<string, int> _seats;

    internal SeatRegister(Dictionary<string, int> seats) => _seats = seats;

    /// <summary>No entries: the picture and the plate class are the only witnesses.</summary>
    public static SeatRegister Empty { get; } = new([]);

    /// <summary>Plates in the register.</summary>
    public int Count => _seats.Count;

    /// <summary>Approved seats, or null where the plate is not in the register.</summary>
    public int? SeatsOf(PlateText plate) => _seats.TryGetValue(plate.Value, out var seats) ? seats : null;
}
