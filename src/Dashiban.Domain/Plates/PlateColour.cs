namespace Dashiban.Domain.Plates;

/// <summary>Background colour of a plate. GA 36: green is the small, yellow-green the large new-energy plate.</summary>
public enum PlateColour
{
    Unknown,
    Blue,
    Yellow,
    Green,
    YellowGreen,
    White,
    Black,
}

/// <summary>Rows of characters on a plate.</summary>
public enum PlateLayout
{
    SingleRow,
    DoubleRow,
}
