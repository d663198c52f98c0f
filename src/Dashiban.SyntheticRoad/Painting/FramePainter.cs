using System.Globalization;
using System.Runtime.InteropServices;
using Dashiban.SyntheticRoad.Vehicles;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Painting;

/// <summary>
/// Paints single pictures of a film, in any order. One per thread: owns the buffers it paints in. Only what differs from
/// the empty road is drawn and converted.
/// </summary>
internal sealed class FramePainter : IDisposable
{
    /// <summary>Exposure of the camera; what moves further than a pixel meanwhile is smeared.</summary>
    private static readonly TimeSpan DayExposure = TimeSpan.FromSeconds(1 / 1000.0);
    private static readonly TimeSpan NightExposure = TimeSpan.FromSeconds(1 / 400.0);

    private readonly Stage _stage;
    private readonly int _width;
    private readonly int _height;
    private readonly Layer _layer;
    private readonly Rasteriser _rasteriser;
    private readonly SKBitmap _picture;
    private readonly SKCanvas _canvas;
    private readonly SKFont _font;
    private readonly List<SKRectI> _dirty = [];

    public FramePainter(Stage stage)
    {
        _stage = stage;
        (_width, _height) = (stage.Options.Width, stage.Options.Height);
        _layer = new Layer(_width, _height);
        _rasteriser = new Rasteriser(stage.Camera, stage.Lighting, _layer);
        _picture = new SKBitmap(new SKImageInfo(_width, _height, SKColorType.Rgba8888, SKAlphaType.Premul));
        _canvas = new SKCanvas(_picture);
        _font = new SKFont(stage.Typeface, _height / 30f);
        stage.EmptyRoad.CopyTo(Pixels);
    }

    private Span<uint> Pixels => MemoryMarshal.Cast<byte, uint>(_picture.GetPixelSpan());

    /// <summary>Paints picture number <paramref name="frame"/> into planar 4:2:0 of the film's size.</summary>
    public void Paint(int frame, Span<byte> i420)
    {
        var time = TimeSpan.FromSeconds(frame / (double)_stage.Options.FramesPerSecond);
        Restore();
        foreach (var actor in _stage.Actors.OrderByDescending(actor => Distance(actor, time)))
        {
            Paint(actor, time);
        }

        WriteClock(time);
        _stage.EmptyPlanes.CopyTo(i420);
        foreach (var area in _dirty)
        {
            Planes.Convert(Pixels, _width, _height, area, i420);
        }

        _stage.Noise.Add(i420[..(_width * _height)], frame);
    }

    public void Dispose()
    {
        _font.Dispose();
        _canvas.Dispose();
        _picture.Dispose();
    }

    private static float Distance(Actor actor, TimeSpan time) => actor.PoseAt(time).Middle.Y;

    /// <summary>Brings back the empty road where the last picture differed from it.</summary>
    private void Restore()
    {
        foreach (var area in _dirty)
        {
            for (var y = area.Top; y < area.Bottom; y++)
            {
                _stage.EmptyRoad.Slice((y * _width) + area.Left, area.Width).CopyTo(Pixels[((y * _width) + area.Left)..]);
            }
        }

        _dirty.Clear();
    }

    private void Paint(Actor actor, TimeSpan time)
    {
        var pose = actor.PoseAt(time);
        var touched = Planes.Even(SKRectI.Ceiling(actor.BoxAt(pose, _stage.Options.Night ? Glow.Reach : VehicleShadow.Margin)), _width, _height);
        var area = _layer.Clip(Grown(SKRectI.Ceiling(actor.BoxAt(pose)), 3));
        if (touched.IsEmpty)
        {
            return;
        }

        _dirty.Add(touched);
        actor.Model.Shadow.Darken(Pixels, _width, Planes.Even(SKRectI.Ceiling(actor.BoxAt(pose, VehicleShadow.Margin)), _width, _height), _stage.Camera, pose);
        if (!area.IsEmpty)
        {
            _layer.Clear(area);
            _rasteriser.Draw(actor.Model.Body, actor.Model.Skins, pose);
            _rasteriser.Draw(actor.Model.Plate, actor.Model.PlateSkins, pose);
            _layer.Soften(area);
            var smear = (int)MathF.Round(actor.PixelsDuring(_stage.Options.Night ? NightExposure : DayExposure));
            if (smear > 1)
            {
                _layer.Smear(area, smear);
            }

            _layer.LayOver(Pixels, area);
        }

        if (_stage.Options.Night)
        {
            Glow.Paint(_canvas, _stage.Camera, actor.Model.Shape, pose, actor.IsApproaching, touched);
        }
    }

    /// <summary>What the camera itself writes into the picture: date, time, place.</summary>
    private void WriteClock(TimeSpan time)
    {
        var text = _stage.Options.ClockStart is { } start
            ? string.Create(CultureInfo.InvariantCulture, $"{start + time:yyyy-MM-dd HH:mm:ss}  {_stage.Scene.Title}")
            : _stage.Scene.Title;
        var (x, y) = (_width / 60f, _height / 20f);
        using var outline = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 3, Color = new SKColor(0, 0, 0, 190) };
        using var ink = new SKPaint { IsAntialias = true, Color = new SKColor(245, 245, 245) };
        _canvas.DrawText(text, x, y, SKTextAlign.Left, _font, outline);
        _canvas.DrawText(text, x, y, SKTextAlign.Left, _font, ink);
        var area = new SKRect(x - 4, y - _font.Size - 4, x + _font.MeasureText(text) + 4, y + (_font.Size * 0.4f));
        _dirty.Add(Planes.Even(SKRectI.Ceiling(area), _width, _height));
    }

    private static SKRectI Grown(SKRectI area, int by) => new(area.Left - by, area.Top - by, area.Right + by, area.Bottom + by);
}
