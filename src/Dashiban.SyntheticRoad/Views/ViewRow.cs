using System.Globalization;
using System.Numerics;

namespace Dashiban.SyntheticRoad.Views;

/// <summary>One vehicle in one picture: a row of <c>views.csv</c>.</summary>
/// <param name="Picture">File name of the picture.</param>
/// <param name="Width">Of the picture, pixels.</param>
/// <param name="Height">Of the picture, pixels.</param>
/// <param name="View">gantry, toll or hand: from where the picture is taken.</param>
/// <param name="Light">day, dusk, night or infrared.</param>
/// <param name="Model">Number of the vehicle's body and finish; rows with equal numbers show the same vehicle, perhaps with another plate.</param>
/// <param name="Kind">Body, for instance <c>microvan</c>.</param>
/// <param name="SeatClass">car_le6, van_7_9, minibus_10_19, coach_ge20, truck or other.</param>
/// <param name="Box">x1, y1, x2, y2 of what the body covers, pixels, not clipped to the picture, without the shadow.</param>
/// <param name="VisibleShare">How much of the body is in the picture and not behind another vehicle, 0 to 1.</param>
/// <param name="ShowsFront">True where the front is seen, false for the rear.</param>
/// <param name="Plate">The whole text without separator dot; empty where the vehicle carries no plate.</param>
/// <param name="PlateColour">blue, yellow, green or yellow_green; empty without a plate.</param>
/// <param name="PlateRows">1 or 2; 0 without a plate.</param>
/// <param name="IsPlateVisible">True where the whole plate is in the picture, in front of everything and not edge-on.</param>
/// <param name="PlateCorners">Top left, top right, bottom right, bottom left as the plate is read, pixels; zeros without a plate.</param>
internal sealed record ViewRow(
    string Picture,
    int Width,
    int Height,
    string View,
    string Light,
    int Model,
    string Kind,
    string SeatClass,
    Vector4 Box,
    float VisibleShare,
    bool ShowsFront,
    string Plate,
    string PlateColour,
    int PlateRows,
    bool IsPlateVisible,
    IReadOnlyList<Vector2> PlateCorners)
{
    /// <summary>The columns, in the order in which <see cref="ToString"/> writes them.</summary>
    public const string Header =
        "picture,width,height,view,light,model,kind,seat_class,x1,y1,x2,y2,visible,end,plate_text,plate_colour,plate_rows,plate_visible,"
        + "tl_x,tl_y,tr_x,tr_y,br_x,br_y,bl_x,bl_y";

    public override string ToString() => string.Join(',', Fields());

    private IEnumerable<string> Fields()
    {
        yield return Picture;
        yield return Width.ToString(CultureInfo.InvariantCulture);
        yield return Height.ToString(CultureInfo.InvariantCulture);
        yield return View;
        yield return Light;
        yield return Model.ToString(CultureInfo.InvariantCulture);
        yield return Kind;
        yield return SeatClass;
        foreach (var side in new[] { Box.X, Box.Y, Box.Z, Box.W })
        {
            yield return Pixels(side);
        }

        yield return VisibleShare.ToString("0.000", CultureInfo.InvariantCulture);
        yield return ShowsFront ? "front" : "rear";
        yield return Plate;
        yield return PlateColour;
        yield return PlateRows.ToString(CultureInfo.InvariantCulture);
        yield return IsPlateVisible ? "1" : "0";
        for (var i = 0; i < 4; i++)
        {
            var corner = i < PlateCorners.Count ? PlateCorners[i] : Vector2.Zero;
            yield return Pixels(corner.X);
            yield return Pixels(corner.Y);
        }
    }

    private static string Pixels(float value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
