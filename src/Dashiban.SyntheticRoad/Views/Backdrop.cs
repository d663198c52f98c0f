using System.Numerics;
using System.Runtime.InteropServices;
using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Plates;
using Dashiban.SyntheticRoad.Scenery;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Views;

/// <summary>
/// Draws empty roads that differ wildly: surface, markings, verges, buildings, trees, booths, signs, or no road at all. What
/// stands around a vehicle must tell nothing about it; variety matters more than realism.
/// </summary>
internal sealed class Backdrop : IDisposable
{
    private static readonly string[] Texts = ["限速 40", "收费站", "ETC", "服务区", "忠县 12km", "加油站", "超市", "13908261234", "2026-11-20 08:30:12", "停车检查", "大石场镇", "农家乐", "修车 补胎"];

    private readonly ViewPoint _view;
    private readonly RoadCamera _camera;
    private readonly GroundStock _stock;
    private readonly Random _chance;
    private readonly SKTypeface _typeface;
    private readonly SKBitmap _picture;
    private readonly SKCanvas _canvas;

    private Backdrop(ViewPoint view, RoadCamera camera, GroundStock stock, SKTypeface typeface, Random chance, int width, int height)
    {
        (_view, _camera, _stock, _typeface, _chance) = (view, camera, stock, typeface, chance);
        _picture = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        _canvas = new SKCanvas(_picture);
    }

    private float LeftEdge => _view.Scene.LaneCentres[0] - (_view.Scene.LaneWidthMetres / 2);
    private float RightEdge => _view.Scene.LaneCentres[^1] + (_view.Scene.LaneWidthMetres / 2);
    private float Horizon => _camera.Project(_camera.Position + new Vector3(MathF.Tan(_view.Scene.YawDegrees * MathF.PI / 180) * 1000, 1000, 0)).Y;

    /// <summary>An empty place in its light. The caller disposes the picture.</summary>
    public static SKBitmap Draw(ViewPoint view, RoadCamera camera, GroundStock stock, SKTypeface typeface, Random chance, int width, int height)
    {
        var ticket = chance.Next(100);
        if (ticket < 22 && view.Kind is not ViewKind.Hand)
        {
            var scenery = SceneryArtist.Draw(view.Scene, camera, typeface, chance.Next(), view.Light.IsNight, width, height, Any(chance, 0.35f));
            return Lit(scenery, view);
        }

        using var backdrop = new Backdrop(view, camera, stock, typeface, chance, width, height);
        if (ticket < 32)
        {
            backdrop.DrawNothing();
        }
        else
        {
            backdrop.DrawPlace();
        }

        backdrop._canvas.Flush();
        return Lit(SceneLight.Apply(backdrop._picture, camera, view.Light.IsNight), view);
    }

    public void Dispose()
    {
        _canvas.Dispose();
        _picture.Dispose();
    }

    /// <summary>Brings a drawn scene to the level and tint of the light; night has been applied before.</summary>
    private static SKBitmap Lit(SKBitmap scene, ViewPoint view)
    {
        var light = view.Light;
        var gain = light.IsNight
            ? new Vector3(MathF.Sqrt(MathF.Min(4, (light.Fill * 0.7f) + (light.StreetLight * 0.2f))))
            : Vector3.SquareRoot(light.Tint * light.Level);
        var tables = new byte[3][];
        for (var channel = 0; channel < 3; channel++)
        {
            tables[channel] = [.. Enumerable.Range(0, 256).Select(value => (byte)Math.Min(255, value * gain[channel]))];
        }

        foreach (ref var pixel in MemoryMarshal.Cast<byte, uint>(scene.GetPixelSpan()))
        {
            pixel = tables[0][pixel & 255] | ((uint)tables[1][(pixel >> 8) & 255] << 8) | ((uint)tables[2][(pixel >> 16) & 255] << 16) | 0xFF000000;
        }

        return scene;
    }

    /// <summary>Colour fields and noise: the background carries no road at all.</summary>
    private void DrawNothing()
    {
        var (w, h) = (_picture.Width, _picture.Height);
        using var shader = SKShader.CreateLinearGradient(new SKPoint(0, 0), new SKPoint(_chance.Next(w), h), [Any(_chance, 0.5f), Any(_chance, 0.5f)], SKShaderTileMode.Clamp);
        using var ground = new SKPaint { Shader = shader };
        _canvas.DrawRect(new SKRect(0, 0, w, h), ground);
        for (var i = _chance.Next(40); i > 0; i--)
        {
            using var paint = new SKPaint { IsAntialias = true, Color = Any(_chance, 0.6f).WithAlpha((byte)_chance.Next(40, 220)) };
            var (x, y) = (_chance.Next(w), _chance.Next(h));
            _canvas.DrawRect(SKRect.Create(x, y, _chance.Next(8, 260), _chance.Next(4, 160)), paint);
        }

        Fill(_stock.Patches(_chance), new SKRect(0, 0, w, h), _chance.Between(0.5f, 4));
    }

    private void DrawPlace()
    {
        DrawSky();
        DrawGround();
        DrawMarkings();
        var things = new List<(float Distance, Action Draw)>();
        AddRoadside(things, -1, LeftEdge);
        AddRoadside(things, 1, RightEdge);
        if (_chance.Next(5) == 0)
        {
            AddCanopy(things);
        }

        foreach (var thing in things.OrderByDescending(thing => thing.Distance))
        {
            thing.Draw();
        }

        for (var i = _chance.Next(3); i > 0; i--)
        {
            DrawCaption();
        }
    }

    private void DrawSky()
    {
        var sky = _chance.Next(3) == 0 ? new SKColor(150, 184, 222) : Tone(_chance.Next(150, 236));
        using var shader = SKShader.CreateLinearGradient(new SKPoint(0, 0), new SKPoint(0, MathF.Max(1, Horizon)), [sky, Tone(_chance.Next(190, 240))], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shader };
        _canvas.DrawRect(new SKRect(0, 0, _picture.Width, _picture.Height), paint);
        if (_chance.Next(2) == 0)
        {
            // Hills.
            for (var ridge = 0; ridge < 2; ridge++)
            {
                using var hill = new SKPaint { IsAntialias = true, Color = new SKColor((byte)_chance.Next(60, 130), (byte)_chance.Next(90, 140), (byte)_chance.Next(80, 130)) };
                for (var i = 0; i < 4; i++)
                {
                    var (x, up) = (_chance.Next(_picture.Width), _chance.Between(10, 90) * (2 - ridge));
                    _canvas.DrawOval(x, Horizon + 10, _chance.Between(80, 320), up, hill);
                }
            }
        }
    }

    private void DrawGround()
    {
        var horizon = MathF.Max(0, Horizon);
        using var shoulder = new SKPaint { Color = Any(_chance, 0.3f) };
        _canvas.DrawRect(new SKRect(0, horizon, _picture.Width, _picture.Height), shoulder);
        FillGround(_chance.Next(3) switch { 0 => _stock.Grass(_chance), 1 => _stock.Tiles(_chance), _ => _stock.Patches(_chance) }, _chance.Between(0.006f, 0.03f), -60, 60, (byte)_chance.Next(120, 256));
        var (left, right) = _view.Kind is ViewKind.Gantry ? (LeftEdge - _chance.Between(0.2f, 3), RightEdge + _chance.Between(0.2f, 3)) : (-60f, 60f);
        GroundBox(left, right, Tone(_chance.Next(48, 176)));
        FillGround(_stock.Asphalt(_chance), _chance.Between(0.004f, 0.012f), left, right, (byte)_chance.Next(60, 220));
        FillGround(_stock.Patches(_chance), _chance.Between(0.05f, 0.2f), left, right, 255);
        if (_chance.Next(7) == 0)
        {
            // Wet: the sky lies on the road.
            GroundBox(left, right, Tone(_chance.Next(170, 235)).WithAlpha((byte)_chance.Next(30, 110)));
        }
    }

    private void DrawMarkings()
    {
        var paint = (_chance.Next(3) == 0 ? new SKColor(214, 176, 58) : Tone(_chance.Next(190, 236))).WithAlpha((byte)_chance.Next(70, 240));
        if (_chance.Next(6) == 0)
        {
            return;
        }

        foreach (var x in new[] { LeftEdge, RightEdge })
        {
            Line(x, 0.15f, paint);
        }

        for (var i = 1; i < _view.Scene.LaneCentres.Count; i++)
        {
            var x = _view.Scene.LaneCentres[i] - (_view.Scene.LaneWidthMetres / 2);
            if (_chance.Next(2) == 0)
            {
                Line(x, 0.15f, paint);
                continue;
            }

            for (var y = 2f; y < 90; y += 6)
            {
                Line(x, 0.15f, paint, y, y + 3);
            }
        }

        switch (_chance.Next(5))
        {
            case 0:
                // Zebra crossing.
                var at = _chance.Between(_view.Reach.Nearest, 40);
                for (var x = LeftEdge; x < RightEdge; x += 0.9f)
                {
                    Line(x, 0.45f, paint, at, at + 4);
                }

                break;
            case 1:
                for (var y = _chance.Between(5, 20); y < 40; y += 0.75f)
                {
                    Quad(new(LeftEdge, y, 0), new(RightEdge, y, 0), new(RightEdge, y + 0.3f, 0), new(LeftEdge, y + 0.3f, 0), paint);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>One side of the road: a wall, rail or hedge along it, buildings, trees and poles behind.</summary>
    private void AddRoadside(List<(float, Action)> things, int side, float edge)
    {
        var beside = edge + (side * _chance.Between(0.5f, 3.5f));
        switch (_chance.Next(5))
        {
            case 0:
                Row(things, beside, 0.25f, _chance.Between(0.7f, 1.1f), Tone(_chance.Next(120, 220)));
                break;
            case 1:
                Row(things, beside, 0.6f, _chance.Between(0.5f, 1.6f), new SKColor((byte)_chance.Next(30, 80), (byte)_chance.Next(60, 110), (byte)_chance.Next(24, 60)));
                break;
            case 2:
                Row(things, beside, 0.2f, _chance.Between(1.8f, 3.2f), Any(_chance, 0.3f));
                break;
            default:
                break;
        }

        for (var i = _chance.Next(6); i > 0; i--)
        {
            var y = _chance.Between(6, 80);
            var x = beside + (side * _chance.Between(0.5f, 12));
            switch (_chance.Next(6))
            {
                case 0 or 1:
                    AddTree(things, new Vector3(x, y, 0));
                    break;
                case 2 or 3:
                    AddBuilding(things, new Vector3(x + (side * 4), y, 0));
                    break;
                case 4:
                    things.Add((y, () => Quad(new(x - 0.07f, y, 0), new(x + 0.07f, y, 0), new(x + 0.05f, y, 7), new(x - 0.05f, y, 7), Tone(_chance.Next(70, 170)))));
                    break;
                default:
                    AddSign(things, new Vector3(x, y, 0));
                    break;
            }
        }
    }

    private void Row(List<(float, Action)> things, float x, float thick, float tall, SKColor colour)
    {
        for (var y = 3f; y < 70; y += 4)
        {
            var (near, far) = (y, y + 4);
            things.Add((y + 2, () => Box(new(x - (thick / 2), near, 0), new(x + (thick / 2), far, tall), colour)));
        }
    }

    private void AddTree(List<(float, Action)> things, Vector3 foot)
    {
        var (tall, wide) = (_chance.Between(2.5f, 8), _chance.Between(0.8f, 2.6f));
        var leaf = new SKColor((byte)_chance.Next(40, 100), (byte)_chance.Next(70, 120), (byte)_chance.Next(28, 66));
        things.Add((foot.Y, () =>
        {
            Quad(foot + new Vector3(-0.12f, 0, 0), foot + new Vector3(0.12f, 0, 0), foot + new Vector3(0.08f, 0, tall * 0.6f), foot + new Vector3(-0.08f, 0, tall * 0.6f), new SKColor(70, 58, 46));
            using var dab = new SKPaint { IsAntialias = true };
            for (var i = 0; i < 90; i++)
            {
                var turn = _chance.Between(0, MathF.Tau);
                var away = MathF.Sqrt(_chance.NextSingle()) * wide;
                var at = foot + new Vector3(MathF.Cos(turn) * away, 0, (tall * 0.7f) + (MathF.Sin(turn) * away * 0.9f));
                dab.Color = Shade(leaf, _chance.Between(0.6f, 1.5f));
                var screen = _camera.Project(at);
                _canvas.DrawCircle(screen.X, screen.Y, _camera.PixelsPerMetre(at) * _chance.Between(0.1f, 0.35f), dab);
            }
        }));
    }

    private void AddBuilding(List<(float, Action)> things, Vector3 foot)
    {
        var size = new Vector3(_chance.Between(3, 9), _chance.Between(4, 12), _chance.Between(3, 14));
        var wall = Any(_chance, 0.25f);
        var pane = Shade(wall, _chance.Between(0.3f, 0.7f));
        things.Add((foot.Y, () =>
        {
            Box(foot - new Vector3(size.X / 2, 0, 0), foot + new Vector3(size.X / 2, size.Y, size.Z), wall);
            for (var z = 1f; z < size.Z - 1.2f; z += 2.8f)
            {
                for (var x = (-size.X / 2) + 0.5f; x < (size.X / 2) - 1.2f; x += 2)
                {
                    var corner = foot + new Vector3(x, -0.02f, z);
                    Quad(corner, corner + new Vector3(1.2f, 0, 0), corner + new Vector3(1.2f, 0, 1.3f), corner + new Vector3(0, 0, 1.3f), pane);
                }
            }
        }));
    }

    private void AddSign(List<(float, Action)> things, Vector3 foot)
    {
        var (wide, tall, above) = (_chance.Between(0.6f, 3), _chance.Between(0.5f, 1.6f), _chance.Between(1, 3));
        SKColor[] sheets = [new(22, 72, 150), new(24, 110, 66), new(220, 180, 30), new(226, 228, 226), new(180, 30, 30)];
        var sheet = Pick(sheets);
        things.Add((foot.Y, () =>
        {
            Quad(foot + new Vector3(-0.05f, 0, 0), foot + new Vector3(0.05f, 0, 0), foot + new Vector3(0.05f, 0, above), foot + new Vector3(-0.05f, 0, above), Tone(110));
            var corner = foot + new Vector3(-wide / 2, -0.03f, above + tall);
            if (_camera.Project(corner).Z < 3)
            {
                return;
            }

            _canvas.SetMatrix(_camera.PlaneToPicture(corner, Vector3.UnitX, -Vector3.UnitZ));
            using var paint = new SKPaint { IsAntialias = true, Color = sheet };
            _canvas.DrawRoundRect(new SKRect(0, 0, wide, tall), 0.05f, 0.05f, paint);
            var text = Pick(Texts);
            using var font = ChineseGlyphs.Lettering(_typeface, MathF.Min(tall * 0.5f, wide / (text.Length * 0.8f)));
            using var ink = new SKPaint { IsAntialias = true, Color = sheet.Red > 190 ? SKColors.Black : SKColors.White };
            _canvas.DrawText(text, wide / 2, (tall / 2) + (font.Size * 0.36f), SKTextAlign.Center, font, ink);
            _canvas.ResetMatrix();
        }));
    }

    /// <summary>A toll gate's roof with its booths beside the lane.</summary>
    private void AddCanopy(List<(float, Action)> things)
    {
        var (y, colour) = (_chance.Between(8, 30), Any(_chance, 0.4f));
        things.Add((y + 6, () => Box(new(LeftEdge - 12, y + 2, 5.2f), new(RightEdge + 12, y + 8, 6.2f), colour)));
        foreach (var x in new[] { LeftEdge - 1.5f, RightEdge + 1.5f })
        {
            things.Add((y + 1, () => Box(new(x - 0.7f, y, 0.2f), new(x + 0.7f, y + 3, 2.6f), Tone(_chance.Next(140, 230)))));
            things.Add((y, () => Box(new(x - 0.5f, y - 0.02f, 1.2f), new(x + 0.5f, y, 2.2f), new SKColor(40, 48, 54))));
        }
    }

    /// <summary>What cameras write into their pictures.</summary>
    private void DrawCaption()
    {
        using var font = ChineseGlyphs.Lettering(_typeface, _picture.Height * _chance.Between(0.025f, 0.06f));
        using var ink = new SKPaint { IsAntialias = true, Color = _chance.Next(3) == 0 ? new SKColor(250, 220, 60) : SKColors.White };
        _canvas.DrawText(Pick(Texts) + "  " + Pick(Texts), _chance.Next(_picture.Width / 2), _chance.Next(2) == 0 ? font.Size * 1.2f : _picture.Height - (font.Size * 0.5f), SKTextAlign.Left, font, ink);
    }

    /// <summary>The three sides of a box that face the camera: front, top, and the one towards the middle.</summary>
    private void Box(Vector3 low, Vector3 high, SKColor colour)
    {
        if (_camera.Project(new Vector3(low.X, low.Y, 0)).Z < 1 || _camera.Project(new Vector3(high.X, low.Y, 0)).Z < 1)
        {
            return;
        }

        var x = low.X > 0 ? low.X : high.X;
        Quad(new(x, low.Y, low.Z), new(x, high.Y, low.Z), new(x, high.Y, high.Z), new(x, low.Y, high.Z), Shade(colour, 0.8f));
        var z = high.Z < _camera.Position.Z ? high.Z : low.Z;
        Quad(new(low.X, low.Y, z), new(high.X, low.Y, z), new(high.X, high.Y, z), new(low.X, high.Y, z), Shade(colour, high.Z < _camera.Position.Z ? 1.15f : 0.6f));
        Quad(new(low.X, low.Y, low.Z), new(high.X, low.Y, low.Z), new(high.X, low.Y, high.Z), new(low.X, low.Y, high.Z), colour);
    }

    private void Quad(Vector3 a, Vector3 b, Vector3 c, Vector3 d, SKColor colour)
    {
        Vector3[] corners = [_camera.Project(a), _camera.Project(b), _camera.Project(c), _camera.Project(d)];
        if (corners.Any(corner => corner.Z < 0.8f))
        {
            return;
        }

        using var builder = new SKPathBuilder();
        builder.AddPoly([.. corners.Select(corner => new SKPoint(corner.X, corner.Y))], close: true);
        using var path = builder.Detach();
        using var paint = new SKPaint { IsAntialias = true, Color = colour };
        _canvas.DrawPath(path, paint);
    }

    private void Line(float x, float width, SKColor colour, float near = 1.5f, float far = 90)
    {
        for (var y = near; y < far; y += 6)
        {
            var end = MathF.Min(far, y + 6);
            Quad(new(x - (width / 2), y, 0), new(x + (width / 2), y, 0), new(x + (width / 2), end, 0), new(x - (width / 2), end, 0), colour);
        }
    }

    private void GroundBox(float left, float right, SKColor colour)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = colour };
        DrawOnGround(left, right, paint);
    }

    private void FillGround(SKImage texture, float metresPerPixel, float left, float right, byte strength)
    {
        using var shader = texture.ToShader(SKShaderTileMode.Repeat, SKShaderTileMode.Repeat, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), SKMatrix.CreateScale(metresPerPixel, metresPerPixel));
        using var paint = new SKPaint { Shader = shader, Color = SKColors.White.WithAlpha(strength) };
        DrawOnGround(left, right, paint);
    }

    private void DrawOnGround(float left, float right, SKPaint paint)
    {
        _canvas.Save();
        _canvas.ClipRect(new SKRect(0, MathF.Max(0, Horizon + 1), _picture.Width, _picture.Height));
        _canvas.SetMatrix(_camera.PlaneToPicture(Vector3.Zero, Vector3.UnitX, Vector3.UnitY));
        _canvas.DrawRect(new SKRect(left, 1.2f, right, 400), paint);
        _canvas.Restore();
        _canvas.ResetMatrix();
    }

    private void Fill(SKImage texture, SKRect place, float scale)
    {
        using var shader = texture.ToShader(SKShaderTileMode.Repeat, SKShaderTileMode.Repeat, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), SKMatrix.CreateScale(scale, scale));
        using var paint = new SKPaint { Shader = shader };
        _canvas.DrawRect(place, paint);
    }

    private T Pick<T>(IReadOnlyList<T> among) => among[_chance.Next(among.Count)];

    private static SKColor Any(Random chance, float saturation) => SKColor.FromHsv(chance.Next(360), 100 * saturation * chance.NextSingle(), chance.Next(18, 88));

    private static SKColor Tone(int tone) => new((byte)tone, (byte)tone, (byte)Math.Min(255, tone + 3));

    private static SKColor Shade(SKColor colour, float factor) => new(
        (byte)Math.Clamp(colour.Red * factor, 0, 255), (byte)Math.Clamp(colour.Green * factor, 0, 255), (byte)Math.Clamp(colour.Blue * factor, 0, 255));
}
