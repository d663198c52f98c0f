using Dashiban.Domain.Plates;

namespace Dashiban.Domain.Seats;

/// <summary>
/// What the looks at a body say once its plate is known: masses of the bodies that can carry such a plate, and the share of the
/// whole that they are. On a small plate a bus-like body is a van (a high-roof van registered for 9), and a coach cannot be; on
/// a large plate a van-like body is a minibus, and a car cannot be (GA 802, GA 36). What the model gave to the impossible bodies
/// it does not know, so the remaining share weighs the rest.
/// </summary>
/// <param name="Share">Mass of the possible bodies over that of all, 0 to 1.</param>
public readonly record struct PossibleBodies(double Car, double Van, double Minibus, double Coach, double Truck, double Other, double Share)
{
    /// <summary>Mass of the bodies with seven seats and more.</summary>
    public double SevenPlus => Van + Minibus + Coach;

    /// <summary>Mass of all others.</summary>
    public double Fewer => Car + Truck + Other;

    /// <summary>The heaviest body.</summary>
    public SeatClass Likeliest => Heaviest().Body;

    /// <summary>Mass of the heaviest body over that of all possible ones, 0 to 1.</summary>
    public double LikeliestShare => Heaviest().Mass / (SevenPlus + Fewer);

    /// <summary>The bodies that can be; all of them where the plate's class is unknown.</summary>
    /// <param name="plate">Class of the plate.</param>
    /// <param name="body">At least one look.</param>
    public static PossibleBodies On(PlateClass plate, BodyLooks body)
    {
        var car = body.Mean(SeatClass.CarLe6);
        var van = body.Mean(SeatClass.Van7To9);
        var minibus = body.Mean(SeatClass.Minibus10To19);
        var coach = body.Mean(SeatClass.CoachGe20);
        var truck = body.Mean(SeatClass.Truck);
        var other = body.Mean(SeatClass.Other);
        var total = car + van + minibus + coach + truck + other;
        if (plate.IsSmall())
        {
            return new(car, van + minibus, 0, 0, truck, other, 1 - (coach / total));
        }

        return plate.IsLarge()
            ? new(0, 0, van + minibus, coach, truck, other, 1 - (car / total))
            : new(car, van, minibus, coach, truck, other, 1);
    }

    private (SeatClass Body, double Mass) Heaviest()
    {
        ReadOnlySpan<double> masses = [Car, Van, Minibus, Coach, Truck, Other];
        var best = 0;
        for (var i = 1; i < masses.Length; i++)
        {
            best = masses[i] > masses[best] ? i : best;
        }

        return (SeatClass.CarLe6 + best, masses[best]);
    }
}
