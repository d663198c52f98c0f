using System.Runtime.InteropServices;
using Dashiban.Vision.Detecting;
using Dashiban.Vision.Imaging;
using Dashiban.Vision.Models;
using Dashiban.Vision.Reading;

namespace Dashiban.Vision.Scenes;

/// <summary>
/// The second look, at full resolution: confirms plates, reads them in one batch and judges every vehicle's seats. One per lane;
/// not safe for several threads.
/// </summary>
public sealed class SceneReader : IDisposable
{
    /// <summary>More vehicles than this in one picture are not judged; a full six-lane gantry shows fewer.</summary>
    private const int MostVehicles = 32;

    /// <summary>Narrower regions say nothing about seats, pixels.</summary>
    private const float LeastVehicleSide = 16;

    private readonly PictureSampler _sampler = new();
    private readonly SecondLook? _secondLook;
    private readonly PlateReader _reader;
    private readonly SeatClassifier _seats;
    private readonly PlateCropRecipe _crop;
    private readonly float _threshold;
    private readonly float _overlap;
    private readonly int _mostPlates;
    private readonly List<PlateDetection> _plates = [];
    private readonly List<PlateReading> _readings = [];
    private readonly List<Subject> _subjects = [];
    private readonly int[] _owners;

    internal SceneReader(OnnxModel? secondLook, OnnxModel reader, OnnxModel seats, float threshold, float overlap, int mostPlates)
    {
        _secondLook = secondLook is null ? null : new SecondLook(secondLook);
        _reader = new PlateReader(reader, mostPlates);
        _seats = new SeatClassifier(seats, MostVehicles + mostPlates);
        _crop = reader.Manifest.Reading!.Crop;
        (_threshold, _overlap, _mostPlates) = (threshold, overlap, mostPlates);
        _owners = new int[mostPlates];
    }

    /// <summary>
    /// Replaces the contents of <paramref name="into"/> by one look per vehicle. Every confirmed plate belongs to exactly one
    /// of them; a vehicle without a plate is there too.
    /// </summary>
    public void Read(I420Picture picture, SceneDetections detections, List<VehicleLook> into)
    {
        into.Clear();
        ConfirmPlates(picture, detections.Plates);
        FindSubjects(picture, detections.Vehicles);
        _reader.Read(picture, CollectionsMarshal.AsSpan(_plates), _sampler, _readings);
        foreach (var subject in _subjects)
        {
            if (IsJudgeable(subject))
            {
                _seats.Add(picture, subject.Region, subject.Plate < 0 ? null : _plates[subject.Plate].Corners, _sampler);
            }
        }

        _seats.Run();
        var judged = 0;
        foreach (var subject in _subjects)
        {
            into.Add(new VehicleLook(
                subject.Region, subject.From, subject.Confidence,
                subject.Plate < 0 ? null : _plates[subject.Plate],
                subject.Plate < 0 ? null : _readings[subject.Plate],
                IsJudgeable(subject) ? _seats.ReadingAt(judged++) : null));
        }
    }

    /// <summary>Whether a picture that is one plate shows two rows, by its shape: GA 36 has 440 x 140 mm and 440 x 220 mm.</summary>
    public static bool LooksDoubleRow(I420Picture plate)
    {
        const float BetweenSingleAndDouble = 2.35f;
        return (float)plate.Width / plate.Height < BetweenSingleAndDouble;
    }

    /// <summary>Reads a picture that is one plate and nothing else, by the same network and the same crop.</summary>
    public PlateReading ReadPlate(I420Picture picture)
    {
        var plate = new PlateDetection(PlateRectifier.WholePicture(picture, _crop), 1, LooksDoubleRow(picture));
        _reader.Read(picture, [plate], _sampler, _readings);
        return _readings[0];
    }

    public void Dispose()
    {
        _seats.Dispose();
        _reader.Dispose();
        _secondLook?.Dispose();
        _sampler.Dispose();
    }

    private static bool IsJudgeable(Subject subject) => subject.Region.Width >= LeastVehicleSide && subject.Region.Height >= LeastVehicleSide;

    private void ConfirmPlates(I420Picture picture, List<PlateDetection> candidates)
    {
        _plates.Clear();
        foreach (var candidate in candidates)
        {
            var plate = _secondLook is null ? candidate : _secondLook.Look(picture, candidate, _sampler);
            if (plate.Confidence >= _threshold && _plates.Count < _mostPlates)
            {
                AddUnlessSeen(plate);
            }
        }
    }

    /// <summary>Two candidates can lead to the same plate; the surer answer stays.</summary>
    private void AddUnlessSeen(PlateDetection plate)
    {
        for (var i = 0; i < _plates.Count; i++)
        {
            if (plate.Corners.IntersectionOverUnion(_plates[i].Corners) >= _overlap)
            {
                _plates[i] = plate.Confidence > _plates[i].Confidence ? plate : _plates[i];
                return;
            }
        }

        _plates.Add(plate);
    }

    private void FindSubjects(I420Picture picture, List<VehicleBox> vehicles)
    {
        _subjects.Clear();
        var owners = _owners.AsSpan(0, _plates.Count);
        var seen = CollectionsMarshal.AsSpan(vehicles)[..Math.Min(vehicles.Count, MostVehicles)];
        VehicleRegion.Assign(CollectionsMarshal.AsSpan(_plates), seen, owners);
        for (var vehicle = 0; vehicle < seen.Length; vehicle++)
        {
            _subjects.Add(new(seen[vehicle].Box, VehicleRegionOrigin.Detector, seen[vehicle].Confidence, owners.IndexOf(vehicle)));
        }

        for (var plate = 0; plate < owners.Length; plate++)
        {
            if (owners[plate] < 0)
            {
                var region = VehicleRegion.FromPlate(_plates[plate].Corners, picture.Width, picture.Height);
                _subjects.Add(new(region, VehicleRegionOrigin.Plate, _plates[plate].Confidence, plate));
            }
        }
    }

    /// <summary>One vehicle to be: its region, where that comes from, and the number of its plate or -1.</summary>
    private readonly record struct Subject(Box Region, VehicleRegionOrigin From, float Confidence, int Plate);
}
