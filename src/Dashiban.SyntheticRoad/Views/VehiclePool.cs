using Dashiban.SyntheticRoad.Vehicles;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Views;

/// <summary>A vehicle of the pool: body and finish, cast again and again under other plates, light and cameras.</summary>
/// <param name="Number">Counts all vehicles ever made from 1.</param>
internal sealed record PooledVehicle(int Number, Role Role, VehicleModel Model);

/// <summary>
/// A stock of vehicles of which the oldest is replaced from time to time: making a body with its skins takes longer than
/// drawing it.
/// </summary>
internal sealed class VehiclePool(SKTypeface typeface)
{
    private const int Size = 320;

    /// <summary>About half the resolution of the demo's, since the pictures are less than half as wide.</summary>
    private const float EndPixelsPerMetre = 110;
    private const float FlankPixelsPerMetre = 64;

    private readonly List<PooledVehicle> _vehicles = [];
    private int _made;

    public PooledVehicle Draw(Random chance) => _vehicles[chance.Next(_vehicles.Count)];

    /// <summary>Makes one more vehicle; the oldest goes once the pool is full.</summary>
    public void Renew(Random chance)
    {
        var role = Casting.Choose(chance);
        var shape = ShapeVariation.Of(role.Kind, chance);
        var skins = new SkinArtist(role.Kind, shape, Casting.Finish(role, chance), chance, typeface, EndPixelsPerMetre, FlankPixelsPerMetre);
        var vehicle = new PooledVehicle(++_made, role, VehicleModel.Make(shape, skins));
        if (_vehicles.Count < Size)
        {
            _vehicles.Add(vehicle);
        }
        else
        {
            _vehicles[(_made - 1) % Size] = vehicle;
        }
    }
}
