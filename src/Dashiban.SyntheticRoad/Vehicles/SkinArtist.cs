using System.Numerics;
using Dashiban.SyntheticRoad.Painting;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>
/// Draws the views of a vehicle that are wrapped around its body: paint, glass, lamps, grille, joints, lettering. The look
/// number chooses among grilles, lamps and stickers, so that two cars of one kind differ.
/// </summary>
internal sealed class SkinArtist(VehicleKind kind, VehiclePaint paint, int look, SKTypeface typeface)
{
    private const byte Matt = 12;
    private const byte Lacquer = 105;
    private const byte Glass = 225;
    private const byte Lens = 170;

    private static readonly SKColor Rubber = new(24, 24, 25);
    private static readonly SKColor Plastic = new(38, 39, 41);
    private static readonly SKColor DarkGlass = new(20, 25, 28);
    private static readonly SKColor Chrome = new(196, 200, 204);

    private readonly VehicleShape _shape = VehicleShapes.Of(kind);
    private readonly SKColor _paint = Colour(paint);
    private readonly Random _chance = new(HashCode(kind, paint, look));

    /// <summary>True where no bonnet lies before the windscreen.</summary>
    private bool IsWindscreenSteep => _shape.Windscreen.Upper.Y - _shape.Windscreen.Lower.Y > _shape.Windscreen.Lower.X - _shape.Windscreen.Upper.X;

    /// <summary>One picture per <see cref="Skin"/>; those of the plates are null and come with the passage.</summary>
    public SkinPicture?[] Draw()
    {
        var skins = new SkinPicture?[(int)Skin.RearPlate + 1];
        skins[(int)Skin.Front] = Front();
        skins[(int)Skin.Rear] = Rear();
        skins[(int)Skin.Side] = Side();
        skins[(int)Skin.Top] = Top();
        skins[(int)Skin.Cargo] = Cargo();
        skins[(int)Skin.Tyre] = new SkinPicture(Texture.Even(Rubber, Matt), 0, 0, 1);
        skins[(int)Skin.Trim] = new SkinPicture(Texture.Even(kind is VehicleKind.LightTruck or VehicleKind.HeavyTruck ? Plastic : new SKColor(88, 90, 93), 40), 0, 0, 1);
        return skins;
    }

    private static int HashCode(VehicleKind kind, VehiclePaint paint, int look) => ((((int)kind * 31) + (int)paint) * 1009) + look;

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

    private static SKColor Shade(SKColor colour, float factor) => new(
        (byte)Math.Clamp(colour.Red * factor, 0, 255), (byte)Math.Clamp(colour.Green * factor, 0, 255), (byte)Math.Clamp(colour.Blue * factor, 0, 255));

    private SkinPicture Front()
    {
        var half = (_shape.Width / 2) + 0.1f;
        using var canvas = new SkinCanvas(-half, 0, half, _shape.Height + 0.1f, _paint, Lacquer);
        DrawWindscreen(canvas, isFrontView: true);
        DrawLowerApron(canvas);
        DrawGrille(canvas);
        DrawHeadlamps(canvas);
        if (_shape.HasFlatFront)
        {
            DrawFlatFrontLettering(canvas);
        }
        else
        {
            // The joint between bonnet and bumper.
            var z = _shape.Headlamp.High + 0.02f;
            canvas.Line(Shade(_paint, 0.35f), Matt, 0.008f, -_shape.Headlamp.Inner, z, -0.3f, z + 0.015f, 0.3f, z + 0.015f, _shape.Headlamp.Inner, z);
        }

        return canvas.Finish();
    }

    private void DrawLowerApron(SkinCanvas canvas)
    {
        var half = _shape.Width / 2;
        var bottom = _shape.Bottom;
        var z = _shape.PlateHeight.Front;
        canvas.Box(-half, 0, half, bottom + 0.05f, 0, Plastic, Matt);

        // The intake under the plate and the recess the plate sits in.
        canvas.Fill(Rubber, Matt, -half * 0.72f, bottom + 0.05f, half * 0.72f, bottom + 0.05f, half * 0.62f, z - 0.10f, -half * 0.62f, z - 0.10f);
        for (var b = bottom + 0.08f; b < z - 0.11f; b += 0.035f)
        {
            canvas.Line(new SKColor(52, 53, 55), 40, 0.008f, -half * 0.66f, b, half * 0.66f, b);
        }

        canvas.Box(-0.30f, z - 0.095f, 0.30f, z + 0.095f, 0.02f, Shade(_paint, 0.72f), 60);
        canvas.Line(Shade(_paint, 0.5f), Matt, 0.006f, -half, z + 0.13f, -half * 0.8f, z + 0.12f, half * 0.8f, z + 0.12f, half, z + 0.13f);

        // Fog lamps in dark corners.
        foreach (var side in new[] { -1f, 1f })
        {
            canvas.Fill(Plastic, Matt, side * half * 0.70f, bottom + 0.10f, side * half * 0.93f, bottom + 0.14f, side * half * 0.93f, z - 0.01f, side * half * 0.76f, z - 0.05f);
            canvas.Disc(side * half * 0.83f, bottom + 0.17f, 0.035f, new SKColor(150, 154, 156), Lens);
        }
    }

    private void DrawGrille(SkinCanvas canvas)
    {
        var (low, high, half) = _shape.Grille;
        var taper = _chance.NextSingle() * 0.12f;
        var style = _chance.Next(3);
        using var path = SkinCanvas.Polygon([-half + taper, low, half - taper, low, half, high, -half, high]);
        canvas.Fill(path, new SKColor(18, 18, 20), 50);
        var bar = style == 0 ? Chrome : new SKColor(64, 66, 69);
        if (style == 1)
        {
            for (var a = -half + 0.04f; a < half; a += 0.055f)
            {
                canvas.Line(bar, 90, 0.010f, a, low + 0.015f, a, high - 0.015f);
            }
        }
        else
        {
            for (var b = low + 0.035f; b < high - 0.01f; b += style == 0 ? 0.05f : 0.032f)
            {
                canvas.Line(bar, 90, 0.010f, -half + 0.03f, b, half - 0.03f, b);
            }
        }

        canvas.Line(style == 2 ? Plastic : Chrome, 120, 0.014f, -half, high, half, high, half - taper, low, -half + taper, low, -half, high);
        var badge = (low + high) / 2;
        var wide = _chance.Next(2) == 0 ? 0.075f : 0.058f;
        canvas.Oval(-wide, badge - 0.05f, wide, badge + 0.05f, Chrome, 140);
        canvas.Oval(-wide + 0.012f, badge - 0.038f, wide - 0.012f, badge + 0.038f, _chance.Next(2) == 0 ? new SKColor(30, 34, 42) : new SKColor(120, 20, 24), 120);
        canvas.Fill(Chrome, 140, -0.03f, badge, 0, badge - 0.026f, 0.03f, badge, 0, badge + 0.026f);
    }

    private void DrawHeadlamps(SkinCanvas canvas)
    {
        var (low, high, inner, outer) = _shape.Headlamp;
        var slant = _chance.NextSingle() * 0.05f;
        foreach (var side in new[] { -1f, 1f })
        {
            using var lamp = SkinCanvas.Polygon([side * inner, low + 0.01f, side * (outer - 0.02f), low + slant, side * (outer + 0.04f), high + 0.02f, side * inner, high - slant]);
            canvas.FillShaded(lamp, new SKColor(70, 74, 78), new SKColor(176, 182, 188), Lens);
            var middle = (low + high) / 2;
            var width = outer - inner;
            canvas.Disc(side * (inner + (width * 0.35f)), middle, (high - low) * 0.34f, new SKColor(36, 40, 44), Lens);
            canvas.Disc(side * (inner + (width * 0.35f)), middle, (high - low) * 0.24f, new SKColor(206, 212, 218), Lens);
            canvas.Disc(side * (inner + (width * 0.68f)), middle + (slant * 0.4f), (high - low) * 0.26f, new SKColor(44, 48, 52), Lens);
            canvas.Disc(side * (inner + (width * 0.68f)), middle + (slant * 0.4f), (high - low) * 0.18f, new SKColor(188, 194, 200), Lens);
            canvas.Line(new SKColor(236, 240, 244), Lens, 0.012f, side * (inner + 0.02f), low + 0.02f, side * (outer - 0.03f), low + slant + 0.015f);
            canvas.Line(Shade(_paint, 0.35f), Matt, 0.006f, side * inner, low, side * outer, low + slant);
        }
    }

    private void DrawFlatFrontLettering(SkinCanvas canvas)
    {
        var under = _shape.Windscreen.Lower.Y - 0.12f;
        switch (kind)
        {
            case VehicleKind.Coach:
                canvas.Text("安全行车 平安到家", 0, under - 0.04f, 0.14f, paint is VehiclePaint.White ? new SKColor(160, 20, 24) : SKColors.White, typeface);
                canvas.Box(-0.55f, _shape.Windscreen.Upper.Y - 0.30f, 0.55f, _shape.Windscreen.Upper.Y - 0.10f, 0.02f, new SKColor(14, 14, 16), 60);
                canvas.Text("旅游客运", 0, _shape.Windscreen.Upper.Y - 0.20f, 0.15f, new SKColor(240, 150, 30), typeface);
                break;
            case VehicleKind.HeavyTruck:
                canvas.Box(-0.95f, _shape.Windscreen.Upper.Y + 0.18f, 0.95f, _shape.Windscreen.Upper.Y + 0.52f, 0.04f, Shade(_paint, 0.8f), Lacquer);
                canvas.Text("一路平安", 0, _shape.Windscreen.Upper.Y + 0.35f, 0.24f, new SKColor(236, 222, 120), typeface);
                break;
            case VehicleKind.LightTruck:
                canvas.Text("平安", 0, under - 0.02f, 0.11f, Shade(_paint, 0.4f), typeface);
                break;
            default:
                break;
        }
    }

    /// <summary>The windscreen in the view from the front (a = y, b = z) or from above (a = y, b = x).</summary>
    private void DrawWindscreen(SkinCanvas canvas, bool isFrontView)
    {
        DrawPane(canvas, _shape.Windscreen, isFrontView, isRear: false);
        float B(float share) => At(_shape.Windscreen, share, isFrontView);
        var half = BodyBuilder.HalfWidth(_shape, _shape.Windscreen.Lower.X, _shape.Windscreen.Lower.Y) - 0.16f;

        // Inside: dashboard, seats and people as faint shapes behind the glass, their heights in metres along the pane.
        var length = (_shape.Windscreen.Upper - _shape.Windscreen.Lower).Length();
        float Up(float metres) => B(metres / length);
        using var dash = SkinCanvas.Polygon([-half, B(0.02f), half, B(0.02f), half * 0.95f, Up(0.12f), -half * 0.95f, Up(0.12f)]);
        canvas.Fill(dash, new SKColor(34, 38, 40), Glass);
        var people = 1 + _chance.Next(2);
        for (var seat = 0; seat < 2; seat++)
        {
            var a = (seat == 0 ? 1 : -1) * MathF.Min(half * 0.5f, 0.62f);
            Block(canvas, a, 0.20f, Up(0.10f), Up(0.58f), 0.06f, new SKColor(34, 38, 41));
            if (seat < people)
            {
                DrawPerson(canvas, a, Up);
            }
        }

        // Inspection stickers in the upper corner on the passenger's side (the vehicle's right), a mirror in the middle.
        var corner = -half * 0.80f;
        for (var i = 0; i < 1 + _chance.Next(3); i++)
        {
            var a = corner + (i * 0.10f);
            canvas.Box(a, MathF.Min(B(0.78f), B(0.88f)), a + 0.08f, MathF.Max(B(0.78f), B(0.88f)), 0.005f, i == 1 ? new SKColor(190, 214, 196) : new SKColor(206, 210, 212), 120);
        }

        canvas.Box(-0.12f, MathF.Min(B(0.84f), B(0.93f)), 0.12f, MathF.Max(B(0.84f), B(0.93f)), 0.02f, new SKColor(10, 11, 12), Glass);
        canvas.Line(Rubber, Matt, 0.016f, half * 0.75f, B(-0.01f), 0.06f, B(0.07f));
        canvas.Line(Rubber, Matt, 0.016f, -0.04f, B(-0.01f), -half * 0.72f, B(0.07f));
    }

    private void DrawPerson(SkinCanvas canvas, float a, Func<float, float> up)
    {
        var tone = _chance.Next(34, 84);
        var shirt = new SKColor((byte)(tone + _chance.Next(-8, 9)), (byte)tone, (byte)(tone + _chance.Next(-8, 13)));
        Block(canvas, a, 0.18f, up(0.09f), up(0.34f), 0.08f, shirt);
        var (chin, crown) = (up(0.33f), up(0.56f));
        canvas.Oval(a - 0.075f, MathF.Min(chin, crown), a + 0.075f, MathF.Max(chin, crown), new SKColor(76, 62, 54), Glass);
        var hair = up(0.49f);
        canvas.Oval(a - 0.078f, MathF.Min(hair, crown), a + 0.078f, MathF.Max(hair, crown), new SKColor(28, 27, 27), Glass);
    }

    private static void Block(SkinCanvas canvas, float a, float half, float from, float to, float radius, SKColor colour) =>
        canvas.Box(a - half, MathF.Min(from, to), a + half, MathF.Max(from, to), radius, colour, Glass);

    private void DrawPane(SkinCanvas canvas, (Vector2 Lower, Vector2 Upper) pane, bool isEndView, bool isRear)
    {
        using var frame = PanePath(pane, isEndView, 0.05f, isRear);
        canvas.Fill(frame, new SKColor(12, 13, 14), 190);
        using var glass = PanePath(pane, isEndView, 0.10f, isRear);
        var (lower, upper) = (new SKColor(30, 36, 40), DarkGlass);

        // In the view from above, up in the picture is forward: the lower edge of a windscreen, the upper edge of a rear window.
        var isFlipped = !isEndView && !isRear;
        canvas.FillShaded(glass, isFlipped ? upper : lower, isFlipped ? lower : upper, Glass);
    }

    private SKPath PanePath((Vector2 Lower, Vector2 Upper) pane, bool isEndView, float margin, bool isRear)
    {
        const int Steps = 12;
        var points = new List<float>();
        foreach (var (edge, direction) in new[] { (pane.Lower, 1), (pane.Upper, -1) })
        {
            var half = BodyBuilder.HalfWidth(_shape, edge.X, edge.Y) - margin;
            for (var step = 0; step <= Steps; step++)
            {
                var y = direction * (((step * 2f / Steps) - 1) * half) * (isRear ? 0.97f : 1);
                var inset = (margin - 0.05f) * (direction > 0 ? 1 : -1);
                var at = Vector2.Lerp(edge, direction > 0 ? pane.Upper : pane.Lower, MathF.Abs(inset) / MathF.Max(0.2f, (pane.Upper - pane.Lower).Length()));
                var bent = BodyBuilder.Bend(_shape, new Vector3(at.X, y, at.Y));
                points.Add(y);
                points.Add(isEndView ? bent.Z : bent.X);
            }
        }

        return SkinCanvas.Polygon([.. points]);
    }

    private static float At((Vector2 Lower, Vector2 Upper) pane, float share, bool isEndView)
    {
        var point = Vector2.Lerp(pane.Lower, pane.Upper, share);
        return isEndView ? point.Y : point.X;
    }

    private SkinPicture Rear()
    {
        var half = (_shape.Width / 2) + 0.1f;
        using var canvas = new SkinCanvas(-half, 0, half, _shape.Height + 0.1f, _paint, Lacquer);
        DrawPane(canvas, _shape.RearWindow, isEndView: true, isRear: true);
        canvas.Box(-half, 0, half, _shape.Bottom + 0.10f, 0, Plastic, Matt);
        var z = _shape.PlateHeight.Rear;
        canvas.Box(-0.34f, z - 0.13f, 0.34f, z + 0.12f, 0.03f, Shade(_paint, 0.6f), 60);
        canvas.Box(-0.30f, z + 0.13f, 0.30f, z + 0.155f, 0.01f, Chrome, 140);
        var (low, high, inner, outer) = _shape.TailLamp;
        foreach (var side in new[] { -1f, 1f })
        {
            using var lamp = SkinCanvas.Polygon([side * inner, low + 0.02f, side * outer, low, side * (outer + 0.03f), high, side * (inner + 0.03f), high]);
            canvas.FillShaded(lamp, new SKColor(120, 8, 12), new SKColor(176, 16, 20), Lens);
            canvas.Line(new SKColor(220, 190, 180), Lens, 0.02f, side * (inner + 0.06f), (low + high) / 2, side * (outer - 0.04f), (low + high) / 2);
            canvas.Box(MathF.Min(side * 0.70f, side * 0.80f), _shape.Bottom + 0.14f, MathF.Max(side * 0.70f, side * 0.80f), _shape.Bottom + 0.18f, 0.01f, new SKColor(140, 10, 12), Lens);
        }

        canvas.Line(Shade(_paint, 0.4f), Matt, 0.008f, -half, _shape.Bottom + 0.30f, half, _shape.Bottom + 0.30f);
        canvas.Disc(0, (z + 0.22f + _shape.RearWindow.Lower.Y) / 2, 0.045f, Chrome, 140);
        return canvas.Finish();
    }

    private SkinPicture Side()
    {
        using var canvas = new SkinCanvas(_shape.RearEnd - 0.1f, 0, _shape.FrontEnd + 0.1f, _shape.Height + 0.1f, _paint, Lacquer);
        canvas.Box(_shape.RearEnd, 0, _shape.FrontEnd, _shape.Bottom + 0.10f, 0, Plastic, Matt);
        foreach (var axle in _shape.Axles)
        {
            canvas.Disc(axle, _shape.WheelRadius, _shape.WheelRadius + 0.06f, new SKColor(10, 10, 11), Matt);
        }

        var (front, back) = (_shape.FrontEnd - (_shape.NoseBow * 0.6f), _shape.BodyRearEnd);
        canvas.Fill(new SKColor(150, 156, 162), Lens, front - 0.28f, _shape.Headlamp.High, front + 0.2f, _shape.Headlamp.Low, front + 0.2f, _shape.Headlamp.High + 0.02f);
        canvas.Fill(new SKColor(150, 14, 18), Lens, back, _shape.TailLamp.Low, back + 0.22f, _shape.TailLamp.High, back, _shape.TailLamp.High);
        if (kind is VehicleKind.Coach or VehicleKind.Minibus)
        {
            DrawBusSide(canvas);
        }
        else
        {
            DrawDoors(canvas);
        }

        return canvas.Finish();
    }

    private void DrawDoors(SkinCanvas canvas)
    {
        var belt = _shape.BeltLine + 0.03f;
        var top = _shape.Profile.Max(corner => corner.Z) - _shape.Edge - 0.03f;
        var (front, back) = (_shape.Windscreen.Lower.X - 0.10f, _shape.RearWindow.Lower.X + 0.16f);
        var (roofFront, roofBack) = (_shape.Windscreen.Upper.X - 0.12f, _shape.RearWindow.Upper.X + 0.10f);
        if (back >= front)
        {
            return;
        }

        using var windows = SkinCanvas.Polygon([front, belt, roofFront, top, roofBack, top, back, belt]);
        canvas.Fill(windows, DarkGlass, Glass);
        var doors = kind is VehicleKind.LightTruck or VehicleKind.HeavyTruck ? 1 : kind is VehicleKind.Mpv or VehicleKind.Microvan ? 3 : 2;
        for (var i = 1; i <= doors; i++)
        {
            var x = float.Lerp(roofFront, roofBack, i / (float)doors);
            canvas.Box(x - 0.045f, belt, x + 0.045f, top, 0, new SKColor(14, 14, 15), 120);
            canvas.Line(Shade(_paint, 0.35f), Matt, 0.010f, x, belt, x, _shape.Bottom + 0.12f);
            canvas.Box(x + 0.06f, belt - 0.14f, x + 0.24f, belt - 0.11f, 0.012f, Chrome, 130);
        }

        canvas.Line(Shade(_paint, 0.55f), Matt, 0.010f, _shape.BodyRearEnd + 0.4f, belt - 0.22f, _shape.FrontEnd - 0.4f, belt - 0.26f);
    }

    private void DrawBusSide(SkinCanvas canvas)
    {
        var belt = _shape.BeltLine;
        var top = _shape.Windscreen.Upper.Y;
        canvas.Box(_shape.BodyRearEnd + 0.25f, belt, _shape.FrontEnd - 0.45f, top, 0.1f, DarkGlass, Glass);
        for (var x = _shape.BodyRearEnd + 1.4f; x < _shape.FrontEnd - 0.8f; x += 1.35f)
        {
            canvas.Box(x - 0.03f, belt, x + 0.03f, top, 0, new SKColor(8, 8, 9), 150);
        }

        var stripe = paint is VehiclePaint.White ? new SKColor(30, 84, 150) : new SKColor(226, 228, 230);
        using var sweep = SkinCanvas.Polygon([_shape.BodyRearEnd, 0.55f, _shape.FrontEnd, 0.80f, _shape.FrontEnd, 0.95f, _shape.BodyRearEnd, belt - 0.1f]);
        canvas.Fill(sweep, stripe, Lacquer);
    }

    private SkinPicture Top()
    {
        var half = (_shape.Width / 2) + 0.25f;
        using var canvas = new SkinCanvas(-half, _shape.BodyRearEnd - 0.1f, half, _shape.FrontEnd + 0.1f, _paint, Lacquer);
        DrawWindscreen(canvas, isFrontView: false);
        DrawPane(canvas, _shape.RearWindow, isEndView: false, isRear: true);
        var joint = Shade(_paint, 0.4f);
        if (!IsWindscreenSteep)
        {
            var rear = _shape.Windscreen.Lower.X;
            canvas.Box(-0.70f, rear + 0.02f, 0.70f, rear + 0.09f, 0.02f, Plastic, Matt);
            foreach (var side in new[] { -1f, 1f })
            {
                canvas.Line(joint, Matt, 0.010f, side * 0.72f, rear + 0.05f, side * 0.68f, _shape.FrontEnd - 0.25f);
                canvas.Line(Shade(_paint, 0.85f), Lacquer, 0.03f, side * 0.40f, rear + 0.15f, side * 0.33f, _shape.FrontEnd - 0.2f);
            }

            if (kind is VehicleKind.Suv or VehicleKind.Sedan && _chance.Next(3) == 0)
            {
                var front = _shape.Windscreen.Upper.X - 0.18f;
                canvas.Box(-0.42f, front - 0.75f, 0.42f, front, 0.06f, DarkGlass, Glass);
            }
        }

        return canvas.Finish();
    }

    /// <summary>Load bed: the front, sides and roof of a box, seen along the vehicle for all of them.</summary>
    private SkinPicture Cargo()
    {
        if (_shape.Cargo is not { } cargo)
        {
            return new SkinPicture(Texture.Even(_paint, Matt), 0, 0, 1);
        }

        var sheet = kind is VehicleKind.HeavyTruck
            ? new[] { new SKColor(56, 84, 116), new SKColor(138, 62, 48), new SKColor(96, 104, 100) }[_chance.Next(3)]
            : new[] { new SKColor(206, 208, 208), new SKColor(70, 104, 150), new SKColor(196, 198, 192) }[_chance.Next(3)];
        using var canvas = new SkinCanvas(cargo.Low.X, cargo.Low.Z, cargo.High.X, cargo.High.Z, sheet, 45);
        for (var x = cargo.Low.X; x < cargo.High.X; x += 0.18f)
        {
            canvas.Line(Shade(sheet, 0.86f), 40, 0.03f, x, cargo.Low.Z, x, cargo.High.Z);
        }

        canvas.Line(Shade(sheet, 0.6f), 40, 0.08f, cargo.Low.X, cargo.Low.Z, cargo.High.X, cargo.Low.Z);
        return canvas.Finish();
    }
}
