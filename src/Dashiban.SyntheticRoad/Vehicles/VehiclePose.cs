using System.Numerics;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>Where a vehicle stands in the world and which way it heads.</summary>
/// <param name="Middle">The point of the road under the vehicle's middle.</param>
/// <param name="Forward">Unit vector along the road surface.</param>
internal readonly record struct VehiclePose(Vector3 Middle, Vector3 Forward)
{
    private Vector3 Left => new(-Forward.Y, Forward.X, 0);

    public Vector3 ToWorld(Vector3 point) => Middle + Turn(point);

    public Vector3 Turn(Vector3 direction) => (Forward * direction.X) + (Left * direction.Y) + (Vector3.UnitZ * direction.Z);
}
