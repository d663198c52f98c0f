using System.Numerics;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>
/// Makes another body of the same kind: length, width and height from the range that kind has on the road, and within them
/// other proportions of bonnet, windscreen, cabin and tail, other lamps, plates, wheels and fittings.
/// </summary>
internal static class ShapeVariation
{
    /// <summary>Smallest and largest length, width and height of a kind's body in metres; of trucks, width and height are the cab's.</summary>
    private readonly record struct Measures((float Low, float High) Length, (float Low, float High) Width, (float Low, float High) Height);

    public static VehicleShape Of(VehicleKind kind, Random chance)
    {
        var shape = WithOtherLoad(VehicleShapes.Of(kind), kind, chance);
        shape = Stretched(shape, chance, MeasuresOf(kind), NoseOf(kind));
        shape = WithOtherStyle(shape, kind, chance);
        shape = WithOtherFace(shape, chance);
        shape = WithOtherPlates(shape, chance);
        return shape with { Fittings = Fittings(kind, shape, chance) };
    }

    /// <summary>Lorries of one kind carry boxes, open beds, stakes or heaps under tarpaulins.</summary>
    private static VehicleShape WithOtherLoad(VehicleShape shape, VehicleKind kind, Random chance)
    {
        CargoForm[] forms = kind switch
        {
            VehicleKind.LightTruck => [CargoForm.Box, CargoForm.Box, CargoForm.Bed, CargoForm.Bed, CargoForm.Stakes, CargoForm.Tarpaulin],
            VehicleKind.HeavyTruck => [CargoForm.Box, CargoForm.Box, CargoForm.Stakes, CargoForm.Tarpaulin],
            VehicleKind.Flatbed => [CargoForm.Bed, CargoForm.Bed, CargoForm.Stakes, CargoForm.Tarpaulin],
            _ => [shape.CargoForm],
        };
        var form = forms[chance.Next(forms.Length)];
        if (form == shape.CargoForm || shape.Cargo is not { } cargo)
        {
            return shape;
        }

        // Low walls end at the driver's shoulders, whatever else there is reaches about the roof or over it.
        var top = form is CargoForm.Bed ? cargo.Low.Z + 0.6f : shape.Profile.Max(corner => corner.Z) + chance.Between(-0.4f, 0.5f);
        return shape with { CargoForm = form, Cargo = (cargo.Low, cargo.High with { Z = top }) };
    }

    // Ranges of common models; the smallest and largest named where they are not obvious.
    private static Measures MeasuresOf(VehicleKind kind) => kind switch
    {
        VehicleKind.Sedan => new((4.25f, 5.05f), (1.68f, 1.90f), (1.42f, 1.52f)),

        // From small town cars to compact hatchbacks.
        VehicleKind.Hatchback => new((3.3f, 4.4f), (1.52f, 1.82f), (1.42f, 1.60f)),

        // Small crossovers to seven-seat off-road cars, whose third row cannot be seen from outside.
        VehicleKind.Suv => new((4.0f, 5.05f), (1.74f, 1.99f), (1.56f, 1.86f)),

        // From the narrow, tall carriers of the nineties to electric ones of 5.3 m.
        VehicleKind.Mpv => new((4.65f, 5.35f), (1.74f, 1.99f), (1.70f, 1.95f)),
        VehicleKind.CompactMpv => new((4.2f, 4.75f), (1.62f, 1.80f), (1.64f, 1.85f)),

        // The smallest are 3.5 m long and 1.48 m wide, and all are taller than wide.
        VehicleKind.Microvan => new((3.5f, 4.5f), (1.48f, 1.68f), (1.82f, 2.0f)),

        // Low-roof delivery vans of 4.85 m to long ones of 6 m with a raised roof.
        VehicleKind.HighRoofVan => new((4.85f, 6.0f), (1.78f, 2.10f), (2.05f, 2.78f)),
        VehicleKind.Minibus => new((5.9f, 7.2f), (1.96f, 2.16f), (2.50f, 2.82f)),
        VehicleKind.ShortCoach => new((6.6f, 9.0f), (2.12f, 2.50f), (2.70f, 3.35f)),
        VehicleKind.CityBus => new((6.6f, 12.0f), (2.20f, 2.55f), (2.85f, 3.30f)),
        VehicleKind.Coach => new((8.9f, 12.0f), (2.42f, 2.55f), (3.15f, 3.95f)),
        VehicleKind.LightTruck => new((4.8f, 6.9f), (1.65f, 2.15f), (1.92f, 2.42f)),
        VehicleKind.HeavyTruck => new((12.0f, 17.0f), (2.40f, 2.55f), (2.90f, 3.90f)),
        VehicleKind.Pickup => new((4.9f, 5.6f), (1.70f, 1.96f), (1.68f, 1.90f)),
        VehicleKind.Tipper => new((6.0f, 9.5f), (2.15f, 2.55f), (2.55f, 3.15f)),
        VehicleKind.Tanker or VehicleKind.Flatbed => new((6.5f, 11.5f), (2.15f, 2.55f), (2.55f, 3.25f)),
        VehicleKind.ThreeWheeler => new((3.1f, 4.3f), (1.18f, 1.50f), (1.62f, 1.92f)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Length of the part before the windscreen, against that of the kind's first body.</summary>
    private static (float Low, float High) NoseOf(VehicleKind kind) => kind switch
    {
        // With the engine under the seats there is hardly a nose; with the engine before the axle there is half a bonnet.
        VehicleKind.Microvan => (0.45f, 1.8f),
        VehicleKind.HighRoofVan => (0.35f, 1.3f),
        VehicleKind.Mpv or VehicleKind.CompactMpv => (0.65f, 1.1f),
        VehicleKind.Sedan or VehicleKind.Suv or VehicleKind.Hatchback or VehicleKind.Pickup => (0.85f, 1.12f),
        _ => (0.75f, 1.25f),
    };

    /// <summary>Moves everything that has a place along with the panels it lies on: one broken line per direction maps old to new.</summary>
    private static VehicleShape Stretched(VehicleShape shape, Random chance, Measures measures, (float Low, float High) nose)
    {
        var width = chance.Between(measures.Width);
        var across = width / shape.Width;
        var upwards = Upwards(shape, chance, chance.Between(measures.Height));
        var (along, cargo) = Along(shape, chance, chance.Between(measures.Length), across, chance.Between(nose));
        float X(float x) => Map(along, x);
        float Z(float z) => Map(upwards, z);
        Vector2 At(Vector2 point) => new(X(point.X), Z(point.Y));

        // Fronts of one kind differ in steepness: what is higher lies up to 5 cm per metre further back or forward.
        var tilt = chance.Between(-0.05f, 0.03f);
        var rounding = chance.Between(0.5f, 1.6f);
        var front = shape.Windscreen.Lower.X;
        float Tilted(float x, float z) => x >= front ? tilt * (z - shape.BeltLine) : 0;
        return shape with
        {
            Profile = [.. shape.Profile.Select(corner => new ProfileCorner(X(corner.X) + Tilted(corner.X, corner.Z), Z(corner.Z), corner.Radius * rounding))],
            Width = width,
            BeltLine = Z(shape.BeltLine),
            Lean = shape.Lean * chance.Between(0.75f, 1.3f),
            Shoulder = shape.Shoulder * chance.Between(0.5f, 1.5f),
            Crown = shape.Crown * chance.Between(0.6f, 1.4f),
            Edge = shape.Edge * chance.Between(0.7f, 1.4f),
            NoseBow = shape.NoseBow * chance.Between(0.55f, 1.35f),
            Bottom = Z(shape.Bottom),
            WheelRadius = shape.WheelRadius * chance.Between(0.92f, 1.10f),
            Axles = [.. shape.Axles.Select(X)],
            Windscreen = (At(shape.Windscreen.Lower), At(shape.Windscreen.Upper)),
            RearWindow = (At(shape.RearWindow.Lower), At(shape.RearWindow.Upper)),
            PlateHeight = (Z(shape.PlateHeight.Front), shape.Cargo is null ? Z(shape.PlateHeight.Rear) : shape.PlateHeight.Rear),
            Headlamp = (Z(shape.Headlamp.Low), Z(shape.Headlamp.High), shape.Headlamp.Inner * across, shape.Headlamp.Outer * across),
            TailLamp = (Z(shape.TailLamp.Low), Z(shape.TailLamp.High), shape.TailLamp.Inner * across, shape.TailLamp.Outer * across),
            Grille = (Z(shape.Grille.Low), Z(shape.Grille.High), shape.Grille.HalfWidth * across),
            Cargo = cargo,
        };
    }

    /// <summary>Old and new heights: clearance, body up to the belt line, glass and roof.</summary>
    private static List<(float Old, float New)> Upwards(VehicleShape shape, Random chance, float height)
    {
        var top = shape.Profile.Max(corner => corner.Z);
        var bottom = shape.Bottom * chance.Between(0.8f, 1.2f);
        var belt = height * (shape.BeltLine / top) * chance.Between(0.94f, 1.07f);
        return [(0, 0), (shape.Bottom, bottom), (shape.BeltLine, belt), (top, height)];
    }

    /// <summary>Old and new places along the body: bonnet, windscreen, roof, rear window, tail; the roof takes up what the others leave.</summary>
    private static (List<(float Old, float New)> Along, (Vector3 Low, Vector3 High)? Cargo) Along(VehicleShape shape, Random chance, float length, float across, float nose)
    {
        float[] old = [shape.BodyRearEnd, shape.RearWindow.Lower.X, shape.RearWindow.Upper.X, shape.Windscreen.Upper.X, shape.Windscreen.Lower.X, shape.FrontEnd];
        Array.Sort(old);
        var body = shape.FrontEnd - shape.BodyRearEnd;

        // A cab keeps its length within 15 %; only what carries the load grows.
        var target = shape.Cargo is null ? length : body * chance.Between(0.88f, 1.15f);
        var scale = target / body;
        float[] parts =
        [
            (old[1] - old[0]) * scale,
            (old[2] - old[1]) * chance.Between(0.7f, 1.3f),
            0,
            (old[4] - old[3]) * chance.Between(shape.Cargo is null ? 0.85f : 0.65f, 1.25f),
            (old[5] - old[4]) * scale * nose,
        ];
        parts[2] = MathF.Max(target - parts.Sum(), (old[3] - old[2]) * 0.4f * scale);
        var along = new List<(float, float)>();
        var at = length / 2;
        along.Add((old[5], at));
        for (var i = 4; i >= 0; i--)
        {
            at -= parts[i];
            along.Insert(0, (old[i], at));
        }

        if (shape.Cargo is not { } cargo)
        {
            return (along, null);
        }

        // What lies behind the cab follows the load bed.
        along.Insert(0, (shape.RearEnd, at - (MathF.Max(length - target, 1.6f))));
        var wide = MathF.Max(shape.Width * across / 2, cargo.High.Y * across * chance.Between(0.96f, 1.06f));
        var floor = cargo.Low.Z * chance.Between(0.92f, 1.08f);
        var tall = (cargo.High.Z - cargo.Low.Z) * (shape.CargoForm switch
        {
            CargoForm.Box => chance.Between(0.6f, 1.25f),
            CargoForm.Stakes or CargoForm.Tarpaulin => chance.Between(0.7f, 1.1f),
            _ => chance.Between(0.7f, 1.3f),
        });
        return (along, (new Vector3(Map(along, cargo.Low.X), -wide, floor), new Vector3(Map(along, cargo.High.X), wide, floor + tall)));
    }

    /// <summary>Some off-road cars are boxes, and the glass of buses and lorries begins at heights of its own.</summary>
    private static VehicleShape WithOtherStyle(VehicleShape shape, VehicleKind kind, Random chance)
    {
        if (kind is VehicleKind.Suv && chance.Next(7) == 0)
        {
            return shape with { Lean = shape.Lean * 0.4f, NoseBow = shape.NoseBow * 0.5f, Edge = shape.Edge * 0.7f, Crown = shape.Crown * 0.5f };
        }

        if (!shape.HasFlatFront)
        {
            return shape;
        }

        var (lower, upper) = shape.Windscreen;
        return shape with { Windscreen = (Vector2.Lerp(lower, upper, chance.Between(-0.02f, 0.14f)), upper) };
    }

    private static VehicleShape WithOtherFace(VehicleShape shape, Random chance)
    {
        var lamp = shape.Headlamp;
        var tall = (lamp.High - lamp.Low) * chance.Between(0.65f, 1.35f);
        var middle = ((lamp.Low + lamp.High) / 2) + chance.Between(-0.05f, 0.05f);
        var inner = lamp.Inner * chance.Between(0.88f, 1.12f);
        var outer = MathF.Min(lamp.Outer * chance.Between(0.96f, 1.04f), shape.Width / 2);
        var tail = shape.TailLamp;
        var tailTall = (tail.High - tail.Low) * chance.Between(0.7f, 1.7f);
        var tailMiddle = ((tail.Low + tail.High) / 2) + chance.Between(-0.05f, 0.05f);
        var grille = shape.Grille;
        var grilleTall = (grille.High - grille.Low) * chance.Between(0.6f, 1.35f);
        var grilleMiddle = ((grille.Low + grille.High) / 2) + chance.Between(-0.03f, 0.03f);
        return shape with
        {
            Headlamp = (middle - (tall / 2), middle + (tall / 2), MathF.Min(inner, outer - 0.12f), outer),
            TailLamp = (tailMiddle - (tailTall / 2), tailMiddle + (tailTall / 2), MathF.Min(tail.Inner * chance.Between(0.85f, 1.1f), tail.Outer - 0.08f), tail.Outer),
            Grille = (grilleMiddle - (grilleTall / 2), grilleMiddle + (grilleTall / 2), grille.HalfWidth * chance.Between(0.75f, 1.15f)),
        };
    }

    private static VehicleShape WithOtherPlates(VehicleShape shape, Random chance)
    {
        var front = Math.Clamp(shape.PlateHeight.Front + chance.Between(-0.08f, 0.10f), shape.Bottom + 0.10f, shape.Headlamp.High);
        var isHigh = shape.HasFlatFront || shape.Cargo is not null || chance.Next(3) > 0;

        // A third of the cars carry the rear plate in the bumper.
        var rear = isHigh ? shape.PlateHeight.Rear + chance.Between(-0.07f, 0.10f) : shape.Bottom + chance.Between(0.18f, 0.32f);
        return shape with
        {
            PlateHeight = (front, MathF.Max(rear, shape.Bottom + 0.10f)),
            PlateOffset = (chance.Next(12) == 0 ? chance.Between(-0.22f, 0.22f) : 0, chance.Next(6) == 0 ? chance.Between(-0.35f, 0.35f) : 0),
            Mirrors = shape.Mirrors is MirrorForm.Egg ? MirrorForm.Egg
                : shape.Cargo is null && chance.Next(3) > 0 ? MirrorForm.Hanging
                : MirrorForm.Board,
        };
    }

    /// <summary>Parts on the outside that kinds have with their own odds.</summary>
    private static List<Fitting> Fittings(VehicleKind kind, VehicleShape shape, Random chance)
    {
        var parts = new List<Fitting>();
        var roof = shape.Profile.Max(corner => corner.Z);
        var (front, rear) = (shape.Windscreen.Upper.X - 0.3f, shape.BodyRearEnd + 0.5f);
        var half = BodyBuilder.HalfWidth(shape, 0, roof) - 0.12f;
        switch (kind)
        {
            case VehicleKind.Suv or VehicleKind.CompactMpv or VehicleKind.Mpv when chance.Next(2) == 0:
                AddRails(parts, half, front - 0.3f, rear + 0.2f, roof);
                break;
            case VehicleKind.Microvan or VehicleKind.Minibus or VehicleKind.ShortCoach when chance.Next(4) == 0:
                AddRack(parts, half, front - 0.4f, rear, roof, chance);
                break;
            case VehicleKind.Coach or VehicleKind.CityBus or VehicleKind.Minibus or VehicleKind.ShortCoach when chance.Next(3) > 0:
                var length = chance.Between(1.2f, 3.0f);
                var start = MathF.Min(front - 0.6f, chance.Between(0.1f, 0.7f) * shape.FrontEnd);
                parts.Add(new(new(start - length, -half * 0.75f, roof - 0.05f), new(start, half * 0.75f, roof + chance.Between(0.12f, 0.28f)), Skin.Cargo));
                break;
            case VehicleKind.LightTruck or VehicleKind.HeavyTruck or VehicleKind.Tipper or VehicleKind.Tanker or VehicleKind.Flatbed when chance.Next(2) == 0:
                // A sun visor over the windscreen.
                var z = shape.Windscreen.Upper.Y;
                parts.Add(new(new(shape.Windscreen.Upper.X, -shape.Width * 0.44f, z - 0.02f), new(shape.Windscreen.Upper.X + chance.Between(0.10f, 0.24f), shape.Width * 0.44f, z + chance.Between(0.08f, 0.16f)), Skin.Trim));
                break;
            default:
                break;
        }

        if (kind is VehicleKind.Microvan or VehicleKind.ShortCoach or VehicleKind.Minibus or VehicleKind.HighRoofVan && chance.Next(6) == 0)
        {
            AddLadder(parts, shape, roof, chance.Next(2) == 0 ? 1 : -1);
        }

        if (kind is not (VehicleKind.Sedan or VehicleKind.Hatchback or VehicleKind.Mpv) && chance.Next(2) == 0)
        {
            AddMudFlaps(parts, shape);
        }

        if (kind is VehicleKind.Flatbed or VehicleKind.ThreeWheeler && shape.Cargo is { } bed && chance.Next(2) == 0)
        {
            // A load of its own height.
            parts.Add(new(
                new(bed.Low.X + 0.3f, bed.Low.Y + 0.1f, bed.High.Z - 0.1f),
                new(bed.High.X - 0.3f, bed.High.Y - 0.1f, bed.High.Z + chance.Between(0.3f, shape.Width * 0.55f)), chance.Next(2) == 0 ? Skin.Trim : Skin.Cargo));
        }

        return parts;
    }

    private static void AddRails(List<Fitting> parts, float half, float front, float rear, float roof)
    {
        foreach (var side in new[] { -1f, 1f })
        {
            parts.Add(new(new(rear, (side * (half - 0.06f)) - 0.02f, roof - 0.08f), new(front, (side * (half - 0.06f)) + 0.02f, roof + 0.05f), Skin.Trim));
        }
    }

    /// <summary>An open rack, often with baggage.</summary>
    private static void AddRack(List<Fitting> parts, float half, float front, float rear, float roof, Random chance)
    {
        AddRails(parts, half, front, rear, roof + 0.1f);
        for (var x = rear; x < front; x += 0.8f)
        {
            parts.Add(new(new(x, -half, roof + 0.02f), new(x + 0.03f, half, roof + 0.05f), Skin.Trim));
        }

        if (chance.Next(2) == 0)
        {
            var from = chance.Between(rear, float.Lerp(rear, front, 0.5f));
            parts.Add(new(new(from, -half * 0.7f, roof), new(MathF.Min(front, from + chance.Between(0.6f, 1.8f)), half * 0.7f, roof + chance.Between(0.2f, 0.5f)), chance.Next(2) == 0 ? Skin.Trim : Skin.Tyre));
        }
    }

    private static void AddLadder(List<Fitting> parts, VehicleShape shape, float roof, int side)
    {
        var (x, inner, outer) = (shape.BodyRearEnd - 0.06f, side * shape.Width * 0.22f, side * shape.Width * 0.38f);
        foreach (var y in new[] { inner, outer })
        {
            parts.Add(new(new(x - 0.02f, y - 0.015f, shape.Bottom + 0.4f), new(x + 0.02f, y + 0.015f, roof), Skin.Trim));
        }

        for (var z = shape.Bottom + 0.5f; z < roof; z += 0.3f)
        {
            parts.Add(new(new(x - 0.02f, MathF.Min(inner, outer), z), new(x + 0.02f, MathF.Max(inner, outer), z + 0.03f), Skin.Trim));
        }
    }

    private static void AddMudFlaps(List<Fitting> parts, VehicleShape shape)
    {
        foreach (var axle in shape.Axles)
        {
            foreach (var side in new[] { -1f, 1f })
            {
                var y = side * ((shape.Width / 2) - 0.14f);
                var x = axle - shape.WheelRadius - 0.08f;
                parts.Add(new(new(x - 0.02f, y - 0.13f, 0.12f), new(x, y + 0.13f, shape.Bottom + 0.15f), Skin.Tyre));
            }
        }
    }

    private static float Map(List<(float Old, float New)> line, float value)
    {
        var i = 1;
        while (i < line.Count - 1 && value > line[i].Old)
        {
            i++;
        }

        // Beyond the ends the last piece goes on.
        var (from, to) = (line[i - 1], line[i]);
        var span = to.Old - from.Old;
        return span < 1e-4f ? to.New : from.New + ((value - from.Old) * (to.New - from.New) / span);
    }
}
