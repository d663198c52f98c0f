using SkiaSharp;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>Draws a body's rear: window, lamps, bumper, and the doors and bars of load beds.</summary>
internal sealed class RearArtist(VehicleShape shape, VehicleFinish finish, SKColor cargo, GlassArtist glass, Random chance, SKTypeface typeface)
{
    public void Draw(SkinCanvas canvas)
    {
        if (shape.Cargo is { } box)
        {
            DrawLoadBed(canvas, box.Low, box.High);
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

        canvas.Box(-half, 0, half, shape.Bottom + 0.10f, 0, Material.Plastic, Material.Matt);
        var middle = -shape.PlateOffset.Rear;
        canvas.Box(middle - 0.34f, z - 0.13f, middle + 0.34f, z + 0.12f, 0.03f, Material.Shade(finish.Paint, 0.6f), 60);
        if (chance.Next(3) > 0)
        {
            canvas.Box(middle - 0.30f, z + 0.13f, middle + 0.30f, z + 0.155f, 0.01f, Material.Chrome, 140);
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

        if (shape.BeltLine > 1.0f && !shape.HasFlatFront && chance.Next(2) == 0)
        {
            // Two doors instead of a tailgate.
            canvas.Line(Material.Shade(finish.Paint, 0.35f), Material.Matt, 0.012f, 0, shape.Bottom + 0.3f, 0, shape.RearWindow.Upper.Y + 0.05f);
        }

        canvas.Line(Material.Shade(finish.Paint, 0.4f), Material.Matt, 0.008f, -half, shape.Bottom + 0.30f, half, shape.Bottom + 0.30f);
        canvas.Disc(0, (z + 0.22f + shape.RearWindow.Lower.Y) / 2, 0.045f, Material.Chrome, 140);
        if (finish.SideLettering is { } lettering)
        {
            canvas.Text(lettering, 0, z + 0.30f, MathF.Min(0.16f, shape.Width * 0.7f / lettering.Length), finish.IsPale ? new SKColor(150, 24, 28) : SKColors.White, typeface);
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

    private void DrawTailLamp(SkinCanvas canvas, float side)
    {
        var (low, high, inner, outer) = shape.TailLamp;
        using var lamp = SkinCanvas.Polygon([side * inner, low + 0.02f, side * outer, low, side * (outer + 0.03f), high, side * (inner + 0.03f), high]);
        canvas.FillShaded(lamp, new SKColor(120, 8, 12), new SKColor(176, 16, 20), Material.Lens);
        canvas.Line(new SKColor(220, 190, 180), Material.Lens, 0.02f, side * (inner + 0.06f), (low + high) / 2, side * (outer - 0.04f), (low + high) / 2);
        canvas.Box(MathF.Min(side * 0.70f, side * 0.80f), shape.Bottom + 0.14f, MathF.Max(side * 0.70f, side * 0.80f), shape.Bottom + 0.18f, 0.01f, new SKColor(140, 10, 12), Material.Lens);
    }

    /// <summary>Doors or tailboard over a dark bar with the lamps; the plate hangs on the bar.</summary>
    private void DrawLoadBed(SkinCanvas canvas, System.Numerics.Vector3 low, System.Numerics.Vector3 high)
    {
        var half = high.Y;
        var top = shape.CargoForm is CargoForm.Tank ? high.Z + 0.1f : high.Z;
        canvas.Box(-half - 0.1f, low.Z, half + 0.1f, top, 0, cargo, 45);
        var joint = Material.Shade(cargo, 0.5f);
        if (shape.CargoForm is CargoForm.Box)
        {
            canvas.Line(joint, 40, 0.03f, 0, low.Z, 0, high.Z);
            foreach (var a in new[] { -half * 0.66f, -half * 0.3f, half * 0.3f, half * 0.66f })
            {
                canvas.Line(new SKColor(170, 172, 172), 90, 0.03f, a, low.Z + 0.05f, a, high.Z - 0.05f);
            }
        }
        else if (shape.CargoForm is CargoForm.Trough or CargoForm.Bed)
        {
            for (var a = -half; a <= half; a += half / 3)
            {
                canvas.Line(joint, 40, 0.06f, a, low.Z, a, high.Z);
            }
        }

        // Reflective tape, red and white, along the lower edge and up the sides.
        for (var a = -half; a < half - 0.1f; a += 0.3f)
        {
            canvas.Box(a, low.Z + 0.02f, a + 0.15f, low.Z + 0.07f, 0, new SKColor(176, 24, 28), 90);
            canvas.Box(a + 0.15f, low.Z + 0.02f, a + 0.3f, low.Z + 0.07f, 0, new SKColor(220, 220, 216), 90);
        }

        if (finish.SideLettering is { } lettering && shape.CargoForm is CargoForm.Box or CargoForm.Trough)
        {
            canvas.Text(lettering, 0, float.Lerp(low.Z, high.Z, 0.55f), MathF.Min(0.34f, half * 1.7f / lettering.Length), cargo.Green > 130 ? new SKColor(40, 44, 60) : new SKColor(226, 226, 220), typeface);
        }

        canvas.Box(-half - 0.1f, 0, half + 0.1f, low.Z, 0, new SKColor(34, 34, 35), Material.Matt);
        var lamp = shape.TailLamp;
        foreach (var side in new[] { -1f, 1f })
        {
            canvas.Box(MathF.Min(side * lamp.Inner, side * lamp.Outer), lamp.Low, MathF.Max(side * lamp.Inner, side * lamp.Outer), lamp.High, 0.02f, new SKColor(150, 14, 18), Material.Lens);
            var amber = side * float.Lerp(lamp.Inner, lamp.Outer, 0.2f);
            canvas.Disc(amber, (lamp.Low + lamp.High) / 2, (lamp.High - lamp.Low) * 0.35f, new SKColor(206, 128, 30), Material.Lens);
        }
    }
}
