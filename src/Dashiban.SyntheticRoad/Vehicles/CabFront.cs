using SkiaSharp;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>
/// Draws what a lorry's cab shows below the windscreen: a deep bumper with lamps and steps in it, over it a flap with grille
/// bars and the maker's word, dark vanes and indicators at the corners.
/// </summary>
internal sealed class CabFront(VehicleShape shape, VehicleFinish finish, Random chance, SKTypeface typeface)
{
    private readonly float _half = shape.Width / 2;
    private readonly float _under = shape.Windscreen.Lower.Y - 0.05f;

    public void Draw(SkinCanvas canvas)
    {
        var bumperTop = MathF.Min(MathF.Max(shape.Headlamp.High + chance.Between(0.03f, 0.09f), shape.PlateHeight.Front + 0.12f), _under - 0.15f);
        DrawBumper(canvas, bumperTop);
        DrawFlap(canvas, bumperTop);
        DrawCorners(canvas, bumperTop);
    }

    private void DrawBumper(SkinCanvas canvas, float top)
    {
        var colour = finish.Bumper ?? Material.Shade(finish.Paint, chance.Between(0.85f, 1.1f));
        canvas.Box(-_half - 0.1f, 0, _half + 0.1f, top, 0, colour, 70);
        canvas.Shade(0, shape.Bottom + 0.3f, 0.5f);

        // The dark mouth behind the plate and the recesses the feet step into.
        var mouth = _half * chance.Between(0.42f, 0.60f);
        canvas.Box(-mouth, shape.Bottom + 0.04f, mouth, MathF.Max(shape.Bottom + 0.1f, shape.PlateHeight.Front - chance.Between(0.09f, 0.14f)), 0.02f, Material.Rubber, Material.Matt);
        if (chance.Next(2) == 0)
        {
            canvas.Box(-mouth, shape.PlateHeight.Front + 0.09f, mouth, MathF.Max(shape.PlateHeight.Front + 0.12f, top - 0.03f), 0.015f, Material.Rubber, Material.Matt);
        }

        foreach (var side in new[] { -1f, 1f })
        {
            Across(canvas, side, 0.62f, 0.90f, shape.Bottom + 0.06f, shape.Bottom + 0.14f, Material.Rubber, Material.Matt);
            if (chance.Next(3) > 0)
            {
                canvas.Disc(side * _half * chance.Between(0.6f, 0.8f), shape.Bottom + 0.16f, 0.05f, new SKColor(176, 178, 172), Material.Lens);
            }
        }

        canvas.Box(-_half - 0.1f, 0, _half + 0.1f, shape.Bottom + 0.05f, 0, Material.Plastic, Material.Matt);
        canvas.Line(Material.Rubber, Material.Matt, 0.025f, -_half, top, _half, top);
    }

    /// <summary>The flap between bumper and windscreen, opened to fill up water: grille bars, trim, and a word or badge over them.</summary>
    private void DrawFlap(SkinCanvas canvas, float low)
    {
        var joint = Material.Shade(finish.Paint, 0.4f);
        var edge = _half * chance.Between(0.80f, 0.92f);
        canvas.Line(joint, Material.Matt, 0.012f, -edge, low, -edge, _under - 0.02f, edge, _under - 0.02f, edge, low);
        var reach = _half * chance.Between(0.55f, 0.86f);
        var word = chance.Between(0.09f, 0.15f);
        switch (chance.Next(4))
        {
            case 0:
                // All dark up to the windscreen, with bars in the colour of the cab or of metal.
                canvas.Fill(new SKColor(24, 25, 27), 80, -reach * 0.92f, low + 0.03f, reach * 0.92f, low + 0.03f, reach, _under, -reach, _under);
                DrawBars(canvas, reach * 0.88f, low + 0.06f, float.Lerp(low, _under, 0.62f), chance.Next(2) == 0 ? finish.Paint : Material.Chrome, 0.030f);
                DrawWord(canvas, float.Lerp(low, _under, 0.81f), word, Material.Chrome);
                break;
            case 1:
                // A few slots pressed into the painted sheet: older and cheaper cabs.
                DrawBars(canvas, reach, low + 0.06f, float.Lerp(low, _under, 0.6f), Material.Rubber, 0.035f);
                DrawWord(canvas, float.Lerp(low, _under, 0.82f), word, finish.IsPale ? new SKColor(150, 24, 28) : new SKColor(232, 232, 230));
                break;
            case 2:
                DrawFramedGrille(canvas, reach * 0.8f, low + 0.04f, float.Lerp(low, _under, 0.7f));
                DrawWord(canvas, float.Lerp(low, _under, 0.86f), word * 0.8f, finish.IsPale ? new SKColor(40, 42, 46) : Material.Chrome);
                break;
            default:
                // A dark band under the windscreen with the word in it, and the grille below.
                var band = float.Lerp(low, _under, 0.66f);
                canvas.Fill(new SKColor(28, 29, 31), 90, -reach, band, reach, band, reach * 1.05f, _under + 0.02f, -reach * 1.05f, _under + 0.02f);
                DrawWord(canvas, (band + _under) / 2, MathF.Min(word, (_under - band) * 0.8f), Material.Chrome);
                DrawFramedGrille(canvas, reach * 0.9f, low + 0.03f, band - 0.03f);
                break;
        }
    }

    private void DrawFramedGrille(SkinCanvas canvas, float reach, float low, float high)
    {
        if (high < low + 0.06f)
        {
            return;
        }

        var taper = chance.Between(-0.05f, 0.12f);
        canvas.Fill(new SKColor(20, 20, 22), 40, -reach + taper, low, reach - taper, low, reach, high, -reach, high);
        DrawBars(canvas, reach - MathF.Max(0, taper) - 0.02f, low + 0.03f, high - 0.02f, chance.Next(3) == 0 ? Material.Chrome : chance.Next(2) == 0 ? finish.Paint : new SKColor(74, 76, 79), chance.Between(0.015f, 0.03f));
        canvas.Line(chance.Next(2) == 0 ? Material.Chrome : Material.Plastic, 130, 0.02f, -reach, high, reach, high, reach - taper, low, -reach + taper, low, -reach, high);
    }

    private void DrawBars(SkinCanvas canvas, float reach, float low, float high, SKColor colour, float thick)
    {
        var step = thick + chance.Between(0.03f, 0.07f);
        for (var z = low + (thick / 2); z < high; z += step)
        {
            canvas.Line(Material.Shade(colour, 0.45f), Material.Matt, thick, -reach, z - (thick * 0.3f), reach, z - (thick * 0.3f));
            canvas.Line(colour, 120, thick * 0.7f, -reach, z, reach, z);
        }
    }

    private void DrawWord(SkinCanvas canvas, float z, float height, SKColor colour)
    {
        if (finish.FrontLettering is { } word)
        {
            canvas.Text(word, 0, z, MathF.Min(height * 1.2f, _half * 1.5f / word.Length), colour, typeface);
            return;
        }

        canvas.Oval(-height * 0.8f, z - (height * 0.45f), height * 0.8f, z + (height * 0.45f), Material.Chrome, Material.Metal);
        canvas.Oval(-height * 0.65f, z - (height * 0.32f), height * 0.65f, z + (height * 0.32f), Material.Shade(finish.Paint, 0.6f), Material.Lacquer);
    }

    private void DrawCorners(SkinCanvas canvas, float low)
    {
        var vane = chance.Next(2) == 0 ? Material.Plastic : Material.Shade(finish.Paint, 0.8f);
        var lamp = chance.Between(0.2f, 0.8f);
        var hasLamp = chance.Next(3) > 0;
        foreach (var side in new[] { -1f, 1f })
        {
            canvas.Fill(vane, 50, side * _half * 0.92f, low + 0.02f, side * (_half + 0.05f), low + 0.02f, side * (_half + 0.03f), _under + 0.25f, side * _half * 0.90f, _under + 0.1f);
            if (hasLamp)
            {
                var z = float.Lerp(low, _under, lamp);
                Across(canvas, side, 0.86f, 0.99f, z - 0.04f, z + 0.04f, new SKColor(206, 120, 24), Material.Lens);
            }

            // A grab handle under the windscreen.
            canvas.Line(Material.Plastic, Material.Matt, 0.025f, side * _half * 0.35f, _under - 0.02f, side * _half * 0.62f, _under - 0.02f);
        }
    }

    private void Across(SkinCanvas canvas, float side, float inner, float outer, float low, float high, SKColor colour, byte gloss) =>
        canvas.Box(MathF.Min(side * _half * inner, side * _half * outer), low, MathF.Max(side * _half * inner, side * _half * outer), high, 0.015f, colour, gloss);
}
