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

    /// <summary>Small car with a steep tail, 5 seats.</summary>
    Hatchback,

    /// <summary>Narrow people carrier with a short bonnet, as common in the countryside as the microvan, 7 seats.</summary>
    CompactMpv,

    /// <summary>Delivery-size van with a standing-height roof (轻客): 7 to 9 seats on a blue plate, 10 to 17 on a yellow one.</summary>
    HighRoofVan,

    /// <summary>Rural coach of 7 to 9 m, 20 to 35 seats.</summary>
    ShortCoach,

    /// <summary>Town bus with an upright front and a destination board.</summary>
    CityBus,

    /// <summary>Car front with an open load bed.</summary>
    Pickup,

    /// <summary>Rigid truck with a tipping body.</summary>
    Tipper,

    /// <summary>Rigid truck with a tank.</summary>
    Tanker,

    /// <summary>Rigid truck with a flat or staked bed.</summary>
    Flatbed,

    /// <summary>Farm three-wheeler with a narrow cab.</summary>
    ThreeWheeler,
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
