namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>Body of a virtual vehicle.</summary>
public enum VehicleKind
{
    /// <summary>Saloon car, 5 seats.</summary>
    Sedan,

    /// <summary>Off-road style car, 5 seats.</summary>
    Suv,

    /// <summary>Large people carrier (商务车), 7 seats.</summary>
    Mpv,

    /// <summary>Box-shaped small van (面包车), 7 seats.</summary>
    Microvan,

    /// <summary>Mid-size bus of 7 m (中巴), 19 seats.</summary>
    Minibus,

    /// <summary>Touring coach of 11 m, 45 seats.</summary>
    Coach,

    /// <summary>Two-axle box truck, 3 seats.</summary>
    LightTruck,

    /// <summary>Articulated truck, 2 seats.</summary>
    HeavyTruck,
}

/// <summary>Paint of a virtual vehicle.</summary>
public enum VehiclePaint
{
    White,
    Black,
    Silver,
    Grey,
    Red,
    Blue,
    Brown,
    Champagne,
    Green,
}
