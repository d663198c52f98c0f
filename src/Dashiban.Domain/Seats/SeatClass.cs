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
