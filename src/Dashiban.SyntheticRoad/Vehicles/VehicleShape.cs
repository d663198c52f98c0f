using System.Numerics;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>A corner of a body's side view, metres, rounded with the radius.</summary>
internal readonly record struct ProfileCorner(float X, float Z, float Radius);

/// <summary>What stands on the load bed.</summary>
internal enum CargoForm : byte
{
    /// <summary>A closed box.</summary>
    Box,

    /// <summary>A tipping body: a trough with a headboard over the cab.</summary>
    Trough,

    /// <summary>A tank lying along the vehicle.</summary>
    Tank,

    /// <summary>A bed with low walls.</summary>
    Bed,

    /// <summary>Boards on posts, open between them.</summary>
    Stakes,

    /// <summary>Goods heaped up under a tarpaulin.</summary>
    Tarpaulin,
}

/// <summary>How the mirrors are held.</summary>
internal enum MirrorForm : byte
{
    /// <summary>A car's: egg-shaped, on the door.</summary>
    Egg,

    /// <summary>A truck's: an upright board beside the windscreen's pillar.</summary>
    Board,

    /// <summary>A bus's: hanging forward from the roof's edge.</summary>
    Hanging,
}

/// <summary>A box-shaped part on the outside of a body: roof rack, air conditioner, ladder, mud flap.</summary>
internal readonly record struct Fitting(Vector3 Low, Vector3 High, Skin Skin);

/// <summary>
/// Measures of a body, metres. The side view runs from the bottom of the front over the roof to the bottom of the rear;
/// the body is that outline drawn out to the width, drawn in towards the roof and at both ends, with rounded edges.
/// </summary>
internal sealed record VehicleShape
{
    public required IReadOnlyList<ProfileCorner> Profile { get; init; }

    /// <summary>Width of the body without mirrors.</summary>
    public required float Width { get; init; }

    /// <summary>Lower edge of the side windows; above it the sides lean inwards.</summary>
    public required float BeltLine { get; init; }

    /// <summary>How far each side leans inwards per metre above the belt line.</summary>
    public required float Lean { get; init; }

    /// <summary>Radius of the edges between front, roof and sides.</summary>
    public required float Edge { get; init; }

    /// <summary>How far each side steps inwards at the belt line: the shoulder on which the cabin of a car stands.</summary>
    public float Shoulder { get; init; }

    /// <summary>How far bonnet, panes and roof fall off from their middle to their edges: no panel is flat.</summary>
    public float Crown { get; init; } = 0.03f;

    /// <summary>How far the corners of the front lie behind its middle.</summary>
    public required float NoseBow { get; init; }

    public required float Bottom { get; init; }

    public required float WheelRadius { get; init; }

    /// <summary>Positions of the axles along the vehicle.</summary>
    public required IReadOnlyList<float> Axles { get; init; }

    /// <summary>Lower and upper edge of the windscreen along the side view: two points of it.</summary>
    public required (Vector2 Lower, Vector2 Upper) Windscreen { get; init; }

    /// <summary>Lower and upper edge of the rear window.</summary>
    public required (Vector2 Lower, Vector2 Upper) RearWindow { get; init; }

    /// <summary>Centres of the plates above the road.</summary>
    public required (float Front, float Rear) PlateHeight { get; init; }

    /// <summary>Lower and upper edge of the headlamps, and where they begin and end from the middle to the side.</summary>
    public required (float Low, float High, float Inner, float Outer) Headlamp { get; init; }

    public required (float Low, float High, float Inner, float Outer) TailLamp { get; init; }

    /// <summary>Lower and upper edge and half width of the grille.</summary>
    public required (float Low, float High, float HalfWidth) Grille { get; init; }

    /// <summary>A load bed or trailer behind the body; null where there is none.</summary>
    public (Vector3 Low, Vector3 High)? Cargo { get; init; }

    public CargoForm CargoForm { get; init; }

    public MirrorForm Mirrors { get; init; }

    public IReadOnlyList<Fitting> Fittings { get; init; } = [];

    /// <summary>How far the plates' centres lie to the vehicle's left of its middle.</summary>
    public (float Front, float Rear) PlateOffset { get; init; }

    /// <summary>True where a single wheel in the middle carries the front.</summary>
    public bool HasSingleFrontWheel { get; init; }

    /// <summary>True for flat fronts (vans, buses, trucks): the windscreen belongs to the front view.</summary>
    public bool HasFlatFront { get; init; }

    public float FrontEnd => Profile.Max(corner => corner.X);
    public float RearEnd => Cargo is { } cargo ? cargo.Low.X : Profile.Min(corner => corner.X);
    public float BodyRearEnd => Profile.Min(corner => corner.X);
    public float Height => MathF.Max(Profile.Max(corner => corner.Z), Cargo?.High.Z ?? 0);
}
