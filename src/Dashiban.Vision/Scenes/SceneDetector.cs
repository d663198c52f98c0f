using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Models;

namespace Dashiban.Vision.Scenes;

/// <summary>The first look at a whole picture: where are plates and vehicles? One per lane; not safe for several threads.</summary>
public sealed class SceneDetector : IDisposable
{
    /// <summary>A cheaper input is taken where it shows the picture at this share or more of the best scale.</summary>
    private const float GoodEnoughScale = 0.85f;

    private readonly PictureSampler _sampler = new();
    private readonly Shapes _plates;
    private readonly Shapes _vehicles;
    private readonly int _mostPlates;

    internal SceneDetector(IEnumerable<OnnxModel> plates, IEnumerable<OnnxModel> vehicles, int mostPlates)
    {
        _plates = new Shapes(plates);
        _vehicles = new Shapes(vehicles);
        _mostPlates = mostPlates;
    }

    /// <summary>Replaces the contents of <paramref name="into"/> by what is found in the picture.</summary>
    public void Detect(I420Picture picture, SceneDetections into)
    {
        into.Clear();
        if (_plates.For(picture) is { } plates)
        {
            plates.Look(picture, _sampler);
            plates.AddPlates(into.Plates, _mostPlates);
            plates.AddVehicles(into.Vehicles, picture);
        }

        if (_vehicles.For(picture) is { } vehicles)
        {
            vehicles.Look(picture, _sampler);
            vehicles.AddVehicles(into.Vehicles, picture);
        }
    }

    public void Dispose()
    {
        _plates.Dispose();
        _vehicles.Dispose();
        _sampler.Dispose();
    }

    /// <summary>The same network at several input shapes; buffers are made when a shape is first used.</summary>
    private sealed class Shapes(IEnumerable<OnnxModel> models) : IDisposable
    {
        private readonly OnnxModel[] _models = [.. models.OrderBy(model => model.File.Width * model.File.Height)];
        private readonly Dictionary<OnnxModel, FirstLook> _looks = [];

        /// <summary>The cheapest shape that shows the picture large enough; null where there is no model.</summary>
        public FirstLook? For(I420Picture picture)
        {
            var best = 0f;
            foreach (var model in _models)
            {
                best = MathF.Max(best, Scale(model, picture));
            }

            foreach (var model in _models)
            {
                if (Scale(model, picture) >= best * GoodEnoughScale)
                {
                    return LookWith(model);
                }
            }

            return null;
        }

        public void Dispose()
        {
            foreach (var look in _looks.Values)
            {
                look.Dispose();
            }
        }

        /// <summary>A picture is never worth enlarging: beyond 1 every scale is as good.</summary>
        private static float Scale(OnnxModel model, I420Picture picture) =>
            MathF.Min(1, Letterbox.Scale(picture.Width, picture.Height, model.File.Width, model.File.Height));

        private FirstLook LookWith(OnnxModel model)
        {
            if (!_looks.TryGetValue(model, out var look))
            {
                _looks.Add(model, look = new FirstLook(model));
            }

            return look;
        }
    }
}
