using System.Numerics;
using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Script;
using Dashiban.SyntheticRoad.Vehicles;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Painting;

/// <summary>A vehicle on its way through the picture: where it is at every moment and what of it is in view.</summary>
internal sealed class Actor(RoadPassage passage, VehicleModel model, CameraScene scene, RoadCamera camera)
{
    private const float NearestDepth = 1.5f;

    private readonly float _metresPerSecond = passage.SpeedKmh / 3.6f;

    public RoadPassage Passage => passage;
    public VehicleModel Model => model;
    public bool IsApproaching { get; } = passage.IsApproaching ?? scene.IsApproaching;

    /// <summary>Where the vehicle is, from its time on the reading line and its speed.</summary>
    public VehiclePose PoseAt(TimeSpan time)
    {
        var sinceLine = (float)(time - passage.At).TotalSeconds;
        var forward = IsApproaching ? -Vector3.UnitY : Vector3.UnitY;
        var plate = new Vector3(scene.LaneCentres[passage.Lane], scene.ReadingLineMetres, 0) + (forward * _metresPerSecond * sinceLine);

        // Nobody drives on a ruler.
        var sway = new Vector3(0.10f * MathF.Sin((sinceLine * 0.9f) + passage.Look), 0, 0);
        return new VehiclePose(plate - (forward * model.PlateCorners[0].X) + sway, forward);
    }

    /// <summary>
    /// Pixels that the plate moves on the reading line during an exposure. Taken for the whole passage: under the camera a
    /// long vehicle's plate would move without bound while its rear is still in view.
    /// </summary>
    public float PixelsDuring(TimeSpan exposure)
    {
        var before = camera.Project(PoseAt(passage.At).ToWorld(model.PlateCorners[0]));
        var after = camera.Project(PoseAt(passage.At + exposure).ToWorld(model.PlateCorners[0]));
        return MathF.Abs(after.Y - before.Y);
    }

    /// <summary>The vehicle's outline box with a margin of metres around it, in picture pixels, not clipped; empty behind the camera.</summary>
    public SKRect BoxAt(VehiclePose pose, float margin = 0)
    {
        var around = new Vector3(margin, margin, 0);
        var (low, high) = (model.Bounds.Low - around, model.Bounds.High + around);
        var box = SKRect.Empty;
        for (var corner = 0; corner < 8; corner++)
        {
            var point = camera.Project(InFront(pose.ToWorld(new Vector3(
                (corner & 1) == 0 ? low.X : high.X, (corner & 2) == 0 ? low.Y : high.Y, (corner & 4) == 0 ? low.Z : high.Z))));
            var spot = new SKRect(point.X, point.Y, point.X, point.Y);
            box = corner == 0 ? spot : SKRect.Union(box, spot);
        }

        return box;
    }

    /// <summary>The plate's corners in picture pixels in reading order; null where any is outside the picture.</summary>
    public Vector2[]? PlateAt(VehiclePose pose, int width, int height)
    {
        var corners = new Vector2[4];
        for (var i = 0; i < 4; i++)
        {
            var screen = camera.Project(pose.ToWorld(model.PlateCorners[i]));
            corners[i] = new Vector2(screen.X, screen.Y);
            if (screen.Z <= 0 || screen.X < 0 || screen.X > width || screen.Y < 0 || screen.Y > height)
            {
                return null;
            }
        }

        return corners;
    }

    /// <summary>Moves a point that has passed the camera to just before it, so that boxes stay finite.</summary>
    private static Vector3 InFront(Vector3 point) => point with { Y = MathF.Max(point.Y, NearestDepth + 1) };
}
