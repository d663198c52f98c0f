using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Plates;
using Dashiban.SyntheticRoad.Scenery;
using Dashiban.SyntheticRoad.Script;
using Dashiban.SyntheticRoad.Vehicles;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Painting;

/// <summary>Everything that painters of one film share and never change: camera, light, empty road, vehicles, noise.</summary>
internal sealed class Stage : IDisposable
{
    private readonly PlateArtist _plates = new();
    private readonly SKBitmap _emptyRoad;

    public Stage(CameraScene scene, IReadOnlyList<RoadPassage> passages, RoadRenderOptions options)
    {
        (Scene, Options) = (scene, options);
        Camera = new RoadCamera(scene, options.Width, options.Height);
        Lighting = new Lighting(LightConditions.Of(scene, options.Night));
        _emptyRoad = SceneryArtist.Draw(scene, Camera, _plates.Typeface, options.Seed, options.Night, options.Width, options.Height);
        EmptyPlanes = new byte[Planes.ByteCount(options.Width, options.Height)];
        Planes.Convert(EmptyRoad, options.Width, options.Height, new SKRectI(0, 0, options.Width, options.Height), EmptyPlanes);
        Actors = [.. passages.Select(MakeActor)];
        Noise = new SensorNoise(options.Seed, options.Night ? 3.0f : 1.3f);
    }

    public CameraScene Scene { get; }
    public RoadRenderOptions Options { get; }
    public RoadCamera Camera { get; }
    public Lighting Lighting { get; }
    public SensorNoise Noise { get; }
    public IReadOnlyList<Actor> Actors { get; }
    public byte[] EmptyPlanes { get; }
    public SKTypeface Typeface => _plates.Typeface;
    public ReadOnlySpan<uint> EmptyRoad => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(_emptyRoad.GetPixelSpan());

    public void Dispose()
    {
        _emptyRoad.Dispose();
        _plates.Dispose();
    }

    private Actor MakeActor(RoadPassage passage) =>
        new(passage, VehicleModel.Make(passage, passage.IsApproaching ?? Scene.IsApproaching, _plates), Scene, Camera);
}
