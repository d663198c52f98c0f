using System.Numerics;
using Dashiban.SyntheticRoad.Camera;

namespace Dashiban.SyntheticRoad.Painting;

/// <summary>Weather, hour and lamps of a scene.</summary>
internal sealed record LightConditions
{
    public bool IsNight { get; init; }

    /// <summary>0 is an overcast sky without shadows, 1 full sun.</summary>
    public float Sunshine { get; init; }

    /// <summary>Towards the sun; from behind the vehicles (y positive) their fronts lie in shade.</summary>
    public Vector3 SunDirection { get; init; } = Vector3.Normalize(new Vector3(-0.55f, -0.45f, 0.9f));

    /// <summary>Daylight as a share of noon: dusk is 0.1 to 0.4.</summary>
    public float Level { get; init; } = 1;

    /// <summary>Colour of daylight.</summary>
    public Vector3 Tint { get; init; } = Vector3.One;

    /// <summary>By night: light of street lamps all around, 1 as on the demo's dark road.</summary>
    public float StreetLight { get; init; } = 1;

    /// <summary>By night: strength of the lamp at the camera.</summary>
    public float Fill { get; init; } = 1;

    /// <summary>By night: how much of the camera's light plates send back, as a multiple of paint.</summary>
    public float PlateGain { get; init; } = 1.5f;

    /// <summary>Turns the surroundings that glossy surfaces mirror; radians.</summary>
    public float Surroundings { get; init; }

    /// <summary>The demo's light at a camera.</summary>
    public static LightConditions Of(CameraScene scene, bool night) => new() { IsNight = night, Sunshine = scene.Sunshine };
}
