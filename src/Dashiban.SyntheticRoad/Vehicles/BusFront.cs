using SkiaSharp;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>
/// Draws what buses show below and over the windscreen: a smooth painted or dark panel, at most a narrow opening in it, the
/// maker's sign, the company's name, and boards with the line.
/// </summary>
internal sealed class BusFront(VehicleKind kind, VehicleShape shape, VehicleFinish finish, Random chance, SKTypeface typeface)
{
    private readonly float _half = shape.Width / 2;
    private readonly float _under = shape.Windscreen.Lower.Y - 0.06f;

    public void Draw(SkinCanvas canvas)
    {
        var low = shape.Headlamp.High + 0.04f;
        DrawPanel(canvas, low);
        DrawBumper(canvas);
        if (_under > low + 0.1f)
        {
            DrawSigns(canvas, low);
        }

        DrawBoard(canvas);
    }

    /// <summary>The company's name under the glass, the maker's sign below it where there is room.</summary>
    private void DrawSigns(SkinCanvas canvas, float low)
    {
        var sign = float.Lerp(low, _under, 0.55f);
        if (finish.FrontLettering is { } name)
        {
            canvas.Text(name, 0, _under - 0.06f, MathF.Min(0.15f, _half * 1.5f / name.Length), finish.IsPale && !finish.HasDarkMask ? new SKColor(160, 20, 24) : SKColors.White, typeface);
            sign = _under - 0.22f;
            if (sign < low + 0.04f)
            {
                return;
            }
        }

        var wide = chance.Between(0.07f, 0.13f);
        canvas.Oval(-wide, sign - 0.06f, wide, sign + 0.06f, Material.Chrome, Material.Metal);
        canvas.Oval(-wide + 0.015f, sign - 0.045f, wide - 0.015f, sign + 0.045f, new SKColor(34, 38, 50), Material.Lens);
    }

    private void DrawPanel(SkinCanvas canvas, float low)
    {
        switch (chance.Next(5))
        {
            case 0 or 1:
                // Dark from lamp to lamp and up to the glass.
                var foot = MathF.Max(low - 0.1f, shape.PlateHeight.Front + 0.12f);
                var (inner, outer) = (_half * chance.Between(0.45f, 0.75f), _half * chance.Between(0.85f, 1.02f));
                canvas.Fill(new SKColor(18, 19, 21), 170, -inner, foot, inner, foot, outer, _under + 0.04f, -outer, _under + 0.04f);
                break;
            case 2:
                // A narrow opening with a few bars.
                var reach = _half * chance.Between(0.35f, 0.6f);
                var z = float.Lerp(low, _under, 0.25f);
                canvas.Box(-reach, z - 0.07f, reach, z + 0.05f, 0.02f, new SKColor(26, 27, 29), 60);
                for (var i = 0; i < 3; i++)
                {
                    canvas.Line(Material.Chrome, 130, 0.012f, -reach + 0.02f, z - 0.05f + (i * 0.04f), reach - 0.02f, z - 0.05f + (i * 0.04f));
                }

                break;
            case 3:
                // A bright strip over the lamps.
                canvas.Line(Material.Chrome, Material.Metal, 0.035f, -_half * 0.9f, low + 0.03f, 0, low - 0.03f, _half * 0.9f, low + 0.03f);
                break;
            default:
                break;
        }

        // The flap that gives way to wipers and heater.
        var joint = Material.Shade(finish.Paint, 0.45f);
        canvas.Line(joint, Material.Matt, 0.008f, -_half * 0.86f, _under, -_half * 0.86f, low, _half * 0.86f, low, _half * 0.86f, _under);
    }

    private void DrawBumper(SkinCanvas canvas)
    {
        var joint = Material.Shade(finish.Paint, 0.4f);
        var top = MathF.Max(shape.PlateHeight.Front + 0.12f, shape.Headlamp.Low - 0.03f);
        canvas.Line(joint, Material.Matt, 0.014f, -_half, top, _half, top);
        canvas.Shade(0, shape.Bottom + 0.35f, 0.4f);
        var mouth = _half * chance.Between(0.3f, 0.6f);
        canvas.Box(-mouth, shape.Bottom + 0.05f, mouth, MathF.Max(shape.Bottom + 0.1f, shape.PlateHeight.Front - 0.11f), 0.02f, new SKColor(30, 31, 33), Material.Matt);
        foreach (var side in new[] { -1f, 1f })
        {
            canvas.Disc(side * _half * 0.72f, shape.Bottom + 0.17f, 0.055f, new SKColor(150, 154, 156), Material.Lens);
            canvas.Disc(side * _half * 0.72f, shape.Bottom + 0.17f, 0.03f, new SKColor(214, 218, 220), Material.Lens);
        }
    }

    /// <summary>A lit board: over the windscreen of town buses, behind the upper edge of the glass elsewhere, or a sheet of paper low behind it.</summary>
    private void DrawBoard(SkinCanvas canvas)
    {
        if (finish.Board is not { } board)
        {
            return;
        }

        if (kind is not VehicleKind.CityBus && chance.Next(3) == 0)
        {
            var (wide, at) = (chance.Between(0.25f, 0.4f), shape.Windscreen.Lower.Y + chance.Between(0.12f, 0.25f));
            var side = -_half * chance.Between(0.1f, 0.5f);
            canvas.Box(side - wide, at - 0.1f, side + wide, at + 0.1f, 0.01f, chance.Next(2) == 0 ? new SKColor(196, 40, 36) : new SKColor(224, 222, 210), 120);
            canvas.Text(board, side, at, MathF.Min(0.14f, wide * 1.9f / board.Length), new SKColor(250, 220, 90), typeface);
            return;
        }

        var isAbove = kind is VehicleKind.CityBus;
        var (low, high) = isAbove ? (shape.Windscreen.Upper.Y + 0.05f, shape.Windscreen.Upper.Y + 0.33f) : (shape.Windscreen.Upper.Y - 0.32f, shape.Windscreen.Upper.Y - 0.09f);
        var reach = isAbove ? _half * 0.86f : MathF.Min(_half * 0.6f, 0.62f);
        canvas.Box(-reach, low, reach, high, 0.02f, new SKColor(12, 12, 14), 60);
        canvas.Text(board, 0, (low + high) / 2, MathF.Min((high - low) * 0.72f, reach * 1.9f / board.Length), new SKColor(240, 150, 30), typeface);
    }
}
