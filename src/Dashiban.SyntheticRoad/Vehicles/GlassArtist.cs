using System.Numerics;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>Draws panes and what shows through and on them: dashboard, seats, people, stickers, wipers, curtains.</summary>
internal sealed class GlassArtist(VehicleShape shape, VehicleFinish finish, Random chance)
{
    /// <summary>Metres between the body's edge and the rubber of a pane.</summary>
    private const float Frame = 0.045f;

    private readonly float _pillar = chance.NextSingle() * 0.04f;

    private bool IsBusLike => shape.HasFlatFront && shape.Cargo is null;

    /// <summary>The windscreen in the view from the front (a = y, b = z) or from above (a = y, b = x).</summary>
    public void DrawWindscreen(SkinCanvas canvas, bool isFrontView)
    {
        DrawPane(canvas, shape.Windscreen, isFrontView, isRear: false);
        float B(float share) => At(shape.Windscreen, share, isFrontView);
        var half = BodyBuilder.HalfWidth(shape, shape.Windscreen.Lower.X, shape.Windscreen.Lower.Y) - 0.16f;
        if (finish.ShowsInside)
        {
            DrawInside(canvas, half, B);
        }

        if (finish.Glare > 0)
        {
            DrawGlare(canvas, half, B);
        }

        if (finish.SunStrip is { } strip)
        {
            canvas.Box(-half, MathF.Min(B(0.86f), B(0.98f)), half, MathF.Max(B(0.86f), B(0.98f)), 0.01f, strip, 120);
        }

        // Inspection stickers in the upper corner on the passenger's side (the vehicle's right), a mirror in the middle.
        var corner = -half * 0.80f;
        for (var i = 0; i < 1 + chance.Next(3); i++)
        {
            var a = corner + (i * 0.10f);
            canvas.Box(a, MathF.Min(B(0.78f), B(0.88f)), a + 0.08f, MathF.Max(B(0.78f), B(0.88f)), 0.005f, i == 1 ? new SKColor(190, 214, 196) : new SKColor(206, 210, 212), 120);
        }

        if (!IsBusLike)
        {
            canvas.Box(-0.12f, MathF.Min(B(0.84f), B(0.93f)), 0.12f, MathF.Max(B(0.84f), B(0.93f)), 0.02f, new SKColor(10, 11, 12), Material.Glass);
        }

        if (finish.HasSplitScreen)
        {
            canvas.Line(Material.Rubber, Material.Matt, 0.045f, 0, B(0), 0, B(1));
        }

        if (shape.Cargo is not null)
        {
            canvas.Line(Material.Rubber, Material.Matt, 0.016f, half * 0.30f, B(-0.01f), -half * 0.30f, B(0.07f));
        }

        var reach = IsBusLike ? 0.38f : 0.07f;
        canvas.Line(Material.Rubber, Material.Matt, 0.016f, half * 0.75f, B(-0.01f), IsBusLike ? half * 0.45f : 0.06f, B(reach));
        canvas.Line(Material.Rubber, Material.Matt, 0.016f, -0.04f, B(-0.01f), IsBusLike ? -half * 0.30f : -half * 0.72f, B(reach));
    }

    /// <summary>Sky mirrored in the upper part of the pane; its lower edge is the outline of trees and houses.</summary>
    private void DrawGlare(SkinCanvas canvas, float half, Func<float, float> along)
    {
        const int Steps = 24;
        var (from, to) = (chance.NextSingle() * 0.9f, chance.NextSingle() * 0.9f);
        var rough = chance.NextSingle() * 0.1f;
        var pale = (byte)chance.Next(90, 225);
        var points = new List<float> { half, along(0.97f), -half, along(0.97f) };
        for (var step = 0; step <= Steps; step++)
        {
            var share = step / (float)Steps;
            points.Add(float.Lerp(-half, half, share));
            points.Add(along(Math.Clamp(float.Lerp(from, to, share) + (((chance.NextSingle() * 2) - 1) * rough), 0.02f, 0.96f)));
        }

        canvas.Fill(new SKColor(pale, (byte)Math.Min(255, pale + 6), (byte)Math.Min(255, pale + 12), (byte)(200 * finish.Glare)), Material.Glass, [.. points]);
    }

    public void DrawPane(SkinCanvas canvas, (Vector2 Lower, Vector2 Upper) pane, bool isEndView, bool isRear)
    {
        // Painted pillars on both sides of a car's glass; buses and trucks have hardly any.
        var margin = Frame + (shape.HasFlatFront ? 0 : _pillar);
        using var frame = PanePath(pane, isEndView, margin, isRear);
        canvas.Fill(frame, new SKColor(12, 13, 14), 190);
        using var glass = PanePath(pane, isEndView, margin + 0.028f, isRear);

        // In the view from above, up in the picture is forward: the lower edge of a windscreen, the upper edge of a rear window.
        var isFlipped = !isEndView && !isRear;
        canvas.FillShaded(glass, isFlipped ? finish.UpperGlass : finish.LowerGlass, isFlipped ? finish.LowerGlass : finish.UpperGlass, Material.Glass);
    }

    private void DrawInside(SkinCanvas canvas, float half, Func<float, float> along)
    {
        // Faint shapes behind the glass, their heights in metres along the pane.
        var length = (shape.Windscreen.Upper - shape.Windscreen.Lower).Length();
        float Up(float metres) => along(metres / length);
        using var dash = SkinCanvas.Polygon([-half, along(0.02f), half, along(0.02f), half * 0.95f, Up(0.12f), -half * 0.95f, Up(0.12f)]);
        canvas.Fill(dash, Seen(34, 38, 40), Material.Glass);
        var people = 1 + chance.Next(2);
        for (var seat = 0; seat < 2; seat++)
        {
            var a = (seat == 0 ? 1 : -1) * MathF.Min(half * 0.5f, 0.62f);
            Block(canvas, a, 0.20f, Up(0.10f), Up(0.58f), 0.06f, Seen(34, 38, 41));
            if (seat < people)
            {
                DrawPerson(canvas, a, Up);
            }

            if (seat == 0)
            {
                var (rim, hub) = (Up(0.17f), Up(0.05f));
                canvas.Line(Seen(20, 21, 22), Material.Glass, 0.025f, a - 0.17f, hub, a - 0.12f, rim, a + 0.12f, rim, a + 0.17f, hub);
            }
        }

        if (IsBusLike)
        {
            // Further back: rows of head rests, and curtains that hang at both sides.
            for (var row = 0; row < 3; row++)
            {
                for (var a = -half * 0.75f; a < half * 0.8f; a += 0.42f)
                {
                    Block(canvas, a + (row * 0.05f), 0.10f, Up(0.55f + (row * 0.16f)), Up(0.68f + (row * 0.14f)), 0.04f, Seen(44 + (row * 8), 44 + (row * 7), 50 + (row * 8)));
                }
            }

            if (chance.Next(3) == 0)
            {
                var cloth = new SKColor((byte)chance.Next(60, 150), (byte)chance.Next(50, 90), (byte)chance.Next(50, 120));
                canvas.Box(-half, MathF.Min(along(0.90f), along(0.99f)), half, MathF.Max(along(0.90f), along(0.99f)), 0.01f, cloth, Material.Glass);
            }
        }
    }

    private void DrawPerson(SkinCanvas canvas, float a, Func<float, float> up)
    {
        var tone = chance.Next(34, 84);
        var shirt = Seen(tone + chance.Next(-8, 9), tone, tone + chance.Next(-8, 13));
        Block(canvas, a, 0.18f, up(0.09f), up(0.34f), 0.08f, shirt);
        var (chin, crown) = (up(0.33f), up(0.56f));
        canvas.Oval(a - 0.075f, MathF.Min(chin, crown), a + 0.075f, MathF.Max(chin, crown), Seen(76, 62, 54), Material.Glass);
        var hair = up(0.49f);
        canvas.Oval(a - 0.078f, MathF.Min(hair, crown), a + 0.078f, MathF.Max(hair, crown), Seen(28, 27, 27), Material.Glass);
    }

    /// <summary>A colour seen through this vehicle's glass: pale glass shows everything paler.</summary>
    private SKColor Seen(int red, int green, int blue)
    {
        var haze = Math.Max(0, finish.UpperGlass.Green - 25);
        return new SKColor((byte)Math.Clamp(red + haze, 0, 255), (byte)Math.Clamp(green + haze, 0, 255), (byte)Math.Clamp(blue + haze, 0, 255));
    }

    private static void Block(SkinCanvas canvas, float a, float half, float from, float to, float radius, SKColor colour) =>
        canvas.Box(a - half, MathF.Min(from, to), a + half, MathF.Max(from, to), radius, colour, Material.Glass);

    /// <summary>The pane's outline with rounded corners, drawn in from the body's edge by a margin.</summary>
    private SKPath PanePath((Vector2 Lower, Vector2 Upper) pane, bool isEndView, float margin, bool isRear)
    {
        const int Steps = 16;
        const float CornerFrom = 0.86f;
        var length = MathF.Max(0.2f, (pane.Upper - pane.Lower).Length());
        var round = MathF.Min(0.3f, (0.02f + (margin * 0.4f)) / length);
        var points = new List<float>();
        foreach (var isLower in new[] { true, false })
        {
            for (var step = 0; step <= Steps; step++)
            {
                var share = ((step * 2f / Steps) - 1) * (isLower ? 1 : -1);
                var beyond = MathF.Max(0, (MathF.Abs(share) - CornerFrom) / (1 - CornerFrom));
                var inset = ((margin - Frame) / length) + (round * (1 - MathF.Sqrt(1 - (beyond * beyond))));
                var at = Vector2.Lerp(pane.Lower, pane.Upper, isLower ? inset : 1 - inset);
                var y = share * (BodyBuilder.HalfWidth(shape, at.X, at.Y) - margin) * (isRear ? 0.97f : 1);
                var bent = BodyBuilder.Bend(shape, new Vector3(at.X, y, at.Y));
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
}
