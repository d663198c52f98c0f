using System.Numerics;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>Makes the mesh of a vehicle from its measures.</summary>
internal static class BodyBuilder
{
    private const int EdgeSteps = 5;
    private const int AcrossSteps = 14;
    private const int SideRows = 8;
    private const float NoseLength = 1.3f;

    public static VehicleMesh Build(VehicleShape shape)
    {
        var builder = new MeshBuilder();
        AddHull(builder, shape);
        AddWheels(builder, shape);
        AddMirrors(builder, shape);
        if (shape.Cargo is { } cargo)
        {
            AddChassis(builder, shape, cargo);
        }

        foreach (var fitting in shape.Fittings)
        {
            builder.AddBox(fitting.Low, fitting.High, fitting.Skin);
        }

        return builder.Build();
    }

    /// <summary>Middle of a plate: its position and the direction it faces are those of the visible end.</summary>
    public static Vector3 PlateCentre(VehicleShape shape, bool isFront)
    {
        var z = isFront ? shape.PlateHeight.Front : shape.PlateHeight.Rear;
        var x = isFront ? shape.FrontEnd + 0.03f : shape.RearEnd - 0.03f;
        return new Vector3(x, isFront ? shape.PlateOffset.Front : shape.PlateOffset.Rear, z);
    }

    private static void AddHull(MeshBuilder builder, VehicleShape shape)
    {
        var outline = Outline(shape.Profile);
        var inward = Inward(outline);
        var across = Across();

        // The band over front, bonnet, roof and rear: from the vehicle's right to its left, rounded towards both sides.
        builder.AddGrid(across.Length, outline.Count, (row, column) => Bend(shape, BandPoint(shape, outline[column], inward[column], across[row])), Skin.Hull);

        // Both sides: from the inset outline over the belt line down to the bottom; the shoulder needs narrow rows.
        foreach (var side in new[] { 1, -1 })
        {
            builder.AddGrid((2 * SideRows) + 1, outline.Count, (row, column) =>
            {
                var at = side > 0 ? column : outline.Count - 1 - column;
                var edge = outline[at] + (inward[at] * shape.Edge);
                var z = SideHeight(shape, edge.Y, row);
                return Bend(shape, new Vector3(edge.X, side * HalfWidth(shape, edge.X, z), z));
            }, Skin.Hull);
        }
    }

    /// <summary>Height of a row of a side's grid: the middle row runs just under the belt line wherever the body reaches it.</summary>
    private static float SideHeight(VehicleShape shape, float top, int row)
    {
        var bottom = MathF.Min(shape.Bottom, top);
        var middle = MathF.Min(shape.BeltLine - 0.10f, float.Lerp(top, bottom, 0.3f));
        return row <= SideRows
            ? float.Lerp(top, middle, MathF.Sqrt(row / (float)SideRows))
            : float.Lerp(middle, bottom, (row - SideRows) / (float)SideRows);
    }

    /// <summary>A point of the band; <paramref name="v"/> runs from -1 (right side) to 1 (left side), beyond ±<c>Flat</c> lies the rounded edge.</summary>
    private static Vector3 BandPoint(VehicleShape shape, Vector2 point, Vector2 inward, (float Flat, float Angle) v)
    {
        var (sin, cos) = MathF.SinCos(v.Angle);
        var inset = point + (inward * shape.Edge * (1 - cos));
        var half = HalfWidth(shape, inset.X, inset.Y) - shape.Edge;

        var crown = inward * (shape.Crown * v.Flat * v.Flat);
        return new Vector3(inset.X + crown.X, (v.Flat * half) + (sin * shape.Edge), inset.Y + crown.Y);
    }

    private static (float Flat, float Angle)[] Across()
    {
        var steps = new List<(float, float)>();
        for (var i = 0; i <= EdgeSteps; i++)
        {
            steps.Add((-1, -MathF.PI / 2 * (EdgeSteps - i) / EdgeSteps));
        }

        for (var i = 1; i < AcrossSteps; i++)
        {
            steps.Add(((2f * i / AcrossSteps) - 1, 0));
        }

        for (var i = 0; i <= EdgeSteps; i++)
        {
            steps.Add((1, MathF.PI / 2 * i / EdgeSteps));
        }

        return [.. steps];
    }

    /// <summary>Half the body's width at a place of the side view: narrower towards roof, sill and both ends, widest over the wheels.</summary>
    public static float HalfWidth(VehicleShape shape, float x, float z)
    {
        var half = shape.Width / 2;
        var above = z - shape.BeltLine;
        half -= shape.Shoulder * Smooth((above + 0.09f) / 0.12f);
        half -= MathF.Max(0, above) * shape.Lean;
        half -= MathF.Max(0, (shape.BeltLine * 0.55f) - z) * 0.10f;

        // Between the wheel arches the doors lie deeper, by half of what the shoulder is wide.
        half -= shape.Shoulder * 0.5f * (1 - Arch(shape, x)) * Smooth(-above / 0.2f);
        var taper = MathF.Max(0, MathF.Max(x - (shape.FrontEnd - 0.8f), shape.BodyRearEnd + 0.6f - x));
        return half - (taper * taper * shape.NoseBow * 0.55f);
    }

    /// <summary>1 over an axle, falling to 0 at half a metre before and behind it.</summary>
    private static float Arch(VehicleShape shape, float x)
    {
        var nearest = float.MaxValue;
        foreach (var axle in shape.Axles)
        {
            nearest = MathF.Min(nearest, MathF.Abs(x - axle));
        }

        return Smooth(1.3f - (nearest / 0.55f));
    }

    /// <summary>0 up to 0, 1 from 1 on, smooth between.</summary>
    private static float Smooth(float share)
    {
        share = Math.Clamp(share, 0, 1);
        return share * share * (3 - (2 * share));
    }

    /// <summary>Draws the corners of the front (less so of the rear) back: bumpers and windscreens are bowed.</summary>
    public static Vector3 Bend(VehicleShape shape, Vector3 point)
    {
        var share = MathF.Abs(point.Y) / (shape.Width / 2);
        var bow = shape.NoseBow * MathF.Pow(share, 2.4f);
        var front = Math.Clamp((point.X - shape.FrontEnd + NoseLength) / NoseLength, 0, 1);
        var rear = Math.Clamp((shape.BodyRearEnd + 0.8f - point.X) / 0.8f, 0, 1);
        return point with { X = point.X - (bow * front) + (bow * 0.6f * rear) };
    }

    /// <summary>The side view with rounded corners, in steps of at most 0.22 m.</summary>
    private static List<Vector2> Outline(IReadOnlyList<ProfileCorner> corners)
    {
        var outline = new List<Vector2> { new(corners[0].X, corners[0].Z) };
        for (var i = 1; i < corners.Count; i++)
        {
            var corner = new Vector2(corners[i].X, corners[i].Z);
            if (i == corners.Count - 1)
            {
                Extend(outline, corner);
                break;
            }

            var before = new Vector2(corners[i - 1].X, corners[i - 1].Z);
            var after = new Vector2(corners[i + 1].X, corners[i + 1].Z);
            var from = corner + (Vector2.Normalize(before - corner) * MathF.Min(corners[i].Radius, (before - corner).Length() * 0.45f));
            var to = corner + (Vector2.Normalize(after - corner) * MathF.Min(corners[i].Radius, (after - corner).Length() * 0.45f));
            Extend(outline, from);
            for (var step = 1; step <= 6; step++)
            {
                var t = step / 6f;
                outline.Add((from * (1 - t) * (1 - t)) + (corner * 2 * t * (1 - t)) + (to * t * t));
            }
        }

        return outline;
    }

    private static void Extend(List<Vector2> outline, Vector2 to)
    {
        var from = outline[^1];
        var steps = 1 + (int)((to - from).Length() / 0.22f);
        for (var step = 1; step <= steps; step++)
        {
            outline.Add(Vector2.Lerp(from, to, step / (float)steps));
        }
    }

    /// <summary>Per outline point the unit vector that points into the body.</summary>
    private static Vector2[] Inward(List<Vector2> outline)
    {
        var inward = new Vector2[outline.Count];
        for (var i = 0; i < outline.Count; i++)
        {
            var along = outline[Math.Min(i + 1, outline.Count - 1)] - outline[Math.Max(i - 1, 0)];
            inward[i] = Vector2.Normalize(new Vector2(-along.Y, along.X));
        }

        return inward;
    }

    private static void AddWheels(MeshBuilder builder, VehicleShape shape)
    {
        foreach (var axle in shape.Axles)
        {
            if (shape.HasSingleFrontWheel && axle > 0)
            {
                builder.AddWheel(axle, 0.08f, shape.WheelRadius, 0.16f);
                builder.AddWheel(axle, -0.08f, shape.WheelRadius, 0.16f);
                continue;
            }

            var half = (shape.Width / 2) + 0.005f - (shape.Lean > 0.1f ? 0 : 0.02f);
            builder.AddWheel(axle, half, shape.WheelRadius, 0.24f);
            builder.AddWheel(axle, -half, shape.WheelRadius, 0.24f);
        }
    }

    private static void AddMirrors(MeshBuilder builder, VehicleShape shape)
    {
        var (size, x, z, aside) = shape.Mirrors switch
        {
            MirrorForm.Board => (new Vector3(0.10f, 0.08f * shape.Width, 0.17f * shape.Width), shape.Windscreen.Lower.X - 0.05f, shape.Windscreen.Upper.Y - 0.75f, 0.16f),
            MirrorForm.Hanging => (new Vector3(0.14f, 0.22f, 0.42f), shape.FrontEnd + 0.22f, shape.Windscreen.Upper.Y - 0.45f, 0.04f),
            _ => (new Vector3(0.14f, 0.20f, 0.14f), shape.Windscreen.Lower.X - 0.42f, shape.BeltLine + 0.12f, 0.10f),
        };
        foreach (var side in new[] { 1, -1 })
        {
            var y = side * ((shape.Width / 2) + aside);
            var centre = new Vector3(x, y, z);

            if (shape.Mirrors is MirrorForm.Board)
            {
                AddBoardMirror(builder, shape, centre, size, side);
                continue;
            }

            // An egg of a mirror: a coarse ellipsoid.
            builder.AddGrid(7, 13, (row, column) =>
            {
                var (sinRow, cosRow) = MathF.SinCos(row * MathF.PI / 6);
                var (sin, cos) = MathF.SinCos(column * MathF.Tau / 12);
                return centre + (new Vector3(sinRow * cos, sinRow * sin, cosRow) * size / 2);
            }, shape.Mirrors is MirrorForm.Egg ? Skin.Top : Skin.Trim);
            if (shape.Mirrors is MirrorForm.Hanging)
            {
                // The arm comes down from the edge of the roof.
                var top = new Vector3(shape.Windscreen.Upper.X - 0.1f, y - 0.03f, z + 0.20f);
                builder.AddBox(top, new Vector3(x + 0.03f, y + 0.03f, z + 0.26f), Skin.Trim);
                continue;
            }

            var arm = new Vector3(0.03f, MathF.Abs(y) - (shape.Width / 2) + 0.15f, 0.03f);
            var root = new Vector3(x - 0.03f, side > 0 ? (shape.Width / 2) - 0.15f : -(shape.Width / 2) + 0.15f - arm.Y, z - 0.04f);
            builder.AddBox(root, root + arm, Skin.Trim);
        }
    }

    /// <summary>A tall mirror and a small round-view one under it, on arms above and below.</summary>
    private static void AddBoardMirror(MeshBuilder builder, VehicleShape shape, Vector3 centre, Vector3 size, int side)
    {
        builder.AddBox(centre - (size / 2), centre + (size / 2), Skin.Trim);
        var small = new Vector3(size.X, size.Y, size.Z * 0.4f);
        var below = centre - new Vector3(0, 0, (size.Z * 0.7f) + 0.03f);
        builder.AddBox(below - (small / 2), below + (small / 2), Skin.Trim);
        var root = (shape.Width / 2) - 0.15f;
        foreach (var z in new[] { centre.Z + (size.Z * 0.4f), below.Z })
        {
            var (inner, outer) = (side * root, side * MathF.Abs(centre.Y));
            builder.AddBox(new Vector3(centre.X - 0.015f, MathF.Min(inner, outer), z - 0.015f), new Vector3(centre.X + 0.015f, MathF.Max(inner, outer), z + 0.015f), Skin.Trim);
        }
    }

    private static void AddChassis(MeshBuilder builder, VehicleShape shape, (Vector3 Low, Vector3 High) cargo)
    {
        switch (shape.CargoForm)
        {
            case CargoForm.Tank:
                AddTank(builder, cargo);
                break;
            case CargoForm.Tarpaulin:
                AddHeap(builder, cargo);
                break;
            case CargoForm.Trough:
                builder.AddBox(cargo.Low, cargo.High, Skin.Cargo, rear: Skin.Rear);

                // The headboard protects the cab's roof.
                builder.AddBox(new Vector3(cargo.High.X, cargo.Low.Y, cargo.High.Z - 0.1f), new Vector3(cargo.High.X + 0.9f, cargo.High.Y, cargo.High.Z), Skin.Cargo);
                break;
            default:
                builder.AddBox(cargo.Low, cargo.High, Skin.Cargo, rear: Skin.Rear);
                break;
        }

        builder.AddBox(new Vector3(cargo.Low.X, -0.5f, 0.55f), new Vector3(shape.BodyRearEnd + 0.1f, 0.5f, cargo.Low.Z), Skin.Trim);
        builder.AddBox(new Vector3(cargo.Low.X - 0.02f, -shape.Width / 2, 0.55f), new Vector3(cargo.Low.X + 0.1f, shape.Width / 2, shape.PlateHeight.Rear + 0.15f), Skin.Trim, rear: Skin.Rear);
    }

    /// <summary>Goods under a cloth: upright to the walls' height, then rounded over, with humps along the way.</summary>
    private static void AddHeap(MeshBuilder builder, (Vector3 Low, Vector3 High) cargo)
    {
        const int Around = 16;
        var length = cargo.High.X - cargo.Low.X;
        var rows = 2 + (int)(length / 0.4f);
        Vector3 At(float x, int step)
        {
            // From the left foot over the top to the right: a superellipse, flat at the sides and round at the shoulders.
            var (sin, cos) = MathF.SinCos(MathF.PI * step / Around);
            var hump = 0.93f + (0.07f * MathF.Sin(x * 2.1f)) - (0.05f * MathF.Sin(x * 5.3f));
            var y = MathF.Sign(cos) * MathF.Pow(MathF.Abs(cos), 0.35f) * cargo.High.Y;
            return new Vector3(x, y, cargo.Low.Z + (MathF.Pow(MathF.Max(0, sin), 0.5f) * (cargo.High.Z - cargo.Low.Z) * hump));
        }

        builder.AddGrid(Around + 1, rows, (step, row) => At(float.Lerp(cargo.Low.X, cargo.High.X, row / (rows - 1f)), step), Skin.Cargo);
        foreach (var (x, skin, side) in new[] { (cargo.High.X, Skin.Cargo, 1), (cargo.Low.X, Skin.Rear, -1) })
        {
            var foot = new Vector3(x, 0, cargo.Low.Z);
            builder.AddGrid(2, Around + 1, (row, step) => row == 0 ? foot + new Vector3(0, 0, 0.02f) : At(x, side > 0 ? step : Around - step), skin);
        }
    }

    private static void AddTank(MeshBuilder builder, (Vector3 Low, Vector3 High) cargo)
    {
        const int Around = 20;
        var centre = (cargo.Low + cargo.High) / 2;
        var half = (cargo.High - cargo.Low) / 2;
        Vector3 Rim(float x, int step, float share)
        {
            var (sin, cos) = MathF.SinCos(step * MathF.Tau / Around);
            return new Vector3(x, centre.Y + (sin * half.Y * share), centre.Z + (cos * half.Z * share));
        }

        var rows = 2 + (int)(2 * half.X / 0.6f);
        builder.AddGrid(rows, Around + 1, (row, step) => Rim(float.Lerp(cargo.High.X, cargo.Low.X, row / (rows - 1f)), -step, 1), Skin.Cargo);
        builder.AddGrid(2, Around + 1, (row, step) => Rim(cargo.High.X + (row == 0 ? 0.15f : 0), -step, row == 0 ? 0.05f : 1), Skin.Cargo);
        builder.AddGrid(2, Around + 1, (row, step) => Rim(cargo.Low.X - (row == 0 ? 0.01f : 0), step, row == 0 ? 0.05f : 1), Skin.Rear);
    }
}
