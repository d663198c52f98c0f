using System.Numerics;
using Dashiban.SyntheticRoad.Painting;
using Dashiban.SyntheticRoad.Plates;
using Dashiban.SyntheticRoad.Script;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Vehicles;

/// <summary>One vehicle ready to be drawn: body, plate, shadow, lamps. Immutable; shared by all painters.</summary>
internal sealed class VehicleModel
{
    private const float FrameBorder = 0.012f;

    private VehicleModel(VehicleShape shape, VehicleMesh body, SkinPicture?[] skins, VehicleShadow shadow)
    {
        (Shape, Body, Skins, Shadow) = (shape, body, skins, shadow);
        Bounds = body.Bounds;
        (Plate, PlateSkins, PlateCorners) = (new VehicleMesh([], []), [], []);
    }

    public VehicleShape Shape { get; }
    public VehicleMesh Body { get; }
    public SkinPicture?[] Skins { get; }
    public VehicleMesh Plate { get; private init; }
    public SkinPicture?[] PlateSkins { get; private init; }
    public (Vector3 Low, Vector3 High) Bounds { get; }

    /// <summary>Top left, top right, bottom right, bottom left as the plate is read; body coordinates. Empty without a plate.</summary>
    public Vector3[] PlateCorners { get; private init; }

    public VehicleShadow Shadow { get; }

    /// <summary>The demo's vehicle of a passage, with the plate of its visible end.</summary>
    public static VehicleModel Make(RoadPassage passage, bool isApproaching, PlateArtist plates)
    {
        var chance = new Random(((((int)passage.Vehicle * 31) + (int)passage.Paint) * 1009) + passage.Look);
        var shape = VehicleShapes.Of(passage.Vehicle);
        return Make(shape, new SkinArtist(passage.Vehicle, shape, VehicleFinish.Of(passage.Vehicle, passage.Paint), chance, plates.Typeface))
            .WithPlate(passage.VisiblePlate(isApproaching), isApproaching, plates);
    }

    /// <summary>A vehicle without a plate.</summary>
    public static VehicleModel Make(VehicleShape shape, SkinArtist skins) => new(shape, BodyBuilder.Build(shape), skins.Draw(), new VehicleShadow(shape));

    /// <summary>The same vehicle with a plate at one end; body and skins are shared.</summary>
    public VehicleModel WithPlate(PlateFace face, bool isFront, PlateArtist plates)
    {
        var corners = Corners(Shape, face, isFront);
        using var picture = plates.Draw(face);
        return new VehicleModel(Shape, Body, Skins, Shadow)
        {
            Plate = PlateMesh(corners, isFront),
            PlateSkins = WithFrame(PlateSkin(picture, face, corners, isFront), isFront),
            PlateCorners = corners,
        };
    }

    private static Vector3[] Corners(VehicleShape shape, PlateFace face, bool isFront)
    {
        var centre = BodyBuilder.PlateCentre(shape, isFront);
        var (half, tall) = (face.WidthMm / 2000f, face.HeightMm / 2000f);

        // From the front the vehicle's right side is on the reader's left.
        var left = isFront ? -half : half;
        return
        [
            centre + new Vector3(0, left, tall), centre + new Vector3(0, -left, tall),
            centre + new Vector3(0, -left, -tall), centre + new Vector3(0, left, -tall),
        ];
    }

    private static VehicleMesh PlateMesh(Vector3[] corners, bool isFront)
    {
        var builder = new MeshBuilder();
        builder.AddGrid(2, 2, (row, column) => corners[row == 0 ? column : 3 - column], isFront ? Skin.FrontPlate : Skin.RearPlate);

        // A dark frame a little behind the plate.
        var back = new Vector3(isFront ? -0.008f : 0.008f, 0, 0);
        var right = Vector3.Normalize(corners[1] - corners[0]) * FrameBorder;
        var up = Vector3.UnitZ * FrameBorder;
        Vector3[] frame = [corners[0] - right + up + back, corners[1] + right + up + back, corners[2] + right - up + back, corners[3] - right - up + back];
        builder.AddGrid(2, 2, (row, column) => frame[row == 0 ? column : 3 - column], Skin.Trim);
        return builder.Build();
    }

    private static SkinPicture PlateSkin(SKBitmap picture, PlateFace face, Vector3[] corners, bool isFront)
    {
        var perMetre = picture.Width * 1000f / face.WidthMm;
        var left = isFront ? corners[0].Y : -corners[0].Y;
        return new SkinPicture(Texture.From(picture, 0), -left * perMetre, corners[0].Z * perMetre, perMetre);
    }

    private static SkinPicture?[] WithFrame(SkinPicture plate, bool isFront)
    {
        var skins = new SkinPicture?[(int)Skin.RearPlate + 1];
        skins[(int)(isFront ? Skin.FrontPlate : Skin.RearPlate)] = plate;
        skins[(int)Skin.Trim] = new SkinPicture(Texture.Even(new SKColor(30, 30, 32), 20), 0, 0, 1);
        return skins;
    }
}
