using Dashiban.SyntheticRoad.Painting;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>
/// Draws the views of a vehicle that are wrapped around its body: paint, glass, lamps, grille, joints, lettering. Chance
/// decides what shape and finish leave open, so that two cars of one kind differ.
/// </summary>
internal sealed class SkinArtist
{
    /// <summary>Resolution of the demo's skins, for pictures 1920 pixels wide.</summary>
    private const float FilmPixelsPerMetre = 200;

    private readonly VehicleKind _kind;
    private readonly VehicleShape _shape;
    private readonly VehicleFinish _finish;
    private readonly Random _chance;
    private readonly SKTypeface _typeface;
    private readonly float _endPixelsPerMetre;
    private readonly float _flankPixelsPerMetre;
    private readonly GlassArtist _glass;
    private readonly SKColor _cargo;

    public SkinArtist(VehicleKind kind, VehicleShape shape, VehicleFinish finish, Random chance, SKTypeface typeface)
        : this(kind, shape, finish, chance, typeface, FilmPixelsPerMetre, FilmPixelsPerMetre)
    {
    }

    /// <summary>With resolutions of its own for both ends and for what is seen at a slant: sides and roof.</summary>
    public SkinArtist(VehicleKind kind, VehicleShape shape, VehicleFinish finish, Random chance, SKTypeface typeface, float endPixelsPerMetre, float flankPixelsPerMetre)
    {
        (_kind, _shape, _finish, _chance, _typeface) = (kind, shape, finish, chance, typeface);
        (_endPixelsPerMetre, _flankPixelsPerMetre) = (endPixelsPerMetre, flankPixelsPerMetre);
        _glass = new GlassArtist(shape, finish, chance);
        _cargo = finish.Cargo ?? UsualCargo();
    }

    /// <summary>True where no bonnet lies before the windscreen.</summary>
    private bool IsWindscreenSteep => _shape.Windscreen.Upper.Y - _shape.Windscreen.Lower.Y > _shape.Windscreen.Lower.X - _shape.Windscreen.Upper.X;

    private bool IsTruck => _shape.Cargo is not null;

    private bool IsBus => _shape.HasFlatFront && !IsTruck;

    /// <summary>One picture per <see cref="Skin"/>; those of the plates are null and come with the passage.</summary>
    public SkinPicture?[] Draw()
    {
        var skins = new SkinPicture?[(int)Skin.RearPlate + 1];
        skins[(int)Skin.Front] = Front();
        skins[(int)Skin.Rear] = Rear();
        skins[(int)Skin.Side] = Side();
        skins[(int)Skin.Top] = Top();
        skins[(int)Skin.Cargo] = Cargo();
        skins[(int)Skin.Tyre] = new SkinPicture(Texture.Even(Material.Rubber, Material.Matt), 0, 0, 1);
        skins[(int)Skin.Trim] = new SkinPicture(Texture.Even(IsTruck ? Material.Plastic : new SKColor(88, 90, 93), 40), 0, 0, 1);
        return skins;
    }

    private SkinPicture Front()
    {
        var half = (_shape.Width / 2) + 0.1f;
        using var canvas = new SkinCanvas(-half, 0, half, _shape.Height + 0.1f, _finish.Paint, Material.Lacquer, _endPixelsPerMetre);
        _glass.DrawWindscreen(canvas, isFrontView: true);
        new FrontArtist(_kind, _shape, _finish, _chance, _typeface).Draw(canvas);
        return Weathered(canvas);
    }

    private SkinPicture Rear()
    {
        var half = MathF.Max(_shape.Width / 2, _shape.Cargo?.High.Y ?? 0) + 0.1f;
        using var canvas = new SkinCanvas(-half, 0, half, _shape.Height + 0.1f, _finish.Paint, Material.Lacquer, _endPixelsPerMetre);
        new RearArtist(_kind, _shape, _finish, _cargo, _glass, _chance, _typeface).Draw(canvas);
        return Weathered(canvas);
    }

    private SkinPicture Side()
    {
        using var canvas = new SkinCanvas(_shape.RearEnd - 0.1f, 0, _shape.FrontEnd + 0.1f, _shape.Height + 0.1f, _finish.Paint, Material.Lacquer, _flankPixelsPerMetre);
        if (_finish.LowerPaint is { } lower)
        {
            canvas.Box(_shape.RearEnd - 0.1f, 0, _shape.FrontEnd + 0.1f, _shape.BeltLine * 0.62f, 0, lower, Material.Lacquer);
        }

        canvas.Box(_shape.RearEnd, 0, _shape.FrontEnd, _shape.Bottom + 0.10f, 0, Material.Plastic, Material.Matt);
        if (_finish.HasCladding)
        {
            canvas.Box(_shape.RearEnd, 0, _shape.FrontEnd, _shape.Bottom + 0.20f, 0, Material.Plastic, Material.Matt);
        }

        foreach (var axle in _shape.Axles)
        {
            if (_finish.HasCladding)
            {
                canvas.Disc(axle, _shape.WheelRadius, _shape.WheelRadius + 0.13f, Material.Plastic, Material.Matt);
            }

            canvas.Disc(axle, _shape.WheelRadius, _shape.WheelRadius + 0.06f, new SKColor(10, 10, 11), Material.Matt);
        }

        var (front, back) = (_shape.FrontEnd - (_shape.NoseBow * 0.6f), _shape.BodyRearEnd);
        canvas.Fill(new SKColor(150, 156, 162), Material.Lens, front - 0.28f, _shape.Headlamp.High, front + 0.2f, _shape.Headlamp.Low, front + 0.2f, _shape.Headlamp.High + 0.02f);
        canvas.Fill(new SKColor(150, 14, 18), Material.Lens, back, _shape.TailLamp.Low, back + 0.22f, _shape.TailLamp.High, back, _shape.TailLamp.High);
        if (IsBus)
        {
            DrawBusSide(canvas);
        }
        else
        {
            DrawDoors(canvas);
        }

        return Weathered(canvas);
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

        if (_finish.HasPanels)
        {
            // A delivery van: glass in the front doors only.
            var end = roofFront - 0.95f;
            using var window = SkinCanvas.Polygon([front, belt, roofFront, top, end, top, end, belt]);
            canvas.Fill(window, _finish.UpperGlass, Material.Glass);
        }
        else
        {
            using var windows = SkinCanvas.Polygon([front, belt, roofFront, top, roofBack, top, back, belt]);
            canvas.Fill(windows, _finish.UpperGlass, Material.Glass);
        }

        if (!IsTruck && _chance.Next(2) == 0)
        {
            canvas.Line(Material.Chrome, Material.Metal, 0.018f, front, belt - 0.005f, back, belt - 0.005f);
        }

        var doors = IsTruck ? 1 : _shape.BeltLine > 1.0f && roofFront - roofBack > 2.2f ? 3 : 2;
        for (var i = 1; i <= doors; i++)
        {
            var x = float.Lerp(roofFront, roofBack, i / (float)doors);
            if (!_finish.HasPanels || i == 1)
            {
                canvas.Box(x - 0.045f, belt, x + 0.045f, top, 0, new SKColor(14, 14, 15), 120);
            }

            canvas.Line(Material.Shade(_finish.Paint, 0.35f), Material.Matt, 0.010f, x, belt, x, _shape.Bottom + 0.12f);
            canvas.Box(x + 0.06f, belt - 0.14f, x + 0.24f, belt - 0.11f, 0.012f, Material.Chrome, Material.Metal);
        }

        if (doors == 3)
        {
            // The rail of the sliding door.
            canvas.Line(Material.Shade(_finish.Paint, 0.3f), Material.Matt, 0.025f, float.Lerp(roofFront, roofBack, 0.62f), belt - 0.07f, roofBack + 0.1f, belt - 0.07f);
        }

        if (_finish.SideLettering is { } lettering && !IsTruck)
        {
            // Mirrored on one side of the vehicle, since both sides share the view: unreadable at these sizes anyhow.
            canvas.Text(lettering, (_shape.FrontEnd + _shape.BodyRearEnd) / 2, belt - 0.30f, 0.16f, _finish.IsPale ? new SKColor(30, 70, 140) : SKColors.White, _typeface);
        }

        canvas.Line(Material.Shade(_finish.Paint, 0.55f), Material.Matt, 0.010f, _shape.BodyRearEnd + 0.4f, belt - 0.22f, _shape.FrontEnd - 0.4f, belt - 0.26f);
    }

    private void DrawBusSide(SkinCanvas canvas)
    {
        var belt = _shape.BeltLine;
        var top = _shape.Windscreen.Upper.Y;
        canvas.Box(_shape.BodyRearEnd + 0.25f, belt, _shape.FrontEnd - 0.45f, top, 0.1f, _finish.UpperGlass, Material.Glass);
        for (var x = _shape.BodyRearEnd + 1.4f; x < _shape.FrontEnd - 0.8f; x += 1.35f)
        {
            canvas.Box(x - 0.03f, belt, x + 0.03f, top, 0, new SKColor(8, 8, 9), 150);
        }

        if (_finish.Stripe is not { } stripe)
        {
            return;
        }

        using var sweep = SkinCanvas.Polygon([_shape.BodyRearEnd, 0.55f, _shape.FrontEnd, 0.80f, _shape.FrontEnd, 0.95f, _shape.BodyRearEnd, belt - 0.1f]);
        canvas.Fill(sweep, stripe, Material.Lacquer);
    }

    private SkinPicture Top()
    {
        var half = (_shape.Width / 2) + 0.25f;
        using var canvas = new SkinCanvas(-half, _shape.BodyRearEnd - 0.1f, half, _shape.FrontEnd + 0.1f, _finish.Paint, Material.Lacquer, _flankPixelsPerMetre);
        _glass.DrawWindscreen(canvas, isFrontView: false);
        _glass.DrawPane(canvas, _shape.RearWindow, isEndView: false, isRear: true);
        DrawRoof(canvas);
        var joint = Material.Shade(_finish.Paint, 0.4f);
        if (!IsWindscreenSteep)
        {
            var rear = _shape.Windscreen.Lower.X;
            canvas.Box(-0.70f, rear + 0.02f, 0.70f, rear + 0.09f, 0.02f, Material.Plastic, Material.Matt);
            foreach (var side in new[] { -1f, 1f })
            {
                canvas.Line(joint, Material.Matt, 0.010f, side * 0.72f, rear + 0.05f, side * 0.68f, _shape.FrontEnd - 0.25f);
                canvas.Line(Material.Shade(_finish.Paint, 0.85f), Material.Lacquer, 0.03f, side * 0.40f, rear + 0.15f, side * 0.33f, _shape.FrontEnd - 0.2f);
            }

            if (_kind is VehicleKind.Suv or VehicleKind.Sedan && _chance.Next(3) == 0)
            {
                var front = _shape.Windscreen.Upper.X - 0.18f;
                canvas.Box(-0.42f, front - 0.75f, 0.42f, front, 0.06f, _finish.UpperGlass, Material.Glass);
            }
        }

        return Weathered(canvas);
    }

    /// <summary>Ribs pressed into the long roofs of vans, hatches in those of buses.</summary>
    private void DrawRoof(SkinCanvas canvas)
    {
        var (front, rear) = (_shape.Windscreen.Upper.X - 0.35f, _shape.RearWindow.Upper.X + 0.2f);
        if (front - rear < 2.2f || IsTruck)
        {
            return;
        }

        if (IsBus)
        {
            for (var i = 0; i < 2; i++)
            {
                var x = float.Lerp(front, rear, 0.2f + (0.55f * i));
                canvas.Box(-0.35f, x - 0.7f, 0.35f, x, 0.04f, Material.Shade(_finish.Paint, 0.8f), Material.Lacquer);
            }
        }
        else if (_shape.BeltLine > 1.0f && _chance.Next(3) > 0)
        {
            for (var y = -0.5f; y <= 0.51f; y += 0.25f)
            {
                canvas.Line(Material.Shade(_finish.Paint, 0.78f), Material.Lacquer, 0.03f, y, front, y, rear);
            }
        }
    }

    /// <summary>Load bed: the front, sides and roof of a box, seen along the vehicle for all of them.</summary>
    private SkinPicture Cargo()
    {
        if (_shape.Cargo is not { } cargo)
        {
            return new SkinPicture(Texture.Even(_finish.Paint, Material.Matt), 0, 0, 1);
        }

        using var canvas = new SkinCanvas(cargo.Low.X, cargo.Low.Z, cargo.High.X, cargo.High.Z, _cargo, 45, _flankPixelsPerMetre);
        new LoadArtist(_shape, _finish, _cargo, _chance, _typeface).DrawSide(canvas, cargo.Low.X, cargo.High.X, cargo.Low.Z, cargo.High.Z);
        return Weathered(canvas);
    }

    private SKColor UsualCargo() => _kind is VehicleKind.HeavyTruck
        ? new[] { new SKColor(56, 84, 116), new SKColor(138, 62, 48), new SKColor(96, 104, 100) }[_chance.Next(3)]
        : new[] { new SKColor(206, 208, 208), new SKColor(70, 104, 150), new SKColor(196, 198, 192) }[_chance.Next(3)];

    private SkinPicture Weathered(SkinCanvas canvas)
    {
        if (_finish.Dirt > 0)
        {
            canvas.Dust(_finish.DirtColour, _finish.Dirt, upTo: 1.3f, _chance.Next(1000));
        }

        return canvas.Finish();
    }
}
