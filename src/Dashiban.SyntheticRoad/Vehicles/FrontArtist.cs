using SkiaSharp;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>Draws a body's front below and around the windscreen: bumper, grille, lamps, badge, boards and lettering.</summary>
internal sealed class FrontArtist(VehicleKind kind, VehicleShape shape, VehicleFinish finish, Random chance, SKTypeface typeface)
{
    private readonly float _half = shape.Width / 2;

    public void Draw(SkinCanvas canvas)
    {
        DrawColours(canvas);
        if (shape.Cargo is not null)
        {
            new CabFront(shape, finish, chance, typeface).Draw(canvas);
            DrawVisor(canvas);
        }
        else if (shape.HasFlatFront)
        {
            new BusFront(kind, shape, finish, chance, typeface).Draw(canvas);
        }
        else
        {
            DrawLowerApron(canvas);
            DrawGrille(canvas);
            DrawBonnetJoint(canvas);
        }

        DrawPlateHolder(canvas);
        DrawHeadlamps(canvas);
    }

    private void DrawBonnetJoint(SkinCanvas canvas)
    {
        var z = shape.Headlamp.High + 0.02f;
        canvas.Line(Material.Shade(finish.Paint, 0.35f), Material.Matt, 0.010f, -shape.Headlamp.Inner, z, -0.3f, z + 0.015f, 0.3f, z + 0.015f, shape.Headlamp.Inner, z);
    }

    private void DrawPlateHolder(SkinCanvas canvas)
    {
        if (chance.Next(3) > 0)
        {
            var (middle, z) = (shape.PlateOffset.Front, shape.PlateHeight.Front);
            canvas.Box(middle - 0.26f, z - 0.09f, middle + 0.26f, z + 0.09f, 0.015f, chance.Next(2) == 0 ? Material.Plastic : Material.Shade(finish.Bumper ?? finish.LowerPaint ?? finish.Paint, 0.7f), 60);
        }
    }

    private void DrawColours(SkinCanvas canvas)
    {
        if (finish.HasDarkMask)
        {
            // Black around the windscreen and up to the roof, as coaches wear it; the glass is drawn before and shows through.
            var low = shape.Windscreen.Lower.Y;
            foreach (var side in new[] { -1f, 1f })
            {
                canvas.Fill(new SKColor(16, 17, 19), Material.Lacquer, side * (_half + 0.1f), low, side * (_half - 0.09f), low, side * (_half - 0.13f), shape.Windscreen.Upper.Y, side * (_half + 0.1f), shape.Windscreen.Upper.Y);
            }

            canvas.Box(-_half - 0.1f, shape.Windscreen.Upper.Y - 0.02f, _half + 0.1f, shape.Windscreen.Upper.Y + 0.16f, 0, new SKColor(16, 17, 19), Material.Lacquer);
        }

        if (finish.LowerPaint is { } lower)
        {
            canvas.Box(-_half - 0.1f, 0, _half + 0.1f, shape.HasFlatFront ? shape.Headlamp.High + 0.08f : shape.PlateHeight.Front + 0.16f, 0, lower, Material.Lacquer);
        }

        if (finish.Stripe is { } stripe && shape.HasFlatFront)
        {
            var z = shape.Windscreen.Lower.Y - 0.16f;
            canvas.Fill(stripe, Material.Lacquer, -_half - 0.1f, z + 0.04f, 0, z - 0.10f, _half + 0.1f, z + 0.04f, _half + 0.1f, z + 0.13f, 0, z - 0.01f, -_half - 0.1f, z + 0.13f);
        }

        if (finish.Bumper is { } bumper)
        {
            canvas.Box(-_half - 0.1f, 0, _half + 0.1f, shape.Headlamp.Low - 0.02f, 0, bumper, 40);
        }
    }

    /// <summary>Below plate and lamps: a lip, the lower opening, air curtains at the corners, a shadow towards the road.</summary>
    private void DrawLowerApron(SkinCanvas canvas)
    {
        var bottom = shape.Bottom;
        var z = shape.PlateHeight.Front;
        var ground = finish.Bumper ?? finish.LowerPaint ?? finish.Paint;
        canvas.Shade(0, bottom + 0.28f, 0.45f);
        canvas.Box(-_half, 0, _half, bottom + 0.05f, 0, Material.Plastic, Material.Matt);
        var (lowest, highest) = (bottom + 0.06f, MathF.Max(bottom + 0.10f, z - 0.08f));
        var wide = 0.50f + (chance.NextSingle() * 0.35f);
        var taper = (chance.NextSingle() * 0.3f) - 0.1f;
        canvas.Fill(Material.Rubber, Material.Matt, -_half * wide, lowest, _half * wide, lowest, _half * (wide - taper), highest, -_half * (wide - taper), highest);
        for (var b = lowest + 0.03f; b < highest - 0.01f; b += 0.035f)
        {
            canvas.Line(new SKColor(52, 53, 55), 40, 0.008f, -_half * (wide - 0.06f), b, _half * (wide - 0.06f), b);
        }

        if (chance.Next(3) == 0)
        {
            canvas.Line(Material.Chrome, Material.Metal, 0.014f, -_half * wide, lowest - 0.01f, _half * wide, lowest - 0.01f);
        }

        canvas.Line(Material.Shade(ground, 0.5f), Material.Matt, 0.008f, -_half, z + 0.13f, -_half * 0.8f, z + 0.12f, _half * 0.8f, z + 0.12f, _half, z + 0.13f);
        if (chance.Next(4) > 0)
        {
            DrawFogLamps(canvas, bottom, z);
        }
    }

    private void DrawFogLamps(SkinCanvas canvas, float bottom, float z)
    {
        var isDark = chance.Next(3) > 0;
        foreach (var side in new[] { -1f, 1f })
        {
            if (isDark)
            {
                canvas.Fill(Material.Plastic, Material.Matt, side * _half * 0.70f, bottom + 0.10f, side * _half * 0.93f, bottom + 0.14f, side * _half * 0.93f, z - 0.01f, side * _half * 0.76f, z - 0.05f);
            }

            canvas.Disc(side * _half * 0.83f, bottom + 0.17f, 0.035f, new SKColor(150, 154, 156), Material.Lens);
        }
    }

    private void DrawGrille(SkinCanvas canvas)
    {
        var (low, high, half) = shape.Grille;
        var form = finish.Grille ?? (GrilleForm)chance.Next(3);
        if (form is GrilleForm.Tall)
        {
            (low, half) = (MathF.Min(low, shape.Bottom + 0.14f), half * 1.05f);
        }

        if (form is GrilleForm.Band)
        {
            (low, high, half) = (shape.Headlamp.Low + 0.01f, shape.Headlamp.High - 0.01f, shape.Headlamp.Inner + 0.02f);
        }

        if (form is GrilleForm.Slit)
        {
            canvas.Line(Material.Plastic, 60, 0.03f, -half, low + 0.03f, half, low + 0.03f);
            DrawBadge(canvas, high - 0.03f);
            return;
        }

        DrawBars(canvas, form, low, high, half);
        DrawBadge(canvas, form is GrilleForm.Tall ? high - 0.10f : (low + high) / 2);
    }

    private void DrawBars(SkinCanvas canvas, GrilleForm form, float low, float high, float half)
    {
        var taper = chance.NextSingle() * 0.12f;
        using var path = SkinCanvas.Polygon([-half + taper, low, half - taper, low, half, high, -half, high]);
        canvas.Fill(path, new SKColor(18, 18, 20), 50);
        var bar = form is GrilleForm.ThinBars ? Material.Chrome : new SKColor(64, 66, 69);
        if (form is GrilleForm.Slats or GrilleForm.Tall)
        {
            for (var a = -half + 0.04f + taper; a < half - taper; a += 0.055f)
            {
                canvas.Line(bar, 90, 0.010f, a, low + 0.015f, a, high - 0.015f);
            }
        }
        else
        {
            for (var b = low + 0.035f; b < high - 0.01f; b += form is GrilleForm.ThinBars ? 0.05f : 0.032f)
            {
                canvas.Line(bar, 90, 0.010f, -half + 0.03f + taper, b, half - 0.03f - taper, b);
            }
        }

        canvas.Line(form is GrilleForm.Mesh ? Material.Plastic : Material.Chrome, 120, 0.014f, -half, high, half, high, half - taper, low, -half + taper, low, -half, high);
    }

    private void DrawBadge(SkinCanvas canvas, float at)
    {
        var wide = chance.Next(2) == 0 ? 0.075f : 0.058f;
        canvas.Oval(-wide, at - 0.05f, wide, at + 0.05f, Material.Chrome, Material.Metal);
        canvas.Oval(-wide + 0.012f, at - 0.038f, wide - 0.012f, at + 0.038f, chance.Next(2) == 0 ? new SKColor(30, 34, 42) : new SKColor(120, 20, 24), 120);
        canvas.Fill(Material.Chrome, Material.Metal, -0.03f, at, 0, at - 0.026f, 0.03f, at, 0, at + 0.026f);
    }

    private void DrawHeadlamps(SkinCanvas canvas)
    {
        var slant = chance.NextSingle() * 0.05f;
        foreach (var side in new[] { -1f, 1f })
        {
            if (finish.HasDayLights)
            {
                canvas.Line(new SKColor(255, 255, 252), 0, 0.03f, side * shape.Headlamp.Inner, shape.Headlamp.Low - 0.03f, side * shape.Headlamp.Outer, shape.Headlamp.Low);
            }

            switch (finish.Lamps)
            {
                case LampForm.Slim:
                    DrawSlimLamp(canvas, side, slant);
                    break;
                case LampForm.Round:
                    DrawRoundLamp(canvas, side);
                    break;
                case LampForm.Upright:
                    DrawUprightLamp(canvas, side);
                    break;
                case LampForm.Row:
                    DrawLampRow(canvas, side);
                    break;
                default:
                    DrawTwinLamp(canvas, side, slant);
                    break;
            }
        }
    }

    private void DrawTwinLamp(SkinCanvas canvas, float side, float slant)
    {
        var (low, high, inner, outer) = shape.Headlamp;
        using var lamp = SkinCanvas.Polygon([side * inner, low + 0.01f, side * (outer - 0.02f), low + slant, side * (outer + 0.04f), high + 0.02f, side * inner, high - slant]);
        canvas.FillShaded(lamp, new SKColor(70, 74, 78), new SKColor(176, 182, 188), Material.Lens);
        var middle = (low + high) / 2;
        var width = outer - inner;
        canvas.Disc(side * (inner + (width * 0.35f)), middle, (high - low) * 0.34f, new SKColor(36, 40, 44), Material.Lens);
        canvas.Disc(side * (inner + (width * 0.35f)), middle, (high - low) * 0.24f, new SKColor(206, 212, 218), Material.Lens);
        canvas.Disc(side * (inner + (width * 0.68f)), middle + (slant * 0.4f), (high - low) * 0.26f, new SKColor(44, 48, 52), Material.Lens);
        canvas.Disc(side * (inner + (width * 0.68f)), middle + (slant * 0.4f), (high - low) * 0.18f, new SKColor(188, 194, 200), Material.Lens);
        canvas.Line(new SKColor(236, 240, 244), Material.Lens, 0.012f, side * (inner + 0.02f), low + 0.02f, side * (outer - 0.03f), low + slant + 0.015f);
        canvas.Line(Material.Shade(finish.Paint, 0.35f), Material.Matt, 0.006f, side * inner, low, side * outer, low + slant);
    }

    private void DrawSlimLamp(SkinCanvas canvas, float side, float slant)
    {
        var (low, high, inner, outer) = shape.Headlamp;
        var middle = float.Lerp(low, high, 0.45f);
        using var lamp = SkinCanvas.Polygon([side * (inner - 0.04f), middle, side * outer, low + 0.03f + slant, side * (outer + 0.05f), high + 0.02f, side * inner, high - 0.02f - slant]);
        canvas.FillShaded(lamp, new SKColor(34, 38, 42), new SKColor(98, 104, 110), Material.Lens);
        for (var i = 0; i < 3; i++)
        {
            var a = float.Lerp(inner + 0.05f, outer - 0.03f, i / 2f);
            canvas.Box((side * a) - 0.03f, middle + 0.02f, (side * a) + 0.03f, high - 0.03f, 0.01f, new SKColor(200, 208, 214), Material.Lens);
        }

        canvas.Line(new SKColor(238, 242, 246), Material.Lens, 0.014f, side * inner, high - 0.01f - slant, side * (outer + 0.03f), high + 0.01f);
    }

    private void DrawRoundLamp(SkinCanvas canvas, float side)
    {
        var (low, high, inner, outer) = shape.Headlamp;
        var (a, b) = (side * float.Lerp(inner, outer, 0.55f), (low + high) / 2);
        var radius = MathF.Min((high - low) * 0.62f, (outer - inner) * 0.5f);
        canvas.Disc(a, b, radius + 0.02f, Material.Chrome, Material.Metal);
        canvas.Disc(a, b, radius, new SKColor(150, 156, 160), Material.Lens);
        canvas.Disc(a, b, radius * 0.45f, new SKColor(224, 228, 230), Material.Lens);
        canvas.Box((side * outer) - 0.03f, b - 0.05f, (side * outer) + 0.03f, b + 0.05f, 0.01f, new SKColor(206, 120, 20), Material.Lens);
    }

    private void DrawUprightLamp(SkinCanvas canvas, float side)
    {
        var (low, high, inner, outer) = shape.Headlamp;
        var from = side > 0 ? inner : -outer;
        var to = side > 0 ? outer : -inner;
        var split = float.Lerp(inner, outer, 0.76f) * side;
        canvas.Box(from, low, to, high, 0.02f, new SKColor(142, 148, 152), Material.Lens);
        canvas.Oval(MathF.Min(side * inner, split) + 0.03f, low + 0.03f, MathF.Max(side * inner, split) - 0.03f, high - 0.03f, new SKColor(212, 216, 218), Material.Lens);
        canvas.Box(MathF.Min(split, side * outer), low + 0.01f, MathF.Max(split, side * outer), high - 0.01f, 0.015f, new SKColor(204, 124, 28), Material.Lens);
        canvas.Line(Material.Plastic, Material.Matt, 0.012f, from, low, to, low, to, high, from, high, from, low);
    }

    private void DrawLampRow(SkinCanvas canvas, float side)
    {
        var (low, high, inner, outer) = shape.Headlamp;
        using var panel = SkinCanvas.Polygon([side * inner, low, side * outer, low - 0.01f, side * (outer + 0.05f), high + 0.03f, side * inner, high - 0.03f]);
        canvas.Fill(panel, new SKColor(22, 24, 26), Material.Lens);
        var radius = MathF.Min((high - low) * 0.32f, (outer - inner) / 6.5f);
        for (var i = 0; i < 3; i++)
        {
            var a = side * float.Lerp(inner + radius + 0.02f, outer - radius, i / 2f);
            canvas.Disc(a, (low + high) / 2, radius, Material.Chrome, Material.Metal);
            canvas.Disc(a, (low + high) / 2, radius * 0.8f, i == 2 ? new SKColor(210, 140, 40) : new SKColor(216, 222, 226), Material.Lens);
        }
    }

    /// <summary>Over a lorry's windscreen: marker lamps, and a painted board with a word on many.</summary>
    private void DrawVisor(SkinCanvas canvas)
    {
        var above = shape.Windscreen.Upper.Y + 0.14f;
        if (finish.Board is { } board)
        {
            canvas.Box(-_half * 0.77f, above, _half * 0.77f, above + 0.34f, 0.04f, Material.Shade(finish.Paint, 0.8f), Material.Lacquer);
            canvas.Text(board, 0, above + 0.17f, 0.24f, new SKColor(236, 222, 120), typeface);
        }

        if (chance.Next(3) > 0)
        {
            foreach (var share in new[] { -0.75f, -0.15f, 0.15f, 0.75f })
            {
                canvas.Box((share * _half) - 0.05f, above + 0.02f, (share * _half) + 0.05f, above + 0.06f, 0.01f, new SKColor(210, 130, 30), Material.Lens);
            }
        }
    }
}
