
namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>The bodies that drive past, with the measures of common vehicles of their kind.</summary>
internal static class VehicleShapes
{
    public static VehicleShape Of(VehicleKind kind) => kind switch
    {
        VehicleKind.Sedan => Sedan,
        VehicleKind.Suv => Suv,
        VehicleKind.Mpv => Mpv,
        VehicleKind.Microvan => Microvan,
        VehicleKind.Minibus => Minibus,
        VehicleKind.Coach => Coach,
        VehicleKind.LightTruck => LightTruck,
        VehicleKind.HeavyTruck => HeavyTruck,
        VehicleKind.Hatchback => Hatchback,
        VehicleKind.CompactMpv => CompactMpv,
        VehicleKind.HighRoofVan => HighRoofVan,
        VehicleKind.ShortCoach => ShortCoach,
        VehicleKind.CityBus => CityBus,
        VehicleKind.Pickup => Pickup,
        VehicleKind.Tipper => Tipper,
        VehicleKind.Tanker => Tanker,
        VehicleKind.Flatbed => Flatbed,
        VehicleKind.ThreeWheeler => ThreeWheeler,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static int UsualSeats(VehicleKind kind) => kind switch
    {
        VehicleKind.Sedan or VehicleKind.Suv or VehicleKind.Hatchback or VehicleKind.Pickup => 5,
        VehicleKind.Mpv or VehicleKind.Microvan or VehicleKind.CompactMpv => 7,
        VehicleKind.HighRoofVan => 9,
        VehicleKind.Minibus => 19,
        VehicleKind.ShortCoach => 29,
        VehicleKind.CityBus => 32,
        VehicleKind.Coach => 45,
        VehicleKind.LightTruck => 3,
        _ => 2,
    };

    public static string SeatClass(VehicleKind kind) => kind switch
    {
        VehicleKind.Sedan or VehicleKind.Suv or VehicleKind.Hatchback => "car_le6",
        VehicleKind.Mpv or VehicleKind.Microvan or VehicleKind.CompactMpv or VehicleKind.HighRoofVan => "van_7_9",
        VehicleKind.Minibus => "minibus_10_19",
        VehicleKind.Coach or VehicleKind.ShortCoach or VehicleKind.CityBus => "coach_ge20",
        VehicleKind.Pickup or VehicleKind.ThreeWheeler => "other",
        _ => "truck",
    };

    private static VehicleShape Sedan { get; } = new()
    {
        Profile =
        [
            new(2.27f, 0.20f, 0), new(2.37f, 0.40f, 0.10f), new(2.34f, 0.62f, 0.10f), new(2.12f, 0.77f, 0.16f), new(1.06f, 0.98f, 0.20f), new(0.22f, 1.42f, 0.35f),
            new(-0.80f, 1.45f, 0.50f), new(-1.70f, 1.08f, 0.20f), new(-2.24f, 1.05f, 0.09f), new(-2.36f, 0.62f, 0.15f), new(-2.28f, 0.28f, 0),
        ],
        Width = 1.82f,
        BeltLine = 0.92f,
        Lean = 0.42f,
        Shoulder = 0.06f,
        Crown = 0.06f,
        Edge = 0.10f,
        NoseBow = 0.28f,
        Bottom = 0.20f,
        WheelRadius = 0.32f,
        Axles = [1.40f, -1.30f],
        Windscreen = (new(0.99f, 1.02f), new(0.30f, 1.38f)),
        RearWindow = (new(-1.63f, 1.11f), new(-0.92f, 1.40f)),
        PlateHeight = (0.43f, 0.80f),
        Headlamp = (0.60f, 0.74f, 0.50f, 0.90f),
        TailLamp = (0.78f, 0.98f, 0.45f, 0.90f),
        Grille = (0.54f, 0.72f, 0.46f),
    };

    private static VehicleShape Suv { get; } = new()
    {
        Profile =
        [
            new(2.20f, 0.26f, 0), new(2.32f, 0.54f, 0.12f), new(2.29f, 0.80f, 0.12f), new(2.08f, 0.98f, 0.16f), new(1.14f, 1.12f, 0.22f), new(0.42f, 1.61f, 0.35f),
            new(-1.52f, 1.68f, 0.45f), new(-2.12f, 1.16f, 0.15f), new(-2.28f, 0.98f, 0.1f), new(-2.32f, 0.55f, 0.12f), new(-2.24f, 0.32f, 0),
        ],
        Width = 1.88f,
        BeltLine = 1.05f,
        Lean = 0.32f,
        Shoulder = 0.06f,
        Crown = 0.055f,
        Edge = 0.11f,
        NoseBow = 0.24f,
        Bottom = 0.26f,
        WheelRadius = 0.36f,
        Axles = [1.40f, -1.30f],
        Windscreen = (new(1.07f, 1.16f), new(0.50f, 1.56f)),
        RearWindow = (new(-2.08f, 1.20f), new(-1.66f, 1.58f)),
        PlateHeight = (0.56f, 0.92f),
        Headlamp = (0.78f, 0.93f, 0.52f, 0.92f),
        TailLamp = (0.92f, 1.10f, 0.55f, 0.93f),
        Grille = (0.64f, 0.92f, 0.50f),
    };

    private static VehicleShape Mpv { get; } = new()
    {
        Profile =
        [
            new(2.50f, 0.20f, 0), new(2.60f, 0.48f, 0.12f), new(2.50f, 0.88f, 0.16f), new(1.62f, 1.10f, 0.3f), new(0.62f, 1.70f, 0.4f),
            new(-2.20f, 1.77f, 0.3f), new(-2.50f, 1.15f, 0.12f), new(-2.60f, 0.62f, 0.1f), new(-2.52f, 0.28f, 0),
        ],
        Width = 1.88f,
        BeltLine = 1.02f,
        Lean = 0.20f,
        Shoulder = 0.035f,
        Crown = 0.05f,
        Edge = 0.10f,
        NoseBow = 0.26f,
        Bottom = 0.20f,
        WheelRadius = 0.33f,
        Axles = [1.60f, -1.45f],
        Windscreen = (new(1.56f, 1.13f), new(0.68f, 1.67f)),
        RearWindow = (new(-2.48f, 1.18f), new(-2.24f, 1.66f)),
        PlateHeight = (0.46f, 0.86f),
        Headlamp = (0.70f, 0.86f, 0.50f, 0.92f),
        TailLamp = (0.90f, 1.20f, 0.62f, 0.92f),
        Grille = (0.56f, 0.85f, 0.48f),
    };

    private static VehicleShape Microvan { get; } = new()
    {
        Profile =
        [
            new(1.96f, 0.26f, 0), new(2.09f, 0.50f, 0.10f), new(2.06f, 0.84f, 0.10f), new(1.78f, 1.08f, 0.15f), new(1.20f, 1.80f, 0.3f),
            new(-1.92f, 1.86f, 0.22f), new(-2.08f, 1.10f, 0.12f), new(-2.10f, 0.55f, 0.08f), new(-2.02f, 0.30f, 0),
        ],
        Width = 1.60f,
        BeltLine = 1.06f,
        Lean = 0.10f,
        Shoulder = 0.012f,
        Crown = 0.04f,
        Edge = 0.09f,
        NoseBow = 0.14f,
        Bottom = 0.26f,
        WheelRadius = 0.29f,
        Axles = [1.25f, -1.30f],
        Windscreen = (new(1.74f, 1.12f), new(1.24f, 1.74f)),
        RearWindow = (new(-2.07f, 1.15f), new(-1.95f, 1.70f)),
        PlateHeight = (0.48f, 0.84f),
        Headlamp = (0.66f, 0.86f, 0.46f, 0.80f),
        TailLamp = (0.84f, 1.24f, 0.67f, 0.80f),
        Grille = (0.64f, 0.78f, 0.40f),
    };

    private static VehicleShape Minibus { get; } = new()
    {
        Profile =
        [
            new(3.42f, 0.30f, 0), new(3.52f, 0.58f, 0.10f), new(3.48f, 1.18f, 0.12f), new(3.12f, 2.36f, 0.35f), new(2.70f, 2.62f, 0.3f),
            new(-3.42f, 2.60f, 0.22f), new(-3.50f, 1.30f, 0.12f), new(-3.46f, 0.36f, 0),
        ],
        Width = 2.04f,
        BeltLine = 1.30f,
        Lean = 0.06f,
        Edge = 0.14f,
        NoseBow = 0.16f,
        Bottom = 0.30f,
        WheelRadius = 0.38f,
        Axles = [2.30f, -1.70f],
        Windscreen = (new(3.44f, 1.26f), new(3.14f, 2.24f)),
        RearWindow = (new(-3.49f, 1.50f), new(-3.44f, 2.25f)),
        PlateHeight = (0.60f, 0.75f),
        Headlamp = (0.74f, 0.96f, 0.56f, 0.94f),
        TailLamp = (0.80f, 1.15f, 0.80f, 0.98f),
        Grille = (0.80f, 0.98f, 0.46f),
        HasFlatFront = true,
        Mirrors = MirrorForm.Board,
    };

    private static VehicleShape Coach { get; } = new()
    {
        Profile =
        [
            new(5.40f, 0.30f, 0), new(5.52f, 0.62f, 0.12f), new(5.50f, 1.20f, 0.12f), new(5.22f, 3.10f, 0.4f), new(4.85f, 3.45f, 0.35f),
            new(-5.40f, 3.44f, 0.3f), new(-5.50f, 1.60f, 0.15f), new(-5.44f, 0.40f, 0),
        ],
        Width = 2.50f,
        BeltLine = 1.45f,
        Lean = 0.03f,
        Edge = 0.16f,
        NoseBow = 0.22f,
        Bottom = 0.30f,
        WheelRadius = 0.50f,
        Axles = [3.00f, -2.80f],
        Windscreen = (new(5.48f, 1.30f), new(5.24f, 3.00f)),
        RearWindow = (new(-5.47f, 2.10f), new(-5.42f, 3.00f)),
        PlateHeight = (0.58f, 0.80f),
        Headlamp = (0.72f, 1.02f, 0.70f, 1.16f),
        TailLamp = (0.80f, 1.40f, 1.00f, 1.20f),
        Grille = (0.78f, 1.00f, 0.50f),
        HasFlatFront = true,
        Mirrors = MirrorForm.Board,
    };

    private static VehicleShape LightTruck { get; } = new()
    {
        Profile =
        [
            new(2.86f, 0.34f, 0), new(2.98f, 0.60f, 0.08f), new(2.96f, 1.14f, 0.10f), new(2.62f, 2.05f, 0.25f), new(2.36f, 2.20f, 0.2f),
            new(1.40f, 2.20f, 0.10f), new(1.34f, 0.60f, 0),
        ],
        Width = 1.94f,
        BeltLine = 1.20f,
        Lean = 0.08f,
        Edge = 0.10f,
        NoseBow = 0.13f,
        Bottom = 0.40f,
        WheelRadius = 0.39f,
        Axles = [2.20f, -1.30f],
        Windscreen = (new(2.94f, 1.20f), new(2.64f, 1.99f)),
        RearWindow = (new(1.36f, 1.3f), new(1.38f, 1.9f)),
        PlateHeight = (0.56f, 0.80f),
        Headlamp = (0.62f, 0.80f, 0.60f, 0.92f),
        TailLamp = (0.76f, 0.90f, 0.70f, 0.95f),
        Grille = (0.78f, 1.02f, 0.62f),
        Cargo = (new(-3.0f, -1.05f, 0.95f), new(1.15f, 1.05f, 2.85f)),
        HasFlatFront = true,
        Mirrors = MirrorForm.Board,
    };

    private static VehicleShape HeavyTruck { get; } = new()
    {
        Profile =
        [
            new(7.38f, 0.34f, 0), new(7.50f, 0.66f, 0.10f), new(7.48f, 1.55f, 0.10f), new(7.26f, 2.75f, 0.2f), new(6.80f, 3.60f, 0.4f),
            new(5.35f, 3.72f, 0.15f), new(5.30f, 0.90f, 0),
        ],
        Width = 2.48f,
        BeltLine = 1.75f,
        Lean = 0.04f,
        Edge = 0.13f,
        NoseBow = 0.20f,
        Bottom = 0.50f,
        WheelRadius = 0.50f,
        Axles = [6.10f, 2.60f, -3.60f, -4.90f, -6.20f],
        Windscreen = (new(7.46f, 1.75f), new(7.28f, 2.66f)),
        RearWindow = (new(5.31f, 2.0f), new(5.33f, 2.8f)),
        PlateHeight = (0.66f, 0.95f),
        Headlamp = (0.62f, 0.90f, 0.78f, 1.16f),
        TailLamp = (0.86f, 1.02f, 0.85f, 1.20f),
        Grille = (0.92f, 1.62f, 0.86f),
        Cargo = (new(-7.5f, -1.25f, 1.25f), new(4.7f, 1.25f, 3.85f)),
        HasFlatFront = true,
        Mirrors = MirrorForm.Board,
    };

    private static VehicleShape Hatchback { get; } = new()
    {
        Profile =
        [
            new(1.88f, 0.20f, 0), new(1.97f, 0.42f, 0.10f), new(1.94f, 0.64f, 0.10f), new(1.74f, 0.80f, 0.16f), new(0.92f, 0.99f, 0.2f), new(0.20f, 1.45f, 0.35f),
            new(-1.15f, 1.49f, 0.40f), new(-1.80f, 1.04f, 0.15f), new(-1.93f, 0.88f, 0.1f), new(-1.97f, 0.50f, 0.12f), new(-1.90f, 0.28f, 0),
        ],
        Width = 1.70f,
        BeltLine = 0.93f,
        Lean = 0.36f,
        Shoulder = 0.05f,
        Crown = 0.055f,
        Edge = 0.10f,
        NoseBow = 0.26f,
        Bottom = 0.20f,
        WheelRadius = 0.30f,
        Axles = [1.22f, -1.25f],
        Windscreen = (new(0.85f, 1.03f), new(0.28f, 1.40f)),
        RearWindow = (new(-1.76f, 1.08f), new(-1.27f, 1.42f)),
        PlateHeight = (0.44f, 0.78f),
        Headlamp = (0.62f, 0.78f, 0.46f, 0.84f),
        TailLamp = (0.78f, 1.00f, 0.52f, 0.84f),
        Grille = (0.56f, 0.74f, 0.42f),
    };

    /// <summary>The bonnet is half as long as a car's and the roof runs level to the tail.</summary>
    private static VehicleShape CompactMpv { get; } = new()
    {
        Profile =
        [
            new(2.12f, 0.22f, 0), new(2.22f, 0.48f, 0.12f), new(2.15f, 0.88f, 0.15f), new(1.46f, 1.08f, 0.2f), new(0.70f, 1.70f, 0.35f),
            new(-1.95f, 1.76f, 0.28f), new(-2.14f, 1.12f, 0.12f), new(-2.20f, 0.60f, 0.08f), new(-2.12f, 0.28f, 0),
        ],
        Width = 1.70f,
        BeltLine = 1.03f,
        Lean = 0.18f,
        Shoulder = 0.025f,
        Crown = 0.045f,
        Edge = 0.09f,
        NoseBow = 0.20f,
        Bottom = 0.22f,
        WheelRadius = 0.31f,
        Axles = [1.42f, -1.32f],
        Windscreen = (new(1.40f, 1.12f), new(0.76f, 1.66f)),
        RearWindow = (new(-2.12f, 1.16f), new(-1.99f, 1.66f)),
        PlateHeight = (0.46f, 0.84f),
        Headlamp = (0.66f, 0.86f, 0.46f, 0.84f),
        TailLamp = (0.86f, 1.28f, 0.66f, 0.83f),
        Grille = (0.62f, 0.80f, 0.42f),
    };

    private static VehicleShape HighRoofVan { get; } = new()
    {
        Profile =
        [
            new(2.66f, 0.28f, 0), new(2.76f, 0.58f, 0.10f), new(2.68f, 1.00f, 0.14f), new(2.06f, 1.24f, 0.2f), new(1.38f, 2.06f, 0.3f), new(0.95f, 2.30f, 0.3f),
            new(-2.62f, 2.36f, 0.22f), new(-2.74f, 1.28f, 0.12f), new(-2.76f, 0.58f, 0.08f), new(-2.70f, 0.34f, 0),
        ],
        Width = 1.98f,
        BeltLine = 1.22f,
        Lean = 0.11f,
        Shoulder = 0.015f,
        Crown = 0.04f,
        Edge = 0.11f,
        NoseBow = 0.20f,
        Bottom = 0.28f,
        WheelRadius = 0.35f,
        Axles = [1.80f, -1.60f],
        Windscreen = (new(2.02f, 1.28f), new(1.42f, 2.00f)),
        RearWindow = (new(-2.73f, 1.40f), new(-2.66f, 2.02f)),
        PlateHeight = (0.56f, 0.90f),
        Headlamp = (0.74f, 1.00f, 0.56f, 0.95f),
        TailLamp = (0.95f, 1.45f, 0.82f, 0.97f),
        Grille = (0.68f, 0.94f, 0.50f),
    };

    private static VehicleShape ShortCoach { get; } = new()
    {
        Profile =
        [
            new(3.90f, 0.30f, 0), new(4.02f, 0.60f, 0.12f), new(3.98f, 1.20f, 0.12f), new(3.66f, 2.65f, 0.35f), new(3.30f, 2.98f, 0.3f),
            new(-3.92f, 2.96f, 0.25f), new(-4.02f, 1.45f, 0.12f), new(-3.96f, 0.38f, 0),
        ],
        Width = 2.32f,
        BeltLine = 1.38f,
        Lean = 0.04f,
        Edge = 0.15f,
        NoseBow = 0.20f,
        Bottom = 0.30f,
        WheelRadius = 0.44f,
        Axles = [2.40f, -2.00f],
        Windscreen = (new(3.95f, 1.27f), new(3.69f, 2.56f)),
        RearWindow = (new(-3.99f, 1.75f), new(-3.94f, 2.55f)),
        PlateHeight = (0.58f, 0.80f),
        Headlamp = (0.72f, 0.98f, 0.64f, 1.08f),
        TailLamp = (0.80f, 1.30f, 0.92f, 1.12f),
        Grille = (0.80f, 1.02f, 0.50f),
        HasFlatFront = true,
        Mirrors = MirrorForm.Hanging,
    };

    private static VehicleShape CityBus { get; } = new()
    {
        Profile =
        [
            new(5.20f, 0.28f, 0), new(5.30f, 0.50f, 0.10f), new(5.30f, 1.00f, 0.12f), new(5.20f, 2.60f, 0.3f), new(5.00f, 3.05f, 0.25f),
            new(-5.20f, 3.05f, 0.25f), new(-5.30f, 1.50f, 0.12f), new(-5.26f, 0.36f, 0),
        ],
        Width = 2.48f,
        BeltLine = 1.20f,
        Lean = 0.02f,
        Edge = 0.14f,
        NoseBow = 0.20f,
        Bottom = 0.28f,
        WheelRadius = 0.48f,
        Axles = [2.70f, -2.70f],
        Windscreen = (new(5.29f, 1.02f), new(5.20f, 2.50f)),
        RearWindow = (new(-5.28f, 1.80f), new(-5.24f, 2.50f)),
        PlateHeight = (0.50f, 0.80f),
        Headlamp = (0.58f, 0.82f, 0.70f, 1.14f),
        TailLamp = (0.90f, 1.60f, 1.02f, 1.18f),
        Grille = (0.66f, 0.82f, 0.50f),
        HasFlatFront = true,
        Mirrors = MirrorForm.Hanging,
    };

    private static VehicleShape Pickup { get; } = new()
    {
        Profile =
        [
            new(2.55f, 0.36f, 0), new(2.66f, 0.64f, 0.12f), new(2.58f, 1.04f, 0.15f), new(1.40f, 1.18f, 0.2f), new(0.72f, 1.74f, 0.3f),
            new(-0.60f, 1.78f, 0.25f), new(-0.92f, 1.14f, 0.1f), new(-2.58f, 1.10f, 0.06f), new(-2.64f, 0.62f, 0.08f), new(-2.58f, 0.44f, 0),
        ],
        Width = 1.84f,
        BeltLine = 1.08f,
        Lean = 0.24f,
        Shoulder = 0.05f,
        Crown = 0.05f,
        Edge = 0.10f,
        NoseBow = 0.20f,
        Bottom = 0.34f,
        WheelRadius = 0.38f,
        Axles = [1.68f, -1.52f],
        Windscreen = (new(1.36f, 1.21f), new(0.77f, 1.69f)),
        RearWindow = (new(-0.90f, 1.20f), new(-0.66f, 1.68f)),
        PlateHeight = (0.60f, 0.66f),
        Headlamp = (0.80f, 0.98f, 0.52f, 0.90f),
        TailLamp = (0.76f, 1.06f, 0.74f, 0.90f),
        Grille = (0.66f, 0.96f, 0.50f),
    };

    /// <summary>A rigid truck's cab; beds differ.</summary>
    private static VehicleShape RigidTruck { get; } = new()
    {
        Profile =
        [
            new(4.28f, 0.36f, 0), new(4.40f, 0.68f, 0.10f), new(4.38f, 1.45f, 0.10f), new(4.14f, 2.50f, 0.25f), new(3.86f, 2.86f, 0.25f),
            new(2.50f, 2.90f, 0.12f), new(2.44f, 0.85f, 0),
        ],
        Width = 2.38f,
        BeltLine = 1.58f,
        Lean = 0.05f,
        Edge = 0.12f,
        NoseBow = 0.17f,
        Bottom = 0.48f,
        WheelRadius = 0.49f,
        Axles = [3.00f, -1.60f, -2.90f],
        Windscreen = (new(4.35f, 1.58f), new(4.16f, 2.44f)),
        RearWindow = (new(2.46f, 1.8f), new(2.48f, 2.4f)),
        PlateHeight = (0.64f, 0.90f),
        Headlamp = (0.66f, 0.92f, 0.72f, 1.12f),
        TailLamp = (0.82f, 0.98f, 0.82f, 1.14f),
        Grille = (0.94f, 1.46f, 0.80f),
        HasFlatFront = true,
        Mirrors = MirrorForm.Board,
    };

    private static VehicleShape Tipper { get; } = RigidTruck with
    {
        Cargo = (new(-4.10f, -1.22f, 1.20f), new(2.25f, 1.22f, 2.75f)),
        CargoForm = CargoForm.Trough,
    };

    private static VehicleShape Tanker { get; } = RigidTruck with
    {
        Cargo = (new(-4.40f, -1.16f, 1.15f), new(2.15f, 1.16f, 3.05f)),
        CargoForm = CargoForm.Tank,
    };

    private static VehicleShape Flatbed { get; } = RigidTruck with
    {
        Cargo = (new(-4.60f, -1.22f, 1.10f), new(2.20f, 1.22f, 1.75f)),
        CargoForm = CargoForm.Bed,
    };

    private static VehicleShape ThreeWheeler { get; } = new()
    {
        Profile =
        [
            new(1.72f, 0.36f, 0), new(1.82f, 0.62f, 0.12f), new(1.76f, 1.02f, 0.15f), new(1.36f, 1.70f, 0.2f), new(1.12f, 1.82f, 0.2f),
            new(0.40f, 1.82f, 0.10f), new(0.36f, 0.60f, 0),
        ],
        Width = 1.34f,
        BeltLine = 1.02f,
        Lean = 0.10f,
        Edge = 0.10f,
        NoseBow = 0.22f,
        Bottom = 0.38f,
        WheelRadius = 0.30f,
        Axles = [1.35f, -1.10f],
        Windscreen = (new(1.74f, 1.08f), new(1.40f, 1.62f)),
        RearWindow = (new(0.37f, 1.2f), new(0.39f, 1.6f)),
        PlateHeight = (0.60f, 0.72f),
        Headlamp = (0.72f, 0.92f, 0.36f, 0.60f),
        TailLamp = (0.62f, 0.72f, 0.46f, 0.62f),
        Grille = (0.74f, 0.88f, 0.24f),
        Cargo = (new(-1.85f, -0.74f, 0.72f), new(0.28f, 0.74f, 1.18f)),
        CargoForm = CargoForm.Bed,
        HasFlatFront = true,
        Mirrors = MirrorForm.Board,
        HasSingleFrontWheel = true,
    };
}
