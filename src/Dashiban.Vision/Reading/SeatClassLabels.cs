namespace Dashiban.Vision.Reading;

/// <summary>The seat classes' names in manifests, JSON and label files.</summary>
public static class SeatClassLabels
{
    /// <summary>The name, lower case with underscores, such as <c>van_7_9</c>.</summary>
    public static string Name(SeatClassLabel label) => label switch
    {
        SeatClassLabel.CarLe6 => "car_le6",
        SeatClassLabel.Van7To9 => "van_7_9",
        SeatClassLabel.Minibus10To19 => "minibus_10_19",
        SeatClassLabel.CoachGe20 => "coach_ge20",
        SeatClassLabel.Truck => "truck",
        SeatClassLabel.Other => "other",
        _ => "unknown",
    };

    /// <summary>The class with this name; false where there is none.</summary>
    public static bool TryParse(string name, out SeatClassLabel label)
    {
        label = Enum.GetValues<SeatClassLabel>().FirstOrDefault(value => Name(value) == name);
        return label != SeatClassLabel.Unknown;
    }
}
