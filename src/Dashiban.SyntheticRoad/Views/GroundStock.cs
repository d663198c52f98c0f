using Dashiban.SyntheticRoad.Scenery;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Views;

/// <summary>Ground pictures made once and laid under many roads: making them takes longer than drawing with them.</summary>
internal sealed class GroundStock : IDisposable
{
    private const int OfEach = 4;

    private readonly SKImage[] _asphalt;
    private readonly SKImage[] _grass;
    private readonly SKImage[] _tiles;
    private readonly SKImage[] _patches;

    public GroundStock(Random chance)
    {
        _asphalt = Make(() => Surfaces.Asphalt(chance));
        _grass = Make(() => Surfaces.Grass(chance));
        _tiles = Make(() => Surfaces.Tiles(chance));
        _patches = Make(() => Surfaces.Patches(chance, chance.Next(30, 90)));
    }

    public SKImage Asphalt(Random chance) => _asphalt[chance.Next(OfEach)];

    public SKImage Grass(Random chance) => _grass[chance.Next(OfEach)];

    public SKImage Tiles(Random chance) => _tiles[chance.Next(OfEach)];

    /// <summary>Transparent clouds that hide repetition.</summary>
    public SKImage Patches(Random chance) => _patches[chance.Next(OfEach)];

    public void Dispose()
    {
        foreach (var picture in (SKImage[])[.. _asphalt, .. _grass, .. _tiles, .. _patches])
        {
            picture.Dispose();
        }
    }

    private static SKImage[] Make(Func<SKBitmap> draw) => [.. Enumerable.Range(0, OfEach).Select(_ =>
    {
        using var picture = draw();
        return SKImage.FromBitmap(picture);
    })];
}
