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

    private VehicleModel(VehicleShape shape, VehicleMesh body, SkinPicture?[] skins, VehicleMesh plate, SkinPicture?[] plateSkins, Vector3[] plateCorners, VehicleShadow shadow)
    {
        (Shape, Body, Skins, Plate, PlateSkins, PlateCorners, Shadow) = (shape, body, skins, plate, plateSkins, plateCorners, shadow);
        Bounds = body.Bounds;
    }

    public VehicleShape Shape { get; }
    public VehicleMesh Body { get; }
    public SkinPicture?[] Skins { get; }
    public VehicleMesh Plate { get; }
    public SkinPicture?[] PlateSkins { get; }
    public (Vector3 Low, Vector3 High) Bounds { get; }

    /// <summary>Top left, top right, bottom right, bottom left as the plate is read; body coordinates.</summary>
    public Vector3[] PlateCorners { get; }

    public VehicleShadow Shadow { get; }

    public static VehicleModel Make(RoadPassage passage, bool isApproaching, PlateArtist plates)
    {
        var shape = VehicleShapes.Of(passage.Vehicle);
        var skins = new SkinArtist(passage.Vehicle, passage.Paint, passage.Look, plates.Typeface).Draw();
        var face = passage.VisiblePlate(isApproaching);
        var corners = Corners(shape, face, isApproaching);
        using var picture = plates.Draw(face);
        var skin = PlateSkin(picture, corners, isApproaching);
        return new VehicleModel(
            shape, BodyBuilder.Build(shape), skins, PlateMesh(corners, isApproaching), WithFrame(skin, isApproaching), corners, new VehicleShadow(shape));
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

    private static SkinPicture PlateSkin(SKBitmap picture, Vector3[] corners, bool isFront)
    {
        var perMetre = PlateArtist.PixelsPerMm * 1000;
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
