using Dashiban.Domain.Lists;
using Dashiban.Domain.Passages;
using Dashiban.SyntheticRoad.Camera;
using Dashiban.SyntheticRoad.Plates;
using Dashiban.SyntheticRoad.Script;
using Dashiban.SyntheticRoad.Vehicles;

namespace Dashiban.Demo;

/// <summary>One camera of the demo: what it shows, which site it stands at, which edge worker reads it.</summary>
internal sealed record DemoCamera(CameraScene Scene, string Site, string Edge, IReadOnlyList<RoadPassage> Traffic);

/// <summary>A vehicle of the demo as the registers know it.</summary>
/// <param name="Face">Its plate.</param>
/// <param name="Kind">Its body.</param>
/// <param name="Seats">Approved seats, as the demo's seat register has them.</param>
/// <param name="Allowed">Why it may repeat itself; null where nobody has exempted it.</param>
internal sealed record DemoVehicle(PlateFace Face, VehicleKind Kind, VehiclePaint Paint, int Seats, AllowKind? Allowed = null)
{
    public string Plate => Face.Text;
}

/// <summary>
/// What the demo shows and what must come of it. Every plate is invented. Live traffic is fixed, so that rendered footage can be kept;
/// the days before are told in <see cref="DemoHistory"/>.
/// </summary>
internal static class DemoScenario
{
    /// <summary>Length of the footage; afterwards the cameras begin again.</summary>
    public static readonly TimeSpan FilmLength = TimeSpan.FromSeconds(110);

    public const string ServiceArea = "xinli-service-area";
    public const string Exit = "chengxi-exit";

    /// <summary>The planted vehicle: seven seats, blue plate, on nobody's list, shuttling between service area and exit.</summary>
    public static readonly DemoVehicle Shuttle = new(Blue("渝F8R316"), VehicleKind.Microvan, VehiclePaint.Silver, 7);

    /// <summary>A number that two vehicles carry, at places that nobody can drive between in the time.</summary>
    public static readonly DemoVehicle Cloned = new(Blue("渝F5W771"), VehicleKind.Mpv, VehiclePaint.Black, 7);

    /// <summary>Repeats itself more than the planted vehicle, and may: licensed.</summary>
    public static readonly DemoVehicle LicensedCoach = new(Yellow("渝A08261"), VehicleKind.Coach, VehiclePaint.White, 49, AllowKind.LicensedCarrier);

    public static readonly DemoVehicle SchoolBus = new(Yellow("渝G37582"), VehicleKind.Minibus, VehiclePaint.Champagne, 19, AllowKind.SchoolTrip);

    public static readonly DemoVehicle DeclaredJourney = new(Blue("渝G5T902"), VehicleKind.Mpv, VehiclePaint.Brown, 7, AllowKind.DeclaredJourney);

    /// <summary>Five seats and a daily return: ordinary working people.</summary>
    public static readonly IReadOnlyList<DemoVehicle> Commuters =
    [
        new(Blue("渝F6K218"), VehicleKind.Sedan, VehiclePaint.White, 5),
        new(Blue("渝G3M507"), VehicleKind.Suv, VehiclePaint.Grey, 5),
        new(new PlateFace("渝AD36528", PlateStyle.GreenSmall), VehicleKind.Sedan, VehiclePaint.Blue, 5),
    ];

    private static readonly IReadOnlyList<DemoVehicle> Strangers =
    [
        new(Blue("川R7H835"), VehicleKind.Sedan, VehiclePaint.Red, 5),
        new(Blue("鄂Q9C461"), VehicleKind.LightTruck, VehiclePaint.Blue, 3),
        new(Blue("贵J4D829"), VehicleKind.Sedan, VehiclePaint.Black, 5),
        new(Yellow("渝D61837"), VehicleKind.HeavyTruck, VehiclePaint.Red, 2),
        new(Blue("渝B2N684"), VehicleKind.Suv, VehiclePaint.Silver, 5),
        new(Blue("苏E6L093"), VehicleKind.Sedan, VehiclePaint.Grey, 5),
        new(new PlateFace("渝BF50317", PlateStyle.GreenSmall), VehicleKind.Suv, VehiclePaint.Green, 5),
        new(Blue("浙C8V245"), VehicleKind.Sedan, VehiclePaint.White, 5),
        new(Yellow("川S49206"), VehicleKind.LightTruck, VehiclePaint.White, 3),
        new(Blue("皖K1P738"), VehicleKind.Suv, VehiclePaint.Brown, 5),
    ];

    public static IReadOnlyList<DemoVehicle> Vehicles { get; } =
        [Shuttle, Cloned, LicensedCoach, SchoolBus, DeclaredJourney, .. Commuters, .. Strangers];

    /// <summary>The vehicle register's extract, in the form that an office hands out.</summary>
    public static string SeatRegisterCsv =>
        string.Join('\n', Vehicles.Select(v => $"{v.Plate},{v.Seats}").Prepend("号牌,核定载客"));

    public static SiteMap Sites { get; } = new(
        [
            new Site(ServiceArea, "忠县新立高速路服务区", "Xinli service area"),
            new Site(Exit, "澄溪高速路出口", "Chengxi expressway exit"),
            new Site("dashi-town", "大石场镇", "Dashi market town"),
            new Site("fengdu-border", "临近丰都县周边乡镇", "Townships next to Fengdu county"),
        ],
        [
            new TravelTime(ServiceArea, Exit, TimeSpan.FromMinutes(16)),
            new TravelTime("dashi-town", Exit, TimeSpan.FromMinutes(9)),
            new TravelTime("dashi-town", ServiceArea, TimeSpan.FromMinutes(24)),
            new TravelTime("fengdu-border", "dashi-town", TimeSpan.FromMinutes(14)),
            new TravelTime("fengdu-border", Exit, TimeSpan.FromMinutes(22)),
            new TravelTime("fengdu-border", ServiceArea, TimeSpan.FromMinutes(36)),
        ]);

    public static IReadOnlyList<DemoCamera> Cameras { get; } =
    [
        new(CountyScenes.XinliIn, ServiceArea, "edge-xinli",
        [
            Pass(8, Commuters[0], 38),
            Pass(16, LicensedCoach, 32),
            Pass(26, Shuttle, 36),
            Pass(36, Strangers[3], 30),
            Pass(46, Commuters[2], 40),
            Pass(56, DeclaredJourney, 36),
            Pass(66, Strangers[0], 42),
            Pass(76, Strangers[1], 34),
            Pass(86, Cloned with { Paint = VehiclePaint.Red, Kind = VehicleKind.Microvan }, 38),
            Pass(97, Strangers[4], 40),
        ]),
        new(CountyScenes.XinliOut, ServiceArea, "edge-xinli",
        [
            Pass(7, Strangers[2], 36),
            Pass(18, Strangers[8], 32),
            Pass(30, Strangers[5], 38),
            Pass(44, Commuters[0], 40),
            Pass(60, LicensedCoach, 30),
            Pass(74, Shuttle, 38),
            Pass(88, Strangers[3], 30),
            Pass(99, DeclaredJourney, 38),
        ]),
        new(CountyScenes.ChengxiExit, Exit, "edge-chengxi",
        [
            Pass(7, Strangers[7], 34),
            Pass(9, Strangers[9], 36, lane: 1),
            Pass(18, SchoolBus, 30),
            Pass(28, Commuters[1], 36, lane: 1),
            Pass(38, Cloned, 34),
            Pass(39.2, Strangers[6], 34, lane: 1),
            Pass(52, Strangers[8] with { Face = Yellow("渝H72915") }, 30),
            Pass(66, Strangers[2] with { Face = Blue("渝F1J640") }, 38, lane: 1),
            Pass(80, Strangers[9] with { Face = Blue("渝G9B152") }, 36),
            Pass(95, Strangers[5] with { Face = Blue("鲁P3Q087") }, 36, lane: 1),
        ]),
    ];

    private static PlateFace Blue(string text) => new(text, PlateStyle.Blue);

    private static PlateFace Yellow(string text) => new(text, PlateStyle.Yellow);

    private static RoadPassage Pass(double second, DemoVehicle vehicle, float speedKmh, int lane = 0) => new()
    {
        At = TimeSpan.FromSeconds(second),
        Vehicle = vehicle.Kind,
        Paint = vehicle.Paint,
        Plate = vehicle.Face,
        Seats = vehicle.Seats,
        SpeedKmh = speedKmh,
        Lane = lane,
        Look = vehicle.Plate.Aggregate(17, (sum, c) => ((sum * 31) + c) & 0xffff),
    };
}
