using System.Numerics;
using System.Runtime.CompilerServices;

namespace Dashiban.SyntheticRoad.Painting;

/// <summary>
/// The light of a scene. Linear intensities: 1 is white paper under the open sky. By day sky, ground and sun; at night a
/// lamp beside the camera that lights what is near it.
/// </summary>
internal sealed class Lighting
{
    private const int MapSize = 64;

    private readonly Vector4[] _above = new Vector4[MapSize * MapSize];
    private readonly Vector4[] _below = new Vector4[MapSize * MapSize];
    private readonly Vector4 _sky;
    private readonly Vector4 _ground;
    private readonly Vector4 _sun;
    private readonly Vector4 _fill;

    private readonly LightConditions _conditions;

    public Lighting(LightConditions conditions)
    {
        _conditions = conditions;
        if (IsNight)
        {
            _sky = new Vector4(0.020f, 0.022f, 0.028f, 0) * conditions.StreetLight;
            _ground = new Vector4(0.012f, 0.011f, 0.010f, 0) * conditions.StreetLight;
            _fill = new Vector4(0.62f, 0.64f, 0.66f, 0) * conditions.Fill;
        }
        else
        {
            var sunshine = conditions.Sunshine;
            var tint = new Vector4(conditions.Tint * conditions.Level, 0);
            _sky = new Vector4(0.86f, 0.89f, 0.93f, 0) * (0.92f - (0.25f * sunshine)) * tint;
            _ground = new Vector4(0.24f, 0.24f, 0.23f, 0) * tint;
            _sun = new Vector4(1.0f, 0.95f, 0.86f, 0) * 0.75f * sunshine * tint;
        }

        FillMap(_above, 1, conditions.Sunshine);
        FillMap(_below, -1, conditions.Sunshine);
    }

    public bool IsNight => _conditions.IsNight;

    /// <summary>How bright a plate is against paint of its colour in the same place.</summary>
    public float PlateGain => IsNight ? _conditions.PlateGain : 1;

    /// <summary>Towards the sun.</summary>
    private Vector3 SunDirection => _conditions.SunDirection;

    /// <summary>How strongly the lamp at the camera lights something at a distance in metres: 1 at 18 m, less beyond.</summary>
    public static float FillAt(float distance)
    {
        var ratio = 18 / MathF.Max(distance, 12);
        return ratio * ratio;
    }

    /// <summary>Light arriving at a surface; <paramref name="fill"/> comes from <see cref="FillAt"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector4 Arriving(Vector3 normal, float towardsCamera, float fill)
    {
        var light = Vector4.Lerp(_ground, _sky, (normal.Z * 0.5f) + 0.5f);
        return IsNight
            ? light + (_fill * (towardsCamera * fill))
            : light + (_sun * MathF.Max(0, Vector3.Dot(normal, SunDirection)));
    }

    /// <summary>What a mirror shows in a direction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector4 Mirrored(Vector3 direction)
    {
        var scale = (MapSize - 2) * 0.5f / (1 + MathF.Abs(direction.Z));
        var x = (direction.X * scale) + ((MapSize - 1) * 0.5f);
        var y = (direction.Y * scale) + ((MapSize - 1) * 0.5f);
        var (left, top) = ((int)x, (int)y);
        var map = direction.Z >= 0 ? _above : _below;
        var corner = (top * MapSize) + left;
        return Vector4.Lerp(
            Vector4.Lerp(map[corner], map[corner + 1], x - left),
            Vector4.Lerp(map[corner + MapSize], map[corner + MapSize + 1], x - left),
            y - top);
    }

    private void FillMap(Vector4[] map, int side, float sunshine)
    {
        for (var y = 0; y < MapSize; y++)
        {
            for (var x = 0; x < MapSize; x++)
            {
                // Inverse of the parabolic projection used by Mirrored.
                var (px, py) = (((x * 2) - (MapSize - 1f)) / (MapSize - 2), ((y * 2) - (MapSize - 1f)) / (MapSize - 2));
                var squared = MathF.Min(1, (px * px) + (py * py));
                var z = (1 - squared) / (1 + squared);
                var direction = new Vector3(px * (1 + z), py * (1 + z), z * side);
                map[(y * MapSize) + x] = IsNight ? NightEnvironment(direction) : DayEnvironment(direction, sunshine) * new Vector4(_conditions.Tint * _conditions.Level, 0);
            }
        }
    }

    private Vector4 DayEnvironment(Vector3 direction, float sunshine)
    {
        if (direction.Z < 0)
        {
            // Road below, darker towards the horizon where verge and vehicles stand.
            var far = 1 + direction.Z;
            return Vector4.Lerp(new Vector4(0.20f, 0.20f, 0.20f, 0), new Vector4(0.11f, 0.12f, 0.11f, 0), far);
        }

        // Trees, slopes and houses at both sides, lower along the road; their outline and the clouds turn with the surroundings.
        var side = MathF.Abs(direction.X);
        var turned = MathF.Atan2(direction.X, direction.Y) + _conditions.Surroundings;
        var skyline = 0.07f + (0.20f * side * side) + (0.05f * MathF.Sin(turned * 3)) + (0.05f * MathF.Sin((turned * 7) + 1)) + (0.03f * MathF.Sin(turned * 17));
        if (direction.Z < skyline)
        {
            return new Vector4(0.07f, 0.08f, 0.06f, 0) * (1 + (0.4f * MathF.Sin(turned * 11)));
        }

        var sky = Vector4.Lerp(new Vector4(0.98f, 0.99f, 1.0f, 0), new Vector4(0.56f, 0.67f, 0.82f, 0), direction.Z) * (1.05f - (0.2f * sunshine));
        sky *= 1 + (0.22f * MathF.Sin((turned * 5) + (direction.Z * 9)) * MathF.Sin((direction.Y * 6) + (direction.X * 4) + 1));
        var towardsSun = MathF.Max(0, Vector3.Dot(direction, SunDirection));
        return sky + (new Vector4(1, 0.96f, 0.88f, 0) * sunshine * 6 * MathF.Pow(towardsSun, 60));
    }

    private static Vector4 NightEnvironment(Vector3 direction)
    {
        var dark = new Vector4(0.012f, 0.014f, 0.020f, 0);

        // The lamp at the camera and two street lamps along the road.
        var glow = MathF.Pow(MathF.Max(0, Vector3.Dot(direction, Vector3.Normalize(new Vector3(0.05f, -0.95f, 0.32f)))), 220) * 5;
        glow += MathF.Pow(MathF.Max(0, Vector3.Dot(direction, Vector3.Normalize(new Vector3(0.5f, 0.2f, 0.8f)))), 400) * 3;
        glow += MathF.Pow(MathF.Max(0, Vector3.Dot(direction, Vector3.Normalize(new Vector3(-0.5f, -0.3f, 0.8f)))), 400) * 3;
        return dark + (new Vector4(1, 0.96f, 0.9f, 0) * glow);
    }
}
