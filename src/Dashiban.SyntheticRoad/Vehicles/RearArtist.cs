using SkiaSharp;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>Draws a body's rear: window, lamps, bumper, and the doors and bars of load beds.</summary>
internal sealed class RearArtist(VehicleKind kind, VehicleShape shape, VehicleFinish finish, SKColor cargo, GlassArtist glass, Random chance, SKTypeface typeface)
{
    public void Draw(SkinCanvas canvas)
    {
        if (shape.Cargo is { } box)
        {
            new LoadArtist(shape, finish, cargo, chance, typeface).DrawRear(canvas, box.High.Y, box.Low.Z, shape.CargoForm is CargoForm.Box or CargoForm.Trough or CargoForm.Bed or CargoForm.Stakes ? box.High.Z : box.High.Z + 0.3f);
        }
        else
        {
            DrawTail(canvas);
        }
    }

    private void DrawTail(SkinCanvas canvas)
    {
        var half = (shape.Width / 2) + 0.1f;
        var z = shape.PlateHeight.Rear;
        if (finish.LowerPaint is { } lower)
        {
            canvas.Box(-half, 0, half, shape.Bottom + 0.32f, 0, lower, Material.Lacquer);
        }

        if (finish.Bumper is { } bumper)
        {
            canvas.Box(-half, 0, half, shape.Bottom + 0.30f, 0, bumper, 40);
        }

        if (!finish.HasPanels || chance.Next(2) == 0)
        {
            glass.DrawPane(canvas, shape.RearWindow, isEndView: true, isRear: true);
        }

        canvas.Shade(0, shape.Bottom + 0.3f, 0.45f);
        var sill = shape.HasFlatFront ? 0.08f : 0.06f + (chance.NextSingle() * 0.14f);
        canvas.Box(-half, 0, half, shape.Bottom + sill, 0, Material.Plastic, Material.Matt);
        if (shape.HasFlatFront)
        {
            DrawEngineFlap(canvas);
        }

        var middle = -shape.PlateOffset.Rear;
        canvas.Box(middle - 0.34f, z - 0.13f, middle + 0.34f, z + 0.12f, 0.03f, Material.Shade(finish.Paint, 0.6f), 60);
        if (chance.Next(3) > 0)
        {
            canvas.Box(middle - 0.30f, z + 0.13f, middle + 0.30f, z + 0.155f, 0.01f, Material.Chrome, Material.Metal);
        }

        if (finish.HasTailBar)
        {
            var at = float.Lerp(shape.TailLamp.Low, shape.TailLamp.High, 0.7f);
            canvas.Box(-shape.TailLamp.Inner, at - 0.03f, shape.TailLamp.Inner, at + 0.03f, 0.01f, new SKColor(150, 14, 20), Material.Lens);
        }

        foreach (var side in new[] { -1f, 1f })
        {
            DrawTailLamp(canvas, side);
        }

        DrawWiper(canvas);

        DrawDoorJoints(canvas);
        canvas.Line(Material.Shade(finish.Paint, 0.4f), Material.Matt, 0.008f, -half, shape.Bottom + 0.30f, half, shape.Bottom + 0.30f);
        canvas.Disc(0, (z + 0.22f + shape.RearWindow.Lower.Y) / 2, 0.045f, Material.Chrome, Material.Metal);
        if (finish.SideLettering is { } lettering)
        {
            canvas.Text(lettering, 0, z + 0.30f, MathF.Min(0.16f, shape.Width * 0.7f / lettering.Length), finish.IsPale ? new SKColor(150, 24, 28) : SKColors.White, typeface);
        }
    }

    /// <summary>A bus has its engine behind: a flap with slots, and lamps of its own high at the corners.</summary>
    private void DrawEngineFlap(SkinCanvas canvas)
    {
        var (low, high) = (shape.PlateHeight.Rear + 0.2f, MathF.Max(shape.PlateHeight.Rear + 0.4f, shape.RearWindow.Lower.Y - 0.15f));
        var wide = MathF.Min(shape.TailLamp.Inner - 0.08f, shape.Width * 0.36f);
        canvas.Line(Material.Shade(finish.Paint, 0.4f), Material.Matt, 0.012f, -wide, low, wide, low, wide, high, -wide, high, -wide, low);
        if (chance.Next(3) > 0)
        {
            for (var z = low + 0.06f; z < low + 0.26f && z < high; z += 0.045f)
            {
                canvas.Line(Material.Rubber, Material.Matt, 0.02f, -wide * 0.7f, z, wide * 0.7f, z);
            }
        }

        foreach (var side in new[] { -1f, 1f })
        {
            canvas.Disc(side * shape.Width * 0.42f, shape.RearWindow.Upper.Y + 0.15f, 0.05f, new SKColor(160, 20, 22), Material.Lens);
        }
    }

    /// <summary>Rear wiper and the third stop lamp over the window, each on some.</summary>
    private void DrawWiper(SkinCanvas canvas)
    {
        if (chance.Next(2) == 0)
        {
            var z = shape.RearWindow.Lower.Y + 0.03f;
            canvas.Line(Material.Rubber, Material.Matt, 0.016f, 0, z, -shape.Width * 0.2f, z + 0.06f);
        }

        if (chance.Next(2) == 0)
        {
            var z = shape.RearWindow.Upper.Y + 0.03f;
            canvas.Box(-0.14f, z - 0.012f, 0.14f, z + 0.012f, 0.005f, new SKColor(120, 10, 14), Material.Lens);
        }
    }

    /// <summary>The outline of boot lid or tailgate; of vans, the joint between two doors on some.</summary>
    private void DrawDoorJoints(SkinCanvas canvas)
    {
        var joint = Material.Shade(finish.Paint, 0.35f);
        var foot = MathF.Min(shape.Bottom + 0.32f, shape.TailLamp.Low);
        if (kind is VehicleKind.Microvan or VehicleKind.HighRoofVan && chance.Next(3) == 0)
        {
            canvas.Line(joint, Material.Matt, 0.012f, 0, foot, 0, shape.RearWindow.Upper.Y + 0.05f);
        }

        var (inner, outer) = ((shape.Width / 2) - 0.14f, (shape.Width / 2) - 0.10f);
        if (shape.TailLamp.Inner < inner - 0.2f)
        {
            // A boot lid ends between the lamps.
            inner = shape.TailLamp.Inner + 0.02f;
        }

        canvas.Line(joint, Material.Matt, 0.010f, -outer, shape.RearWindow.Lower.Y, -inner, shape.TailLamp.Low, -inner, foot, inner, foot, inner, shape.TailLamp.Low, outer, shape.RearWindow.Lower.Y);
    }

    private void DrawTailLamp(SkinCanvas canvas, float side)
    {
        var (low, high, inner, outer) = shape.TailLamp;
        using var lamp = SkinCanvas.Polygon([side * inner, low + 0.02f, side * outer, low, side * (outer + 0.03f), high, side * (inner + 0.03f), high]);
        canvas.FillShaded(lamp, new SKColor(96, 8, 12), new SKColor(168, 18, 22), Material.Lens);
        DrawLampParts(canvas, side);
        canvas.Box(MathF.Min(side * 0.70f, side * 0.80f), shape.Bottom + 0.14f, MathF.Max(side * 0.70f, side * 0.80f), shape.Bottom + 0.18f, 0.01f, new SKColor(140, 10, 12), Material.Lens);
    }

    /// <summary>Behind the red cover: indicator, reversing lamp, and discs or a band that light up; stacked where the lamp is upright.</summary>
    private void DrawLampParts(SkinCanvas canvas, float side)
    {
        var (low, high, inner, outer) = shape.TailLamp;
        var isUpright = high - low > outer - inner;
        var (pale, amber) = (new SKColor(206, 196, 192), new SKColor(198, 108, 34));
        for (var part = 0; part < 2; part++)
        {
            var (from, to) = (0.15f + (part * 0.28f), 0.36f + (part * 0.28f));
            var (a, b) = isUpright ? (inner + 0.02f, outer - 0.01f) : (float.Lerp(inner, outer, from), float.Lerp(inner, outer, to));
            var (c, d) = isUpright ? (float.Lerp(low, high, from), float.Lerp(low, high, to)) : (low + 0.03f, float.Lerp(low, high, 0.6f));
            canvas.Box(MathF.Min(side * a, side * b), c, MathF.Max(side * a, side * b), d, 0.01f, part == 0 ? pale : amber, Material.Lens);
        }

        canvas.Line(new SKColor(214, 60, 56), Material.Lens, 0.015f, side * (inner + 0.03f), high - 0.03f, side * (outer - 0.01f), high - 0.03f);
    }
}
