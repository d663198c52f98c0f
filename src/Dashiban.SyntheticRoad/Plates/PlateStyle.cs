namespace Dashiban.SyntheticRoad.Plates;

/// <summary>Face of a Chinese number plate after GA 36: background colour and number of rows.</summary>
public enum PlateStyle
{
    /// <summary>Blue, white characters, 440 x 140 mm: cars and vans of up to 9 seats, light trucks.</summary>
    Blue,

    /// <summary>Yellow, black characters, 440 x 140 mm: buses, front of heavy trucks, driving schools (last character 学).</summary>
    Yellow,

    /// <summary>Yellow, black characters in two rows, 440 x 220 mm: rear of heavy trucks and coaches, trailers (last character 挂).</summary>
    YellowDouble,

    /// <summary>White fading into green, black characters, 480 x 140 mm: small new energy vehicles.</summary>
    GreenSmall,

    /// <summary>Yellow behind the first two characters, green behind the rest, 480 x 140 mm: large new energy vehicles.</summary>
    YellowGreen,

    /// <summary>White, black characters, the closing 警 or 应急 in red, 440 x 140 mm.</summary>
    White,

    /// <summary>Black, white characters, 440 x 140 mm: 港 and 澳 vehicles, consulates (领), embassies (使 in front, red).</summary>
    Black,
}
