using System.Numerics;
using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Painting;

namespace Dashiban.SyntheticRoad.Views;

/// <summary>From where a picture is taken.</summary>
internal enum ViewKind
{
    /// <summary>From a gantry or pole over or beside the lanes.</summary>
    Gantry,

    /// <summary>From a toll booth or barrier: low, and so near that vehicles fill the frame.</summary>
    Toll,

    /// <summary>From a hand or a parked car, at the height of eyes, at all angles.</summary>
    Hand,
}

/// <summary>A camera at some road, with the light there.</summary>
/// <param name="Turn">Largest angle between a vehicle's heading and the road, radians.</param>
/// <param name="Reach">Nearest and farthest distance along the road at which vehicles are placed, metres.</param>
/// <param name="IsInfrared">True where the camera sees in infra-red: no colours.</param>
/// <param name="Haze">Share of haze per 100 m.</param>
internal sealed record ViewPoint(ViewKind Kind, CameraScene Scene, LightConditions Light, float Turn, (float Nearest, float Farthest) Reach, bool IsInfrared, float Haze)
{
    /// <summary>Width of a plate in metres, which is the ruler of all distances here.</summary>
    private const float PlateMetres = 0.44f;

    /// <summary>What the light is called in the labels.</summary>
    public string LightName => IsInfrared ? "infrared" : Light.IsNight ? "night" : Light.Level < 0.5f ? "dusk" : "day";

    public static ViewPoint Choose(Random chance, int width, int height)
    {
        var kind = chance.Next(100) switch
        {
            < 58 => ViewKind.Gantry,
            < 76 => ViewKind.Toll,
            _ => ViewKind.Hand,
        };
        var light = LightAt(chance, out var isInfrared);
        var (up, focal, distance, aim) = kind switch
        {
            ViewKind.Gantry => Gantry(chance, width),

            // The nearest fill the frame: a car of 1.8 m at 3.2 m covers more than half of the picture's width.
            ViewKind.Toll => (chance.Between(1.2f, 2.6f), chance.Between(0.85f, 1.6f), chance.Between(3.2f, 8), chance.Between(0.7f, 1.4f)),
            _ => (chance.Between(1.4f, 1.8f), chance.Between(0.75f, 1.7f), chance.Between(3.5f, 14f), chance.Between(0.7f, 1.3f)),
        };
        var pitch = MathF.Atan((up - aim) / distance) * 180 / MathF.PI;
        var yaw = kind is ViewKind.Gantry ? chance.Between(-14, 14) : chance.Between(-22, 22);
        var scene = new CameraScene
        {
            Id = "view",
            Title = "",
            Surroundings = (RoadSurroundings)chance.Next(3),
            HeightMetres = up,
            PitchDegrees = pitch + chance.Between(-1.5f, 1.5f),
            YawDegrees = yaw,
            FocalLengthInPictureWidths = focal,
            LaneCentres = Lanes(chance, kind, MathF.Tan(yaw * MathF.PI / 180) * distance),
            LaneWidthMetres = 3.5f,
            Sunshine = light.Sunshine,
            IsApproaching = chance.Next(100) < 56,
        };
        var turn = kind switch
        {
            ViewKind.Hand => 50f,
            ViewKind.Toll => 14,
            _ => chance.Next(4) == 0 ? 25 : 4,
        };
        return new ViewPoint(kind, scene, light, turn * MathF.PI / 180, Range(kind, scene, width, height), isInfrared, chance.Next(4) == 0 ? chance.Between(0.1f, 1.2f) : 0.05f);
    }

    /// <summary>A place on a pole whose picture shows plates of 14 to 120 pixels (of a picture 768 wide) in its middle.</summary>
    private static (float Up, float Focal, float Distance, float Aim) Gantry(Random chance, int width)
    {
        while (true)
        {
            var up = chance.Between(2.5f, 7);
            var focal = chance.Between(0.9f, 4.2f);
            var plate = width / 768f * MathF.Exp(chance.Between(MathF.Log(16), MathF.Log(120)));
            var distance = focal * width * PlateMetres / plate;
            var pitch = MathF.Atan((up - 0.8f) / distance) * 180 / MathF.PI;
            if (pitch is > 3 and < 30 && distance is > 4 and < 70)
            {
                return (up, focal, distance, 0.8f);
            }
        }
    }

    private static List<float> Lanes(Random chance, ViewKind kind, float centre)
    {
        var count = kind is ViewKind.Toll ? 1 : 1 + chance.Next(3);
        var first = centre + chance.Between(-2.2f, 2.2f) - ((count - 1) * 1.75f);
        return [.. Enumerable.Range(0, count).Select(i => first + (i * 3.5f))];
    }

    /// <summary>From where plates come into the picture at its lower edge to where they are 10 pixels wide.</summary>
    private static (float, float) Range(ViewKind kind, CameraScene scene, int width, int height)
    {
        var lowest = (scene.PitchDegrees * MathF.PI / 180) + MathF.Atan(height * 0.46f / (scene.FocalLengthInPictureWidths * width));
        var nearest = MathF.Max(kind is ViewKind.Gantry ? 3.5f : 2.2f, (scene.HeightMetres - 0.6f) / MathF.Tan(MathF.Max(0.02f, lowest)));
        var farthest = scene.FocalLengthInPictureWidths * width * PlateMetres / (width / 768f * (kind is ViewKind.Toll ? 40 : 11));
        return (nearest, MathF.Max(nearest * 1.4f, farthest));
    }

    private static LightConditions LightAt(Random chance, out bool isInfrared)
    {
        isInfrared = false;
        var light = new LightConditions
        {
            Sunshine = chance.NextSingle() * chance.NextSingle() * 1.6f,

            // From anywhere: in a quarter of the places the sun stands behind the vehicles and their fronts are in shade.
            SunDirection = Vector3.Normalize(new Vector3(chance.Between(-1, 1), chance.Between(-1, 0.6f), chance.Between(0.25f, 1.1f))),
            Surroundings = chance.Between(0, 6),
        };
        switch (chance.Next(100))
        {
            case < 66:
                return light with { Level = chance.Between(0.8f, 1.6f), Tint = TintAround(chance, 0.08f) };
            case < 80:
                return light with { Sunshine = 0, Level = chance.Between(0.14f, 0.5f), Tint = TintAround(chance, 0.2f) };
            case < 91:
                return new LightConditions { IsNight = true, StreetLight = chance.Between(0.6f, 9), Fill = chance.Between(0.3f, 1.5f), PlateGain = chance.Between(1, 3.5f) };
            default:
                isInfrared = true;
                return new LightConditions { IsNight = true, StreetLight = chance.Between(0.4f, 3), Fill = chance.Between(0.3f, 1.5f), PlateGain = chance.Between(1.2f, 4) };
        }
    }

    private static Vector3 TintAround(Random chance, float by) => new(1 + chance.Between(-by, by), 1, 1 + chance.Between(-by, by));
}
