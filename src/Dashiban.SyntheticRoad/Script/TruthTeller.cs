using System.Numerics;
using Dashiban.SyntheticRoad.Painting;
using Dashiban.SyntheticRoad.Plates;
using Dashiban.SyntheticRoad.Vehicles;

namespace Dashiban.SyntheticRoad.Script;

/// <summary>Works out what a film will show, from the same projection that the painters use.</summary>
internal static class TruthTeller
{
    public static RoadTruth Tell(Stage stage)
    {
        var options = stage.Options;
        return new RoadTruth(
            stage.Scene.Id,
            options.Width,
            options.Height,
            options.FramesPerSecond,
            options.FrameCount,
            options.Night,
            [.. stage.Actors.Select(actor => Tell(actor, options)).OrderBy(passage => passage.ReadingSecond)]);
    }

    private static PassageTruth Tell(Actor actor, RoadRenderOptions options)
    {
        var passage = actor.Passage;
        var visible = Enumerable.Range(0, options.FrameCount)
            .Select(frame => (Frame: frame, Look: LookAt(actor, frame, options)))
            .Where(at => at.Look is not null)
            .ToList();
        var second = 1.0 / options.FramesPerSecond;
        var face = passage.VisiblePlate(actor.IsApproaching);
        return new PassageTruth(
            passage.Plate.Text,
            Colour(face.Style),
            face.Style is PlateStyle.YellowDouble ? "double" : "single",
            System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(passage.Vehicle.ToString()),
            VehicleShapes.SeatClass(passage.Vehicle),
            passage.Seats ?? VehicleShapes.UsualSeats(passage.Vehicle),
            passage.Lane,
            actor.IsApproaching,
            visible.Count == 0 ? passage.At.TotalSeconds : visible[0].Frame * second,
            passage.At.TotalSeconds,
            visible.Count == 0 ? passage.At.TotalSeconds : visible[^1].Frame * second,
            [.. visible.Where(at => at.Frame % options.TruthEveryFrames == 0).Select(at => at.Look!)]);
    }

    private static LookTruth? LookAt(Actor actor, int frame, RoadRenderOptions options)
    {
        var pose = actor.PoseAt(TimeSpan.FromSeconds(frame / (double)options.FramesPerSecond));
        if (pose.Middle.Y is < -20 or > 120 || actor.PlateAt(pose, options.Width, options.Height) is not { } corners)
        {
            return null;
        }

        var box = actor.BoxAt(pose);
        return new LookTruth(
            frame,
            [.. corners.SelectMany(corner => new[] { corner.X, corner.Y })],
            [Math.Clamp(box.Left, 0, options.Width), Math.Clamp(box.Top, 0, options.Height), Math.Clamp(box.Right, 0, options.Width), Math.Clamp(box.Bottom, 0, options.Height)],
            Vector2.Distance(corners[0], corners[1]));
    }

    /// <summary>The colour's name in truth files and labels.</summary>
    public static string Colour(PlateStyle style) => style switch
    {
        PlateStyle.Blue => "blue",
        PlateStyle.Yellow or PlateStyle.YellowDouble => "yellow",
        PlateStyle.GreenSmall => "green",
        PlateStyle.YellowGreen => "yellow_green",
        PlateStyle.White => "white",
        _ => "black",
    };
}
