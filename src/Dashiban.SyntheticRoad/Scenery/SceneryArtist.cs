using System.Numerics;
using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Plates;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Scenery;

/// <summary>Draws what never moves, once per film: road, markings, kerbs, plants, rails, signs, and the light on them.</summary>
internal sealed class SceneryArtist : IDisposable
{
    private const float Far = 90;

    private readonly CameraScene _scene;
    private readonly RoadCamera _camera;
    private readonly SKTypeface _typeface;
    private readonly Random _chance;
    private readonly SKBitmap _picture;
    private readonly SKCanvas _canvas;
    private readonly SKMatrix _ground;

    private SceneryArtist(CameraScene scene, RoadCamera camera, SKTypeface typeface, int seed, int width, int height)
    {
        (_scene, _camera, _typeface, _chance) = (scene, camera, typeface, new Random(seed));
        _picture = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        _canvas = new SKCanvas(_picture);
        _ground = camera.PlaneToPicture(Vector3.Zero, Vector3.UnitX, Vector3.UnitY);

        // A little before the lower edge of the picture, where the ground begins to be seen.
        var lowest = (scene.PitchDegrees * MathF.PI / 180) + MathF.Atan(height / 2f / (scene.FocalLengthInPictureWidths * width));
        Near = lowest >= MathF.PI / 2.2f ? 0.5f : Math.Clamp((scene.HeightMetres / MathF.Tan(lowest)) - 0.5f, 0.5f, 9);
    }

    private float Near { get; }

    private float LeftEdge => _scene.LaneCentres[0] - (_scene.LaneWidthMetres / 2);
    private float RightEdge => _scene.LaneCentres[^1] + (_scene.LaneWidthMetres / 2);

    /// <summary>The empty road in the given light; <paramref name="beyond"/> fills what lies over the horizon. The caller disposes the picture.</summary>
    public static SKBitmap Draw(CameraScene scene, RoadCamera camera, SKTypeface typeface, int seed, bool night, int width, int height, SKColor? beyond = null)
    {
        using var artist = new SceneryArtist(scene, camera, typeface, seed, width, height);
        artist.DrawRoad(beyond ?? new SKColor(112, 116, 112));
        artist.DrawMarkings();
        switch (scene.Surroundings)
        {
            case RoadSurroundings.ServiceArea:
                artist.DrawServiceArea();
                break;
            case RoadSurroundings.TollExit:
                artist.DrawTollExit();
                break;
            case RoadSurroundings.TownStreet:
                artist.DrawTownStreet();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(scene), scene.Surroundings, null);
        }

        artist._canvas.ResetMatrix();
        artist._canvas.Flush();
        var lit = SceneLight.Apply(artist._picture, camera, night);
        return lit;
    }

    public void Dispose()
    {
        _canvas.Dispose();
        _picture.Dispose();
    }

    private void DrawRoad(SKColor beyond)
    {
        _canvas.Clear(beyond);
        using var asphalt = Surfaces.Asphalt(_chance);
        FillGround(asphalt, metresPerPixel: 0.006f, -40, Near, 40, Far);
        using var patches = Surfaces.Patches(_chance, 34);
        FillGround(patches, metresPerPixel: 0.11f, -40, Near, 40, Far);
        foreach (var lane in _scene.LaneCentres)
        {
            // Tyres polish two tracks, oil drips between them.
            foreach (var track in new[] { -0.82f, 0.82f })
            {
                Strip(lane + track, 0.62f, Near, Far, new SKColor(30, 30, 32, 44), softness: 0.16f);
            }

            Strip(lane, 0.35f, Near, Far, new SKColor(20, 20, 22, 34), softness: 0.14f);
        }

        DrawCracks();
    }

    private void DrawCracks()
    {
        _canvas.SetMatrix(_ground);
        using var tar = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 0.045f, StrokeJoin = SKStrokeJoin.Round, Color = new SKColor(34, 34, 36, 190) };
        for (var i = 0; i < 5; i++)
        {
            var y = 15 + (_chance.NextSingle() * 28);
            using var builder = new SKPathBuilder();
            builder.MoveTo(LeftEdge, y);
            for (var x = LeftEdge; x < RightEdge; x += 0.35f)
            {
                y += (_chance.NextSingle() - 0.5f) * 0.16f;
                builder.LineTo(x, y);
            }

            using var path = builder.Detach();
            _canvas.DrawPath(path, tar);
        }

        _canvas.ResetMatrix();
    }

    private void DrawMarkings()
    {
        var white = new SKColor(212, 214, 210, 215);
        Strip(LeftEdge, 0.15f, Near, Far, white, 0);
        Strip(RightEdge, 0.15f, Near, Far, white, 0);
        for (var i = 0; i + 1 < _scene.LaneCentres.Count; i++)
        {
            var middle = (_scene.LaneCentres[i] + _scene.LaneCentres[i + 1]) / 2;
            if (_scene.Surroundings is RoadSurroundings.TownStreet)
            {
                Strip(middle - 0.12f, 0.12f, Near, Far, new SKColor(206, 168, 52, 225), 0);
                Strip(middle + 0.12f, 0.12f, Near, Far, new SKColor(206, 168, 52, 225), 0);
            }
            else
            {
                Strip(middle, 0.15f, Near, Far, white, 0);
            }
        }

        // Slow-down bars across the lanes far out, worn like everything else.
        for (var y = 30f; y < 34; y += 0.75f)
        {
            GroundBox(LeftEdge + 0.25f, y, RightEdge - 0.25f, y + 0.28f, new SKColor(206, 208, 204, 150));
        }

        WearOff();
    }

    /// <summary>Lets the asphalt show through the paint in many small spots.</summary>
    private void WearOff()
    {
        _canvas.SetMatrix(_ground);
        using var spot = new SKPaint { IsAntialias = true, Color = new SKColor(92, 93, 93, 70) };
        var lines = new List<float> { LeftEdge, RightEdge };
        for (var i = 0; i < 5200; i++)
        {
            var x = lines[_chance.Next(lines.Count)] + ((_chance.NextSingle() - 0.5f) * 0.16f);
            var y = 13 + (_chance.NextSingle() * 40);
            _canvas.DrawOval(x, y, 0.003f + (_chance.NextSingle() * 0.010f), 0.006f + (_chance.NextSingle() * 0.035f), spot);
        }

        _canvas.ResetMatrix();
    }

    private void DrawServiceArea()
    {
        Verge(LeftEdge - 0.55f, isLeft: true);
        Verge(RightEdge + 0.55f, isLeft: false);
        Hedge(LeftEdge - 1.9f, 14, 60, 0.75f, 0.9f);
        GuardRail(RightEdge + 1.15f, 10, 70);
        Hedge(RightEdge + 2.6f, 14, 60, 0.6f, 1.3f);
        SignBoard(new Vector3(LeftEdge - 1.2f, 27.5f, 0), 1.35f, 0.62f, 1.0f, new SKColor(24, 92, 58), _scene.Title.Split(' ')[^1] + " 慢行");
        SpeedLimit(new Vector3(RightEdge + 0.85f, 21.5f, 0), "30");
        Cones(RightEdge + 0.35f, [17.5f, 19.6f, 21.9f]);
    }

    private void DrawTollExit()
    {
        Barrier(LeftEdge - 0.6f, 10, 70);
        Barrier(RightEdge + 0.6f, 10, 70);
        Concrete(LeftEdge - 40, LeftEdge - 0.85f);
        Concrete(RightEdge + 0.85f, RightEdge + 40);
        Hedge(LeftEdge - 2.2f, 16, 60, 0.7f, 0.8f);
        Hedge(RightEdge + 2.2f, 16, 60, 0.7f, 0.8f);
        SpeedLimit(new Vector3(RightEdge + 0.65f, 22.5f, 0), "20");
        SignBoard(new Vector3(LeftEdge - 1.0f, 28f, 0), 1.3f, 0.62f, 1.1f, new SKColor(22, 72, 150), "澄溪 出口");
    }

    private void DrawTownStreet()
    {
        Pavement(LeftEdge - 0.3f, isLeft: true);
        Pavement(RightEdge + 0.3f, isLeft: false);
        Cones(LeftEdge - 0.9f, [18, 24, 31]);
        Hedge(RightEdge + 2.4f, 14, 50, 0.55f, 0.7f);
        SignBoard(new Vector3(LeftEdge - 1.3f, 27, 0), 1.2f, 0.6f, 1.1f, new SKColor(22, 72, 150), "大石 场镇");
    }

    private void Concrete(float left, float right)
    {
        GroundBox(left, Near, right, Far, new SKColor(126, 127, 122));
        using var stains = Surfaces.Patches(_chance, 70);
        FillGround(stains, metresPerPixel: 0.05f, left, Near, right, Far);
        using var grain = Surfaces.Patches(_chance, 40);
        FillGround(grain, metresPerPixel: 0.004f, left, Near, right, Far);
    }

    private void Verge(float x, bool isLeft)
    {
        var outward = isLeft ? -1 : 1;
        var kerb = x + (0.18f * outward);
        using var grass = Surfaces.Grass(_chance);
        FillGround(grass, metresPerPixel: 0.008f, isLeft ? -40 : kerb, Near, isLeft ? kerb : 40, Far);
        using var patches = Surfaces.Patches(_chance, 60);
        FillGround(patches, metresPerPixel: 0.06f, isLeft ? -40 : kerb, Near, isLeft ? kerb : 40, Far);
        Kerb(x, kerb);
    }

    private void Pavement(float x, bool isLeft)
    {
        var outward = isLeft ? -1 : 1;
        var kerb = x + (0.18f * outward);
        using var tiles = Surfaces.Tiles(_chance);
        FillGround(tiles, metresPerPixel: 0.0125f, isLeft ? -40 : kerb, Near, isLeft ? kerb : 40, Far);
        using var patches = Surfaces.Patches(_chance, 40);
        FillGround(patches, metresPerPixel: 0.09f, isLeft ? -40 : kerb, Near, isLeft ? kerb : 40, Far);
        Kerb(x, kerb);
    }

    /// <summary>Kerb stones of one metre: a face towards the road and a top.</summary>
    private void Kerb(float face, float back)
    {
        for (var y = Far; y > Near; y -= 1)
        {
            var tone = 148 + _chance.Next(-12, 12);
            Quad(new(face, y, 0.14f), new(back, y, 0.14f), new(back, y - 0.985f, 0.14f), new(face, y - 0.985f, 0.14f), Tone(tone + 22));
            Quad(new(face, y, 0.14f), new(face, y - 0.985f, 0.14f), new(face, y - 0.985f, 0), new(face, y, 0), Tone(tone - 38));
        }

        Strip(face, 0.22f, Near, Far, new SKColor(24, 24, 24, 60), 0.05f);
    }

    private void GuardRail(float x, float from, float to)
    {
        for (var y = to; y > from; y -= 2)
        {
            Quad(new(x + 0.10f, y, 0.78f), new(x + 0.22f, y, 0.78f), new(x + 0.22f, y, 0), new(x + 0.10f, y, 0), Tone(116));
            for (var piece = 0; piece < 2; piece++)
            {
                var (far, near) = (y - piece, y - piece - 1);
                Quad(new(x, far, 0.76f), new(x, near, 0.76f), new(x - 0.04f, near, 0.68f), new(x - 0.04f, far, 0.68f), Tone(206));
                Quad(new(x - 0.04f, far, 0.68f), new(x - 0.04f, near, 0.68f), new(x + 0.03f, near, 0.61f), new(x + 0.03f, far, 0.61f), Tone(138));
                Quad(new(x + 0.03f, far, 0.61f), new(x + 0.03f, near, 0.61f), new(x - 0.04f, near, 0.54f), new(x - 0.04f, far, 0.54f), Tone(196));
                Quad(new(x - 0.04f, far, 0.54f), new(x - 0.04f, near, 0.54f), new(x, near, 0.46f), new(x, far, 0.46f), Tone(126));
            }
        }
    }

    /// <summary>Concrete barrier with yellow and black reflective bands.</summary>
    private void Barrier(float x, float from, float to)
    {
        var inner = x < 0 ? 1 : -1;
        for (var y = to; y > from; y -= 1)
        {
            var tone = 150 + _chance.Next(-8, 8);
            Quad(new(x - 0.16f, y, 0.85f), new(x + 0.16f, y, 0.85f), new(x + 0.16f, y - 0.99f, 0.85f), new(x - 0.16f, y - 0.99f, 0.85f), Tone(tone + 25));
            Quad(new(x + (0.16f * inner), y, 0.85f), new(x + (0.16f * inner), y - 0.99f, 0.85f), new(x + (0.30f * inner), y - 0.99f, 0), new(x + (0.30f * inner), y, 0), Tone(tone - 25));
            var band = (int)y % 2 == 0 ? new SKColor(206, 166, 30) : new SKColor(34, 34, 34);
            Quad(new(x + (0.175f * inner), y, 0.74f), new(x + (0.175f * inner), y - 0.99f, 0.74f), new(x + (0.21f * inner), y - 0.99f, 0.50f), new(x + (0.21f * inner), y, 0.50f), band);
        }

        Strip(x + (0.42f * inner), 0.3f, Near, Far, new SKColor(20, 20, 20, 70), 0.1f);
    }

    /// <summary>Clipped shrubs: thousands of leaf-coloured dabs in a long box, dark below, light on top.</summary>
    private void Hedge(float x, float from, float to, float height, float width)
    {
        using var dab = new SKPaint { IsAntialias = true };
        GroundBox(x - (width * 0.45f), from, x + (width * 0.45f), to, new SKColor(28, 38, 24));
        for (var y = to; y > from; y -= 0.12f)
        {
            for (var i = 0; i < 80; i++)
            {
                var up = MathF.Sqrt(_chance.NextSingle());
                var bulge = 1 + (0.18f * MathF.Sin(y * 1.7f) * MathF.Sin(y * 0.45f));
                var point = new Vector3(x + ((_chance.NextSingle() - 0.5f) * width * bulge * (1.1f - (0.25f * up))), y + (_chance.NextSingle() * 0.14f), up * height * bulge);
                var tone = 0.35f + (0.65f * up) + ((_chance.NextSingle() - 0.5f) * 0.3f);
                dab.Color = new SKColor((byte)Math.Clamp(74 * tone, 0, 255), (byte)Math.Clamp(104 * tone, 0, 255), (byte)Math.Clamp(52 * tone, 0, 255));
                var screen = _camera.Project(point);
                var size = _camera.PixelsPerMetre(point) * (0.018f + (_chance.NextSingle() * 0.03f));
                _canvas.DrawOval(screen.X, screen.Y, size, size * 0.7f, dab);
            }
        }
    }

    private void Cones(float x, float[] at)
    {
        foreach (var y in at.OrderDescending())
        {
            Disc(new Vector3(x, y, 0), 0.20f, new SKColor(30, 30, 30));
            for (var z = 0f; z < 0.66f; z += 0.012f)
            {
                var isBand = z is > 0.24f and < 0.36f or > 0.46f and < 0.54f;
                Disc(new Vector3(x, y, z), 0.15f * (1 - (z / 0.78f)), isBand ? new SKColor(226, 226, 222) : new SKColor(206, 74, 26));
            }
        }
    }

    private void SignBoard(Vector3 foot, float width, float height, float above, SKColor colour, string text)
    {
        foreach (var side in new[] { -0.35f, 0.35f })
        {
            Quad(foot + new Vector3((side * width) - 0.03f, 0, above + height), foot + new Vector3((side * width) + 0.03f, 0, above + height), foot + new Vector3((side * width) + 0.03f, 0, 0), foot + new Vector3((side * width) - 0.03f, 0, 0), Tone(128));
        }

        _canvas.SetMatrix(_camera.PlaneToPicture(foot + new Vector3(-width / 2, -0.03f, above + height), Vector3.UnitX, -Vector3.UnitZ));
        using var paint = new SKPaint { IsAntialias = true, Color = colour };
        _canvas.DrawRoundRect(new SKRect(0, 0, width, height), 0.05f, 0.05f, paint);
        using var border = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 0.018f, Color = new SKColor(226, 228, 226) };
        _canvas.DrawRoundRect(new SKRect(0.03f, 0.03f, width - 0.03f, height - 0.03f), 0.04f, 0.04f, border);
        using var font = ChineseGlyphs.Lettering(_typeface, MathF.Min(height * 0.45f, width / (text.Length * 1.1f)));
        using var ink = new SKPaint { IsAntialias = true, Color = new SKColor(232, 234, 232) };
        _canvas.DrawText(text, width / 2, (height / 2) + (font.Size * 0.36f), SKTextAlign.Center, font, ink);
        _canvas.ResetMatrix();
    }

    private void SpeedLimit(Vector3 foot, string number)
    {
        Quad(foot + new Vector3(-0.03f, 0, 2.1f), foot + new Vector3(0.03f, 0, 2.1f), foot + new Vector3(0.03f, 0, 0), foot + new Vector3(-0.03f, 0, 0), Tone(136));
        _canvas.SetMatrix(_camera.PlaneToPicture(foot + new Vector3(0, -0.05f, 1.85f), Vector3.UnitX, -Vector3.UnitZ));
        using var red = new SKPaint { IsAntialias = true, Color = new SKColor(190, 28, 30) };
        using var white = new SKPaint { IsAntialias = true, Color = new SKColor(228, 229, 226) };
        using var black = new SKPaint { IsAntialias = true, Color = new SKColor(26, 26, 26) };
        using var font = ChineseGlyphs.Lettering(_typeface, 0.34f);
        _canvas.DrawCircle(0, 0, 0.32f, red);
        _canvas.DrawCircle(0, 0, 0.255f, white);
        _canvas.DrawText(number, 0, 0.12f, SKTextAlign.Center, font, black);
        _canvas.ResetMatrix();
    }

    private void Disc(Vector3 centre, float radius, SKColor colour)
    {
        _canvas.SetMatrix(_camera.PlaneToPicture(centre, Vector3.UnitX, Vector3.UnitY));
        using var paint = new SKPaint { IsAntialias = true, Color = colour };
        _canvas.DrawCircle(0, 0, radius, paint);
        _canvas.ResetMatrix();
    }

    private void Quad(Vector3 a, Vector3 b, Vector3 c, Vector3 d, SKColor colour)
    {
        using var builder = new SKPathBuilder();
        builder.AddPoly([Screen(a), Screen(b), Screen(c), Screen(d)], close: true);
        using var path = builder.Detach();
        using var paint = new SKPaint { IsAntialias = true, Color = colour };
        _canvas.DrawPath(path, paint);
    }

    private SKPoint Screen(Vector3 point)
    {
        var screen = _camera.Project(point);
        return new SKPoint(screen.X, screen.Y);
    }

    private void GroundBox(float left, float near, float right, float far, SKColor colour)
    {
        _canvas.SetMatrix(_ground);
        using var paint = new SKPaint { IsAntialias = true, Color = colour };
        _canvas.DrawRect(new SKRect(left, near, right, far), paint);
        _canvas.ResetMatrix();
    }

    /// <summary>A band along the road; softness in metres is drawn as nested bands, since blurs do not follow perspective.</summary>
    private void Strip(float x, float width, float near, float far, SKColor colour, float softness)
    {
        if (softness <= 0)
        {
            GroundBox(x - (width / 2), near, x + (width / 2), far, colour);
            return;
        }

        const int Bands = 6;
        for (var band = 0; band < Bands; band++)
        {
            var half = (width / 2) + (softness * ((band / (Bands - 1f) * 2) - 1));
            GroundBox(x - half, near, x + half, far, colour.WithAlpha((byte)(colour.Alpha / Bands)));
        }
    }

    private void FillGround(SKBitmap texture, float metresPerPixel, float left, float near, float right, float far)
    {
        _canvas.SetMatrix(_ground);
        using var image = SKImage.FromBitmap(texture);
        using var shader = image.ToShader(SKShaderTileMode.Repeat, SKShaderTileMode.Repeat, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), SKMatrix.CreateScale(metresPerPixel, metresPerPixel));
        using var paint = new SKPaint { Shader = shader };
        _canvas.DrawRect(new SKRect(left, near, right, far), paint);
        _canvas.ResetMatrix();
    }

    private static SKColor Tone(int tone) => new((byte)tone, (byte)tone, (byte)Math.Min(255, tone + 2));
}
