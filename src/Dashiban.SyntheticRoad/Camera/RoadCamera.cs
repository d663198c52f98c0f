using System.Numerics;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Camera;

/// <summary>
/// A pinhole camera on a pole or gantry. World: metres, x to the right of the camera, y away from it along the road, z up,
/// the origin on the road under the camera. Picture: pixels, x right, y down.
/// </summary>
internal sealed class RoadCamera
{
    private readonly Vector3 _right;
    private readonly Vector3 _down;
    private readonly Vector3 _ahead;
    private readonly float _focal;
    private readonly Vector2 _centre;

    public RoadCamera(CameraScene scene, int width, int height)
    {
        var (sinPitch, cosPitch) = MathF.SinCos(scene.PitchDegrees * MathF.PI / 180);
        var (sinYaw, cosYaw) = MathF.SinCos(scene.YawDegrees * MathF.PI / 180);
        Position = new Vector3(0, 0, scene.HeightMetres);
        _ahead = new Vector3(sinYaw * cosPitch, cosYaw * cosPitch, -sinPitch);
        _right = new Vector3(cosYaw, -sinYaw, 0);
        _down = Vector3.Cross(_ahead, _right);
        _focal = scene.FocalLengthInPictureWidths * width;
        _centre = new Vector2(width / 2f, height / 2f);
    }

    public Vector3 Position { get; }

    /// <summary>Picture position and depth (metres along the optical axis); a depth of 0 or less lies behind the camera.</summary>
    public Vector3 Project(Vector3 point)
    {
        var offset = point - Position;
        var depth = Vector3.Dot(offset, _ahead);
        var scale = _focal / depth;
        return new Vector3(_centre.X + (Vector3.Dot(offset, _right) * scale), _centre.Y + (Vector3.Dot(offset, _down) * scale), depth);
    }

    /// <summary>Pixels that one metre across the line of sight covers at the point.</summary>
    public float PixelsPerMetre(Vector3 point) => _focal / Vector3.Dot(point - Position, _ahead);

    /// <summary>
    /// The perspective matrix that draws a plane of the world: plane coordinates (u, v) stand for <c>origin + u * alongU + v * alongV</c>.
    /// </summary>
    public SKMatrix PlaneToPicture(Vector3 origin, Vector3 alongU, Vector3 alongV)
    {
        var offset = origin - Position;
        return new SKMatrix(
            Row(_right, _centre.X, alongU), Row(_right, _centre.X, alongV), Row(_right, _centre.X, offset),
            Row(_down, _centre.Y, alongU), Row(_down, _centre.Y, alongV), Row(_down, _centre.Y, offset),
            Vector3.Dot(_ahead, alongU), Vector3.Dot(_ahead, alongV), Vector3.Dot(_ahead, offset));
    }

    private float Row(Vector3 axis, float centre, Vector3 direction) =>
        (_focal * Vector3.Dot(axis, direction)) + (centre * Vector3.Dot(_ahead, direction));
}
