using SkiaSharp;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>Shape of the headlamps.</summary>
internal enum LampForm : byte
{
    /// <summary>Two lenses under one cover.</summary>
    Twin,

    /// <summary>A narrow band drawn into the wing.</summary>
    Slim,

    /// <summary>One round reflector.</summary>
    Round,

    /// <summary>Upright, with an amber indicator: old vans and trucks.</summary>
    Upright,

    /// <summary>Three or four separate discs in a dark panel: coaches.</summary>
    Row,
}

/// <summary>What the grille is like.</summary>
internal enum GrilleForm : byte
{
    ThinBars,
    Slats,
    Mesh,

    /// <summary>None to speak of: a slit in body colour, as on electric cars and many vans.</summary>
    Slit,

    /// <summary>A dark band from lamp to lamp.</summary>
    Band,

    /// <summary>From the bumper's foot to the bonnet.</summary>
    Tall,
}

/// <summary>What a body carries besides its shape: colours, forms of lamps and grille, glass, stickers, lettering, dirt.</summary>
internal sealed record VehicleFinish
{
    public required SKColor Paint { get; init; }

    /// <summary>Second colour below the belt line; null where the paint is even.</summary>
    public SKColor? LowerPaint { get; init; }

    /// <summary>Colour of the bumpers; null takes the paint.</summary>
    public SKColor? Bumper { get; init; }

    /// <summary>A stripe along sides and front; null where there is none.</summary>
    public SKColor? Stripe { get; init; }

    public LampForm Lamps { get; init; }

    /// <summary>Null leaves the choice to chance.</summary>
    public GrilleForm? Grille { get; init; }

    /// <summary>Glass at the lower and the upper edge of the panes.</summary>
    public SKColor LowerGlass { get; init; } = new(30, 36, 40);

    public SKColor UpperGlass { get; init; } = new(20, 25, 28);

    /// <summary>True where one sees dashboard, seats and people through the windscreen.</summary>
    public bool ShowsInside { get; init; } = true;

    /// <summary>A coloured strip along the windscreen's upper edge; null where there is none.</summary>
    public SKColor? SunStrip { get; init; }

    /// <summary>True where no windows lie behind the front doors: a delivery van.</summary>
    public bool HasPanels { get; init; }

    /// <summary>Black from the windscreen to the corners and the roof: coaches.</summary>
    public bool HasDarkMask { get; init; }

    /// <summary>Lamps lit by day.</summary>
    public bool HasDayLights { get; init; }

    /// <summary>A red band from tail lamp to tail lamp.</summary>
    public bool HasTailBar { get; init; }

    /// <summary>Dark plastic around wheels and along the sill: off-road cars.</summary>
    public bool HasCladding { get; init; }

    /// <summary>Sky or trees lying on the windscreen: how much of it, 0 to 1.</summary>
    public float Glare { get; init; }

    /// <summary>A windscreen in two halves.</summary>
    public bool HasSplitScreen { get; init; }

    /// <summary>Text of the destination board; null where there is none.</summary>
    public string? Board { get; init; }

    /// <summary>Text under the windscreen; null where there is none.</summary>
    public string? FrontLettering { get; init; }

    /// <summary>Text on sides and rear; null where there is none.</summary>
    public string? SideLettering { get; init; }

    /// <summary>0 is washed, 1 as dusty as rural roads make it.</summary>
    public float Dirt { get; init; }

    public SKColor DirtColour { get; init; } = new(146, 128, 104);

    /// <summary>Colour of box, trough or tank; null leaves the choice to chance.</summary>
    public SKColor? Cargo { get; init; }

    /// <summary>True for white and cream, on which lettering is dark.</summary>
    public bool IsPale => Paint.Red > 190 && Paint.Green > 180;

    /// <summary>The finish of the demo's vehicles: washed, with the lettering usual for their kind.</summary>
    public static VehicleFinish Of(VehicleKind kind, VehiclePaint paint) => new()
    {
        Paint = Colour(paint),
        Stripe = kind is VehicleKind.Coach or VehicleKind.Minibus ? paint is VehiclePaint.White ? new SKColor(30, 84, 150) : new SKColor(226, 228, 230) : null,
        Board = kind switch
        {
            VehicleKind.Coach => "旅游客运",
            VehicleKind.HeavyTruck => "一路平安",
            _ => null,
        },
        FrontLettering = kind switch
        {
            VehicleKind.Coach => "安全行车 平安到家",
            VehicleKind.LightTruck => "平安",
            _ => null,
        },
    };

    private static SKColor Colour(VehiclePaint paint) => paint switch
    {
        VehiclePaint.White => new SKColor(222, 224, 224),
        VehiclePaint.Black => new SKColor(20, 21, 24),
        VehiclePaint.Silver => new SKColor(158, 162, 166),
        VehiclePaint.Grey => new SKColor(84, 88, 94),
        VehiclePaint.Red => new SKColor(138, 20, 24),
        VehiclePaint.Blue => new SKColor(24, 52, 118),
        VehiclePaint.Brown => new SKColor(74, 52, 40),
        VehiclePaint.Champagne => new SKColor(170, 156, 130),
        VehiclePaint.Green => new SKColor(28, 92, 60),
        _ => throw new ArgumentOutOfRangeException(nameof(paint), paint, null),
    };
}
