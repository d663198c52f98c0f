using Dashiban.SyntheticRoad.Plates;
using Dashiban.SyntheticRoad.Vehicles;
using SkiaSharp;

namespace Dashiban.SyntheticRoad.Views;

/// <summary>What a vehicle is registered as: body, seats, and the plates that follow from them.</summary>
/// <param name="IsDelivery">A van without side windows behind the front doors.</param>
internal readonly record struct Role(VehicleKind Kind, string SeatClass, PlateStyle Plate, bool IsDelivery);

/// <summary>Chooses who drives past and how it is painted, so that nothing but the body tells the classes apart.</summary>
internal static class Casting
{
    /// <summary>
    /// How often a kind is cast, in relation to the others. Classes come out at car 30, van 27, minibus 11, coach 14, truck
    /// 17 and other 9: what is rare on the road and hard to tell apart is shown more often than one meets it.
    /// </summary>
    private static readonly (VehicleKind Kind, int Weight, bool IsDelivery)[] Kinds =
    [
        (VehicleKind.Sedan, 12, false), (VehicleKind.Hatchback, 6, false), (VehicleKind.Suv, 13, false),
        (VehicleKind.Mpv, 7, false), (VehicleKind.CompactMpv, 6, false), (VehicleKind.Microvan, 9, false), (VehicleKind.HighRoofVan, 8, false),
        (VehicleKind.Minibus, 8, false), (VehicleKind.ShortCoach, 4, false), (VehicleKind.CityBus, 4, false), (VehicleKind.Coach, 6, false),
        (VehicleKind.LightTruck, 6, false), (VehicleKind.HeavyTruck, 4, false), (VehicleKind.Tipper, 3, false), (VehicleKind.Tanker, 2, false), (VehicleKind.Flatbed, 2, false),
        (VehicleKind.Pickup, 3, false), (VehicleKind.ThreeWheeler, 2, false), (VehicleKind.Microvan, 2, true), (VehicleKind.HighRoofVan, 2, true),
    ];

    private static readonly string[] Boards = ["旅游客运", "县内班车", "城乡公交", "101路", "机关用车", "团体包车", "校车", "忠县—万州", "开往火车站", "102 东门", "商务用车", "电动公交 8路"];
    private static readonly string[] BusNames = ["安全行车", "平安到家", "客运有限公司", "旅游", "宇通客车", "金龙", "公交", "一路平安", "运输公司"];
    private static readonly string[] TruckNames = ["东风", "解放", "江淮", "江铃", "重汽", "福田", "JAC", "FOTON", "HOWO", "FAW", "一路平安", "平安", "物流"];
    private static readonly string[] Routes = ["县城—大石 客运", "忠县—万州", "核载29人", "文明乘车", "旅游客运", "城乡公交", "校车", "监督电话 12328", "渝客运", "商务接送"];
    private static readonly string[] Slogans = ["货运代理 搬家", "快递物流", "建材批发", "冷链运输", "农产品直销", "危险品 严禁烟火", "渝F12345", "川A6789挂", "家电维修"];

    public static Role Choose(Random chance)
    {
        var ticket = chance.Next(Kinds.Sum(kind => kind.Weight));
        var i = 0;
        while (ticket >= Kinds[i].Weight)
        {
            ticket -= Kinds[i++].Weight;
        }

        var (kind, _, isDelivery) = Kinds[i];
        var seats = isDelivery ? "other" : VehicleShapes.SeatClass(kind);

        // From outside nobody can tell a high-roof van of 9 seats from one of 15; the plate can.
        if (kind is VehicleKind.HighRoofVan && !isDelivery && chance.Next(100) < 38)
        {
            seats = "minibus_10_19";
        }

        return new Role(kind, seats, Plate(kind, seats, chance), isDelivery);
    }

    /// <summary>The plate of a class: blue or small green up to 9 seats and for light trucks, yellow or yellow-green above.</summary>
    public static PlateStyle Plate(VehicleKind kind, string seatClass, Random chance)
    {
        var ticket = chance.Next(100);
        return seatClass switch
        {
            "car_le6" => ticket < 78 ? PlateStyle.Blue : PlateStyle.GreenSmall,
            "van_7_9" => ticket < (kind is VehicleKind.Mpv ? 75 : 88) ? PlateStyle.Blue : PlateStyle.GreenSmall,
            "minibus_10_19" => ticket < 90 ? PlateStyle.Yellow : PlateStyle.YellowGreen,
            "coach_ge20" => ticket < (kind is VehicleKind.CityBus ? 45 : 88) ? PlateStyle.Yellow : PlateStyle.YellowGreen,
            "truck" when kind is VehicleKind.LightTruck => ticket < 68 ? PlateStyle.Blue : ticket < 92 ? PlateStyle.Yellow : PlateStyle.GreenSmall,
            "truck" => ticket < 94 ? PlateStyle.Yellow : PlateStyle.YellowGreen,
            _ => kind is VehicleKind.ThreeWheeler ? PlateStyle.Yellow : ticket < 85 ? PlateStyle.Blue : PlateStyle.GreenSmall,
        };
    }

    public static VehicleFinish Finish(Role role, Random chance)
    {
        var isLarge = VehicleShapes.Of(role.Kind).HasFlatFront;
        var isTruck = VehicleShapes.Of(role.Kind).Cargo is not null;
        var paint = isTruck ? TruckPaint(chance) : Paint(chance, isLarge || role.Kind is VehicleKind.Microvan or VehicleKind.HighRoofVan or VehicleKind.CompactMpv);
        var glass = Glass(chance);
        return new VehicleFinish
        {
            Paint = paint,
            LowerPaint = LowerPaint(role, isLarge, isTruck, chance),
            Bumper = chance.Next(6) < (isTruck ? 4 : role.Kind is VehicleKind.Suv ? 3 : 1) ? Jitter(new SKColor(58, 60, 63), 20, chance) : null,
            Stripe = isLarge && !isTruck && chance.Next(2) == 0 ? Any(chance) : null,
            Lamps = Lamps(isLarge, chance),
            Grille = Grille(role, chance),
            LowerGlass = Material.Shade(glass, 1.2f),
            UpperGlass = glass,
            ShowsInside = chance.Next(4) > 0,
            SunStrip = chance.Next(7) == 0 ? Any(chance) : null,
            HasPanels = role.IsDelivery,
            HasDarkMask = isLarge && !isTruck && chance.Next(3) == 0,
            HasDayLights = chance.Next(7) == 0,
            HasTailBar = !isTruck && chance.Next(6) == 0,
            HasCladding = role.Kind is VehicleKind.Suv or VehicleKind.Pickup && chance.Next(2) == 0,
            Glare = chance.Next(2) == 0 ? chance.NextSingle() : 0,
            HasSplitScreen = isLarge && !isTruck && chance.Next(3) == 0,
            Board = HasBoard(role.Kind, chance) ? Pick(isTruck ? TruckNames : Boards, chance) : null,
            FrontLettering = isLarge && chance.Next(2) == 0 ? Pick(isTruck ? TruckNames : BusNames, chance) : null,
            SideLettering = isTruck || role.IsDelivery ? Pick(Slogans, chance) : chance.Next(isLarge ? 2 : role.SeatClass is "car_le6" ? 60 : 10) == 0 ? Pick(Routes, chance) : null,
            Dirt = chance.Next(3) == 0 ? chance.NextSingle() * 0.75f : chance.NextSingle() * 0.12f,
            DirtColour = Jitter(new SKColor(146, 128, 104), 22, chance),
            Cargo = isTruck ? Jitter(CargoPaint(chance), 18, chance) : Jitter(new SKColor(200, 202, 202), 26, chance),
        };
    }

    /// <summary>Buses wear any colour below; vans a shade or gold; cars, if at all, unpainted plastic.</summary>
    private static SKColor? LowerPaint(Role role, bool isLarge, bool isTruck, Random chance)
    {
        if (isLarge || role.IsDelivery)
        {
            return chance.Next(isTruck ? 14 : 3) == 0 ? Any(chance) : null;
        }

        return chance.Next(role.SeatClass is "car_le6" ? 14 : 7) > 0 ? null
            : role.SeatClass is not "car_le6" && chance.Next(2) == 0 ? Jitter(new SKColor(150, 130, 96), 24, chance)
            : Jitter(new SKColor(90, 92, 95), 30, chance);
    }

    private static bool HasBoard(VehicleKind kind, Random chance) => kind switch
    {
        VehicleKind.CityBus => chance.Next(8) > 0,
        VehicleKind.Coach or VehicleKind.ShortCoach => chance.Next(5) > 1,
        VehicleKind.Minibus or VehicleKind.HeavyTruck or VehicleKind.Tipper => chance.Next(4) == 0,
        _ => false,
    };

    private static LampForm Lamps(bool isLarge, Random chance) => chance.Next(10) switch
    {
        < 4 => LampForm.Twin,
        < 6 => LampForm.Slim,
        < 7 => isLarge ? LampForm.Round : LampForm.Twin,
        < 8 => isLarge ? LampForm.Row : LampForm.Round,
        _ => LampForm.Upright,
    };

    private static GrilleForm Grille(Role role, Random chance) =>
        role.Plate is PlateStyle.GreenSmall or PlateStyle.YellowGreen && chance.Next(3) > 0 ? GrilleForm.Slit : (GrilleForm)chance.Next(6);

    /// <summary>Paint of cars and buses: white and silver lead everywhere, a little more so on working vehicles.</summary>
    private static SKColor Paint(Random chance, bool isWorking)
    {
        var ticket = chance.Next(100) - (isWorking ? 18 : 0);
        var colour = ticket switch
        {
            < 34 => new SKColor(220, 222, 222),
            < 54 => new SKColor(160, 164, 168),
            < 68 => new SKColor(24, 25, 28),
            < 77 => new SKColor(86, 90, 96),
            < 82 => new SKColor(170, 156, 130),
            < 86 => new SKColor(74, 54, 42),
            < 91 => new SKColor(140, 24, 26),
            < 96 => new SKColor(28, 56, 120),
            _ => Any(chance),
        };
        return Jitter(colour, 12, chance);
    }

    /// <summary>Half of all cabs are white or blue.</summary>
    private static SKColor TruckPaint(Random chance) => Jitter(chance.Next(11) switch
    {
        < 4 => new SKColor(216, 218, 218),
        < 6 => new SKColor(30, 66, 140),
        < 8 => new SKColor(152, 28, 26),
        8 => new SKColor(196, 150, 40),
        9 => new SKColor(34, 104, 80),
        _ => new SKColor(156, 160, 164),
    }, 16, chance);

    private static SKColor CargoPaint(Random chance) => chance.Next(6) switch
    {
        0 or 1 => new SKColor(206, 208, 208),
        2 => new SKColor(56, 84, 130),
        3 => new SKColor(138, 62, 48),
        4 => new SKColor(96, 104, 100),
        _ => new SKColor(60, 110, 80),
    };

    /// <summary>Dark by tint and empty cabins, or pale where sky lies on the glass.</summary>
    private static SKColor Glass(Random chance)
    {
        var tone = chance.Next(4) == 0 ? chance.Next(50, 105) : chance.Next(16, 38);
        return new SKColor((byte)tone, (byte)(tone + chance.Next(2, 8)), (byte)(tone + chance.Next(4, 14)));
    }

    /// <summary>Any colour a company paints its vehicles in: blues, greens, reds and yellows before violet and pink.</summary>
    private static SKColor Any(Random chance)
    {
        float[] hues = [0, 8, 28, 44, 52, 96, 140, 165, 196, 212, 225];
        var hue = chance.Next(8) == 0 ? chance.Next(360) : hues[chance.Next(hues.Length)] + chance.Next(-6, 7);
        return SKColor.FromHsv((hue + 360) % 360, chance.Next(20, 85), chance.Next(30, 88));
    }

    private static SKColor Jitter(SKColor colour, int by, Random chance)
    {
        var light = chance.Next(-by, by + 1);
        byte Moved(byte value) => (byte)Math.Clamp(value + light + chance.Next(-by / 3, (by / 3) + 1), 0, 255);
        return new SKColor(Moved(colour.Red), Moved(colour.Green), Moved(colour.Blue));
    }

    private static string Pick(string[] among, Random chance) => among[chance.Next(among.Length)];
}
