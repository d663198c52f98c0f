namespace Dashiban.Domain.Plates;

/// <summary>
/// Kind of plate (号牌种类), as far as text, colour and layout tell it. The two-digit codes of GA 24.7 are given by
/// <see cref="PlateClasses.Code"/>.
/// </summary>
public enum PlateClass
{
    /// <summary>Not a plate, or nothing is known of it.</summary>
    Unknown,

    /// <summary>小型汽车: blue, five serial characters.</summary>
    Small,

    /// <summary>大型汽车: yellow, five serial characters.</summary>
    Large,

    /// <summary>An ordinary text whose colour could not be read: small or large.</summary>
    SmallOrLarge,

    /// <summary>小型新能源汽车: green, eight characters, letter in front of the serial.</summary>
    SmallNewEnergy,

    /// <summary>大型新能源汽车: yellow-green, eight characters, letter behind the serial.</summary>
    LargeNewEnergy,

    /// <summary>挂车: the trailer's own plate, yellow, two rows.</summary>
    Trailer,

    /// <summary>教练汽车: driving school, yellow, 学.</summary>
    DrivingSchool,

    /// <summary>警用汽车: white, 警; also the older white plates with the letter O behind the province.</summary>
    Police,

    /// <summary>使馆汽车: black, 使.</summary>
    Embassy,

    /// <summary>领馆汽车: black, 领.</summary>
    Consulate,

    /// <summary>香港入出境车: black, 粤Z…港.</summary>
    HongKong,

    /// <summary>澳门入出境车: black, 粤Z…澳.</summary>
    Macao,

    /// <summary>外籍汽车: black, ordinary text; no longer issued.</summary>
    ForeignOwned,

    /// <summary>轻便摩托车: blue in two rows. A blue car plate never has two rows.</summary>
    Moped,

    /// <summary>应急救援: white, 应急, eight characters.</summary>
    EmergencyRescue,

    /// <summary>武警号牌: white, WJ.</summary>
    ArmedPolice,

    /// <summary>军队号牌: white, two letters and five digits.</summary>
    Military,

    /// <summary>民航: airfield vehicles, 民航 in front.</summary>
    CivilAviation,

    /// <summary>拖拉机: province, two digits of the region, five digits; two rows.</summary>
    Tractor,
}
