namespace Dashiban.Vision.Reading;

/// <summary>The plate colours' names in manifests, JSON and label files.</summary>
public static class PlateColours
{
    /// <summary>The name, lower case with underscores, such as <c>yellow_green</c>.</summary>
    public static string Name(PlateColourClass colour) => colour switch
    {
        PlateColourClass.Blue => "blue",
        PlateColourClass.Yellow => "yellow",
        PlateColourClass.Green => "green",
        PlateColourClass.YellowGreen => "yellow_green",
        PlateColourClass.White => "white",
        PlateColourClass.Black => "black",
        _ => "unknown",
    };

    /// <summary>The colour with this name; false where there is none.</summary>
    public static bool TryParse(string name, out PlateColourClass colour)
    {
        colour = Enum.GetValues<PlateColourClass>().FirstOrDefault(value => Name(value) == name);
        return colour != PlateColourClass.Unknown;
    }
}
