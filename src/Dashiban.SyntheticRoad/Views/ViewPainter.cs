using System.Numerics;
using System.Runtime.InteropServices;
using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Painting;
using Dashiban.SyntheticRoad.Plates;
using Dashiban.SyntheticRoad.Script;
using Dashiban.SyntheticRoad.Vehicles;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Views;

/// <summary>Paints pictures of one place, each with other vehicles, and says what they show.</summary>
internal sealed class ViewPainter : IDisposable
{
    /// <summary>Nothing of a vehicle may be nearer to the camera, in metres: the rasteriser drops what is.</summary>
    private const float Nearest = 1.6f;

    private readonly ViewPoint _view;
    private readonly RoadCamera _camera;
    private readonly SKBitmap _backdrop;
    private readonly Layer _layer;
    private readonly Rasteriser _rasteriser;
    private readonly SKBitmap _picture;
    private readonly SKCanvas _canvas;
    private readonly byte[] _owners;

    public ViewPainter(ViewPoint view, GroundStock stock, SKTypeface typeface, Random chance, Layer layer)
    {
        (_view, _layer) = (view, layer);
        _camera = new RoadCamera(view.Scene, layer.Width, layer.Height);
        _backdrop = Backdrop.Draw(view, _camera, stock, typeface, chance, layer.Width, layer.Height);
        _rasteriser = new Rasteriser(_camera, new Lighting(view.Light), layer);
        _picture = new SKBitmap(new SKImageInfo(layer.Width, layer.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        _canvas = new SKCanvas(_picture);
        _owners = new byte[layer.Width * layer.Height];
    }

    private Span<uint> Pixels => MemoryMarshal.Cast<byte, uint>(_picture.GetPixelSpan());

    /// <summary>The picture painted last; belongs to the painter.</summary>
    public SKBitmap Picture => _picture;

    /// <summary>Paints one picture; the rows lack nothing but its name.</summary>
    public IReadOnlyList<ViewRow> Paint(VehiclePool pool, PlateArtist plates, Random chance)
    {
        MemoryMarshal.Cast<byte, uint>(_backdrop.GetPixelSpan()).CopyTo(Pixels);
        Array.Clear(_owners);
        var cast = Place(pool, plates, chance);
        var order = cast.OrderByDescending(vehicle => Vector3.DistanceSquared(vehicle.Pose.Middle, _camera.Position)).ToList();
        var inFrame = order.Select((vehicle, index) => Paint(vehicle, (byte)(index + 1))).ToList();
        Grade(chance);
        // What is wholly behind others is not in the picture.
        return [.. order.Select((vehicle, index) => Row(vehicle, (byte)(index + 1), inFrame[index])).Where(row => row.VisibleShare > 0.02f)];
    }

    public void Dispose()
    {
        _canvas.Dispose();
        _picture.Dispose();
        _backdrop.Dispose();
    }

    private List<CastVehicle> Place(VehiclePool pool, PlateArtist plates, Random chance)
    {
        var wanted = _view.Kind is ViewKind.Toll ? 1 + chance.Next(3) : 1 + chance.Next(6);
        var cast = new List<CastVehicle>();
        for (var attempt = 0; cast.Count < wanted && attempt < 30; attempt++)
        {
            var drawn = pool.Draw(chance);
            var showsFront = chance.Next(100) < (_view.Scene.IsApproaching ? 88 : 12);
            var pose = Pose(drawn.Model.Shape, showsFront, chance);
            if (IsInView(Silhouette.BoxAround(drawn.Model.Bounds, _camera, pose)) && !cast.Any(other => Overlap(drawn.Model.Shape, pose, other))
                && Silhouette.Of(drawn.Model.Body, _camera, pose, Nearest) is { } silhouette && IsInView(silhouette.Box))
            {
                PlateFace? face = chance.Next(32) > 0 ? Face(drawn.Role, showsFront, chance) : null;
                var model = face is null ? drawn.Model : drawn.Model.WithPlate(face, showsFront, plates);
                cast.Add(new CastVehicle(drawn, model, face, pose, showsFront, silhouette));
            }
        }

        return cast;
    }

    private static PlateFace Face(Role role, bool showsFront, Random chance)
    {
        // Whatever is registered as large has a two-row plate at the rear (GA 36).
        var style = role.Plate is PlateStyle.Yellow && !showsFront ? PlateStyle.YellowDouble : role.Plate;
        return PlateDealer.Deal(style, chance);
    }

    /// <summary>Somewhere in the camera's reach with the plate's end towards it, on a lane where the camera watches lanes.</summary>
    private VehiclePose Pose(VehicleShape shape, bool showsFront, Random chance)
    {
        var share = chance.NextSingle();
        var along = _view.Reach.Nearest * MathF.Pow(_view.Reach.Farthest / _view.Reach.Nearest, share);
        var half = along / _view.Scene.FocalLengthInPictureWidths / 2;
        var aside = (along * MathF.Tan(_view.Scene.YawDegrees * MathF.PI / 180)) + (((chance.NextSingle() * 2) - 1) * half * 0.85f);
        if (_view.Kind is ViewKind.Gantry && chance.Next(4) > 0)
        {
            // The lane nearest to a random place in view, not quite in its middle.
            aside = _view.Scene.LaneCentres.MinBy(lane => MathF.Abs(lane - aside)) + ((chance.NextSingle() - 0.5f) * 0.9f);
        }

        var turn = ((chance.NextSingle() * 2) - 1) * _view.Turn;
        var (sin, cos) = MathF.SinCos(turn);
        var forward = showsFront ? new Vector3(sin, -cos, 0) : new Vector3(sin, cos, 0);
        var end = showsFront ? shape.FrontEnd : shape.RearEnd;
        return new VehiclePose(new Vector3(aside, along, 0) - (forward * end), forward);
    }

    private bool IsInView(Vector4 box)
    {
        var wide = MathF.Min(box.Z, _layer.Width) - MathF.Max(box.X, 0);
        var tall = MathF.Min(box.W, _layer.Height) - MathF.Max(box.Y, 0);

        // At least a fifth of the box, and enough pixels to see anything.
        return wide > 8 && tall > 8 && wide * tall > 0.2f * (box.Z - box.X) * (box.W - box.Y);
    }

    /// <summary>True where two vehicles would stand in each other; their outlines from above are taken as rows of discs.</summary>
    private static bool Overlap(VehicleShape shape, VehiclePose pose, CastVehicle other)
    {
        foreach (var a in Discs(shape, pose))
        {
            foreach (var b in Discs(other.Model.Shape, other.Pose))
            {
                if (Vector3.Distance(a, b) < ((shape.Width + other.Model.Shape.Width) / 2) + 0.25f)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static IEnumerable<Vector3> Discs(VehicleShape shape, VehiclePose pose)
    {
        var half = shape.Width / 2;
        for (var x = shape.RearEnd + half; x < shape.FrontEnd - half; x += half)
        {
            yield return pose.ToWorld(new Vector3(x, 0, 0));
        }

        yield return pose.ToWorld(new Vector3(shape.FrontEnd - half, 0, 0));
    }

    /// <summary>Returns how many pixels of the frame the vehicle covers before others are painted over it.</summary>
    private int Paint(CastVehicle vehicle, byte owner)
    {
        var box = vehicle.Silhouette.Box;
        var outline = new SKRect(box.X, box.Y, box.Z, box.W);
        var area = _layer.Clip(Grown(SKRectI.Ceiling(outline), 3));
        var reach = _camera.PixelsPerMetre(vehicle.Pose.Middle with { Z = 0 });
        var around = _layer.Clip(Grown(SKRectI.Ceiling(outline), (int)MathF.Min(2000, reach * (_view.Light.IsNight ? Glow.Reach : VehicleShadow.Margin) * 1.5f)));
        SunShadow.Paint(_canvas, _camera, vehicle.Model.Body, vehicle.Pose, _view.Light);
        vehicle.Model.Shadow.Darken(Pixels, _layer.Width, around, _camera, vehicle.Pose);
        if (area.IsEmpty)
        {
            return 0;
        }

        _layer.Clear(area);
        _rasteriser.Draw(vehicle.Model.Body, vehicle.Model.Skins, vehicle.Pose);
        _rasteriser.Draw(vehicle.Model.Plate, vehicle.Model.PlateSkins, vehicle.Pose);
        var covered = Own(area, owner);
        Veil(area, MathF.Min(0.6f, _view.Haze * Vector3.Distance(vehicle.Pose.Middle, _camera.Position) / 100));
        _layer.Soften(area);
        _layer.LayOver(Pixels, area);
        if (_view.Light.IsNight && !_view.IsInfrared)
        {
            Glow.Paint(_canvas, _camera, vehicle.Model.Shape, vehicle.Pose, vehicle.ShowsFront, around);
        }

        return covered;
    }

    private int Own(SKRectI area, byte owner)
    {
        var covered = 0;
        for (var y = area.Top; y < area.Bottom; y++)
        {
            for (var i = (y * _layer.Width) + area.Left; i < (y * _layer.Width) + area.Right; i++)
            {
                if (_layer.Colours[i] >> 24 != 0)
                {
                    _owners[i] = owner;
                    covered++;
                }
            }
        }

        return covered;
    }

    /// <summary>Haze between camera and vehicle.</summary>
    private void Veil(SKRectI area, float share)
    {
        if (share < 0.02f || _view.Light.IsNight)
        {
            return;
        }

        var tone = (uint)Math.Clamp(196 * MathF.Sqrt(_view.Light.Level), 0, 255);
        var weight = (uint)(share * 256);
        var veil = tone * weight;
        for (var y = area.Top; y < area.Bottom; y++)
        {
            foreach (ref var pixel in _layer.Colours.AsSpan((y * _layer.Width) + area.Left, area.Width))
            {
                if (pixel >> 24 == 0)
                {
                    continue;
                }

                var rest = 256 - weight;
                var (r, g, b) = ((((pixel & 255) * rest) + veil) >> 8, ((((pixel >> 8) & 255) * rest) + veil) >> 8, ((((pixel >> 16) & 255) * rest) + veil) >> 8);
                pixel = r | (g << 8) | (b << 16) | 0xFF000000;
            }
        }
    }

    /// <summary>Exposure, contrast and, for infra-red, the loss of colour.</summary>
    private void Grade(Random chance)
    {
        var gain = 0.85f + (chance.NextSingle() * 0.35f);
        var gamma = 0.85f + (chance.NextSingle() * 0.35f);
        var table = new byte[256];
        for (var value = 0; value < 256; value++)
        {
            table[value] = (byte)Math.Clamp(255 * MathF.Pow(value / 255f, gamma) * gain, 0, 255);
        }

        foreach (ref var pixel in Pixels)
        {
            var (r, g, b) = ((uint)table[pixel & 255], (uint)table[(pixel >> 8) & 255], (uint)table[(pixel >> 16) & 255]);
            if (_view.IsInfrared)
            {
                // Silicon behind a visible-light filter: colours differ little, and paint looks paler than it is.
                r = g = b = ((r * 5) + (g * 4) + (b * 3)) / 12;
            }

            pixel = r | (g << 8) | (b << 16) | 0xFF000000;
        }
    }

    private ViewRow Row(CastVehicle vehicle, byte owner, int inFrame)
    {
        var left = _owners.AsSpan().Count(owner);
        var corners = vehicle.Face is null ? [] : vehicle.Model.PlateCorners.Select(corner => _camera.Project(vehicle.Pose.ToWorld(corner))).Select(at => new Vector2(at.X, at.Y)).ToArray();

        // The frame's own count is exact where the vehicle lies wholly inside; the silhouette is needed beyond the edges.
        var box = vehicle.Silhouette.Box;
        var isInside = box.X >= 0 && box.Y >= 0 && box.Z <= _layer.Width && box.W <= _layer.Height;
        var whole = isInside ? inFrame : vehicle.Silhouette.Area;
        return new ViewRow(
            "",
            _layer.Width,
            _layer.Height,
            System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(_view.Kind.ToString()),
            _view.LightName,
            vehicle.Drawn.Number,
            System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(vehicle.Drawn.Role.Kind.ToString()),
            vehicle.Drawn.Role.SeatClass,
            box,
            MathF.Min(1, left / MathF.Max(1, whole)),
            vehicle.ShowsFront,
            vehicle.Face?.Text ?? "",
            vehicle.Face is { } face ? TruthTeller.Colour(face.Style) : "",
            vehicle.Face is null ? 0 : vehicle.Face.Style is PlateStyle.YellowDouble ? 2 : 1,
            corners.Length > 0 && IsPlateVisible(corners, vehicle, owner),
            corners);
    }

    private bool IsPlateVisible(Vector2[] corners, CastVehicle vehicle, byte owner)
    {
        // Nobody reads a plate that is turned away by more than 70 degrees.
        var outward = vehicle.ShowsFront ? vehicle.Pose.Forward : -vehicle.Pose.Forward;
        var towards = Vector3.Normalize(_camera.Position - vehicle.Pose.ToWorld(vehicle.Model.PlateCorners[0]));
        if (Vector3.Dot(outward, towards) < 0.34f)
        {
            return false;
        }

        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 5; column++)
            {
                var upper = Vector2.Lerp(corners[0], corners[1], 0.04f + (column * 0.23f));
                var lower = Vector2.Lerp(corners[3], corners[2], 0.04f + (column * 0.23f));
                var at = Vector2.Lerp(upper, lower, 0.08f + (row * 0.42f));
                var (x, y) = ((int)at.X, (int)at.Y);
                if (at.X < 0 || at.Y < 0 || x >= _layer.Width || y >= _layer.Height || _owners[(y * _layer.Width) + x] != owner)
                {
                    return false;
                }
            }
        }

        return corners.All(corner => corner.X >= 0 && corner.Y >= 0 && corner.X <= _layer.Width && corner.Y <= _layer.Height);
    }

    private static SKRectI Grown(SKRectI area, int by) => new(area.Left - by, area.Top - by, area.Right + by, area.Bottom + by);

    /// <summary>A vehicle with its place in this picture.</summary>
    private sealed record CastVehicle(PooledVehicle Drawn, VehicleModel Model, PlateFace? Face, VehiclePose Pose, bool ShowsFront, Silhouette Silhouette);
}
