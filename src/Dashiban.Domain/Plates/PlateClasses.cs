namespace Dashiban.Domain.Plates;

/// <summary>Which vehicles carry a class of plates, in seats (driver included), where the class says anything.</summary>
/// <param name="Min">Fewest seats; 0 where the class says nothing.</param>
/// <param name="Max">Most seats; null where the class sets no limit.</param>
/// <param name="MayBeGoods">True where goods vehicles carry the class too.</param>
public readonly record struct PlateSeats(int Min, int? Max, bool MayBeGoods);

/// <summary>Facts about plate classes.</summary>
public static class PlateClasses
{
    /// <summary>
    /// Code of GA 24.7 (机动车登记信息代码 第7部分: 号牌种类代码); 99 (其他号牌) for what has none of its own. Clients of
    /// provincial platforms differ in the codes of armed police and military; the numbers here are those of GA/T 24.7-2005.
    /// </summary>
    public static string Code(this PlateClass plate) => plate switch
    {
        PlateClass.Large => "01",
        PlateClass.Small => "02",
        PlateClass.Embassy => "03",
        PlateClass.Consulate => "04",
        PlateClass.ForeignOwned => "06",
        PlateClass.Moped => "08",
        PlateClass.Tractor => "14",
        PlateClass.Trailer => "15",
        PlateClass.DrivingSchool => "16",
        PlateClass.Police => "23",
        PlateClass.HongKong => "26",
        PlateClass.Macao => "27",
        PlateClass.ArmedPolice => "31",
        PlateClass.Military => "32",
        PlateClass.LargeNewEnergy => "51",
        PlateClass.SmallNewEnergy => "52",
        _ => "99",
    };

    /// <summary>
    /// Seats by class. GA 802: a small passenger vehicle is shorter than 6 m and seats at most 9; medium (10 to 19) and large
    /// (20 and more) ones carry the large plate, which goods vehicles carry as well.
    /// </summary>
    public static PlateSeats Seats(this PlateClass plate) => plate switch
    {
        PlateClass.Small or PlateClass.SmallNewEnergy => new(1, 9, MayBeGoods: true),
        PlateClass.Large or PlateClass.LargeNewEnergy => new(10, null, MayBeGoods: true),
        PlateClass.Trailer => new(0, 0, MayBeGoods: true),
        PlateClass.Moped => new(1, 2, MayBeGoods: false),
        PlateClass.Tractor => new(1, 2, MayBeGoods: true),
        _ => new(0, null, MayBeGoods: true),
    };

    /// <summary>True for classes whose vehicles seat at most 9: blue and small green.</summary>
    public static bool IsSmall(this PlateClass plate) => plate is PlateClass.Small or PlateClass.SmallNewEnergy;

    /// <summary>True for classes whose passenger vehicles seat 10 and more: yellow and yellow-green.</summary>
    public static bool IsLarge(this PlateClass plate) => plate is PlateClass.Large or PlateClass.LargeNewEnergy;
}
