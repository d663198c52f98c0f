using SkiaSharp;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>Draws what a lorry carries: closed boxes, steel troughs, stakes with gaps between their boards, tarpaulins under ropes, tanks.</summary>
internal sealed class LoadArtist(VehicleShape shape, VehicleFinish finish, SKColor cargo, Random chance, SKTypeface typeface)
{
    /// <summary>The view along the vehicle that front, sides and roof of the load share.</summary>
    public void DrawSide(SkinCanvas canvas, float rear, float front, float low, float high)
    {
        switch (shape.CargoForm)
        {
            case CargoForm.Stakes:
                DrawBoards(canvas, rear, front, low, high);
                break;
            case CargoForm.Tarpaulin:
                DrawCloth(canvas, rear, front, low, high);
                break;
            default:
                for (var x = rear; x < front; x += 0.18f)
                {
                    canvas.Line(Material.Shade(cargo, 0.86f), 40, 0.03f, x, low, x, high);
                }

                break;
        }

        canvas.Line(Material.Shade(cargo, 0.6f), 40, 0.08f, rear, low, front, low);
        DrawTape(canvas, rear, front, low + 0.05f, 0.9f);
    }

    /// <summary>Doors or tailboard over a dark bar with the lamps; the plate hangs on the bar.</summary>
    public void DrawRear(SkinCanvas canvas, float half, float low, float high)
    {
        canvas.Box(-half - 0.1f, low, half + 0.1f, high, 0, cargo, 45);
        DrawRearForm(canvas, half, low, high);
        DrawTape(canvas, -half, half, low + 0.02f, 0);
        if (finish.SideLettering is { } lettering && shape.CargoForm is CargoForm.Box or CargoForm.Trough)
        {
            canvas.Text(lettering, 0, float.Lerp(low, high, chance.Between(0.35f, 0.65f)), MathF.Min(0.34f, half * 1.7f / lettering.Length), cargo.Green > 130 ? new SKColor(40, 44, 60) : new SKColor(226, 226, 220), typeface);
        }

        DrawFrameEnd(canvas, half, low);
    }

    private void DrawRearForm(SkinCanvas canvas, float half, float low, float high)
    {
        var joint = Material.Shade(cargo, 0.5f);
        switch (shape.CargoForm)
        {
            case CargoForm.Box:
                canvas.Line(joint, 40, 0.03f, 0, low, 0, high);
                foreach (var a in new[] { -half * 0.66f, -half * 0.3f, half * 0.3f, half * 0.66f })
                {
                    canvas.Line(new SKColor(170, 172, 172), 90, 0.03f, a, low + 0.05f, a, high - 0.05f);
                }

                foreach (var a in new[] { -half * 0.98f, half * 0.98f })
                {
                    canvas.Line(joint, 40, 0.05f, a, low, a, high);
                }

                break;
            case CargoForm.Trough or CargoForm.Bed:
                for (var a = -half; a <= half; a += half / 3)
                {
                    canvas.Line(joint, 40, 0.06f, a, low, a, high);
                    canvas.Line(Material.Shade(cargo, 1.2f), 40, 0.02f, a - 0.03f, low, a - 0.03f, high);
                }

                canvas.Line(joint, 40, 0.08f, -half, high - 0.04f, half, high - 0.04f);
                break;
            case CargoForm.Stakes:
                DrawBoards(canvas, -half, half, low, high);
                break;
            case CargoForm.Tarpaulin:
                DrawCloth(canvas, -half, half, low, high);
                canvas.Box(-half, low, half, low + 0.45f, 0, Material.Shade(cargo, 0.8f), 40);
                break;
            default:
                break;
        }
    }

    /// <summary>Boards on posts; between them one looks into the dark or at the goods.</summary>
    private void DrawBoards(SkinCanvas canvas, float left, float right, float low, float high)
    {
        var wall = low + chance.Between(0.4f, 0.65f);
        canvas.Box(left, wall, right, high, 0, Material.Shade(cargo, chance.Between(0.15f, 0.45f)), Material.Matt);
        var step = chance.Between(0.16f, 0.28f);
        for (var z = wall + step; z < high; z += step)
        {
            canvas.Line(cargo, 45, step * 0.45f, left, z, right, z);
        }

        for (var a = left; a <= right + 0.01f; a += 0.6f)
        {
            canvas.Line(Material.Shade(cargo, 0.7f), 45, 0.06f, a, low, a, high);
        }
    }

    private void DrawCloth(SkinCanvas canvas, float left, float right, float low, float high)
    {
        for (var a = left; a < right; a += chance.Between(0.08f, 0.3f))
        {
            var drift = chance.Between(-0.12f, 0.12f);
            canvas.Line(Material.Shade(cargo, chance.Between(0.7f, 1.25f)), Material.Matt, chance.Between(0.02f, 0.08f), a, low, a + drift, high);
        }

        for (var a = left; a < right; a += chance.Between(0.5f, 0.9f))
        {
            canvas.Line(new SKColor(188, 184, 170), Material.Matt, 0.015f, a, low, a + 0.3f, float.Lerp(low, high, 0.5f), a, high);
        }
    }

    /// <summary>Reflective tape, red and white.</summary>
    private static void DrawTape(SkinCanvas canvas, float left, float right, float z, float gap)
    {
        for (var a = left; a < right - 0.1f; a += 0.3f + gap)
        {
            canvas.Box(a, z, a + 0.15f, z + 0.05f, 0, new SKColor(176, 24, 28), 90);
            canvas.Box(a + 0.15f, z, a + 0.3f, z + 0.05f, 0, new SKColor(220, 220, 216), 90);
        }
    }

    /// <summary>Frame and lamps under the load, with a guard that keeps cars from driving under it.</summary>
    private void DrawFrameEnd(SkinCanvas canvas, float half, float low)
    {
        canvas.Box(-half - 0.1f, 0, half + 0.1f, low, 0, new SKColor(30, 30, 31), Material.Matt);
        if (chance.Next(2) == 0)
        {
            var z = shape.PlateHeight.Rear - chance.Between(0.22f, 0.34f);
            canvas.Box(-half * 0.95f, z - 0.06f, half * 0.95f, z + 0.06f, 0, new SKColor(70, 70, 70), 40);
            for (var a = -half * 0.95f; a < half * 0.9f; a += 0.3f)
            {
                canvas.Fill(new SKColor(180, 36, 32), 40, a, z - 0.06f, a + 0.1f, z - 0.06f, a + 0.22f, z + 0.06f, a + 0.12f, z + 0.06f);
            }
        }

        var lamp = shape.TailLamp;
        foreach (var side in new[] { -1f, 1f })
        {
            canvas.Box(MathF.Min(side * lamp.Inner, side * lamp.Outer), lamp.Low, MathF.Max(side * lamp.Inner, side * lamp.Outer), lamp.High, 0.02f, new SKColor(150, 14, 18), Material.Lens);
            var amber = side * float.Lerp(lamp.Inner, lamp.Outer, 0.2f);
            canvas.Disc(amber, (lamp.Low + lamp.High) / 2, (lamp.High - lamp.Low) * 0.35f, new SKColor(206, 128, 30), Material.Lens);
        }
    }
}
