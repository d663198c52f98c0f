using System.Globalization;
using Dashiban.Correlator.Fleet;
using Dashiban.Correlator.Leads;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;

namespace Dashiban.Correlator.Pages;

/// <summary>How the pages say things to an officer: Chinese first, English second.</summary>
internal static class Wording
{
    public static Reason Rule(string rule) => rule.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() switch
    {
        "WATCHLIST" => new("布控车辆", "On a watch list"),
        "ROUNDTRIPS" => new("短时多次往返", "Repeated round trips"),
        "DAILYRETURN" => new("多日定时往返", "Returns day after day"),
        "GATEFREQUENCY" => new("固定时段频繁出入", "Same gate, same hours"),
        "CLONEDPLATE" => new("套牌嫌疑", "Plate seen in two places"),
        "CONVOY" => new("结伴同行", "Travels in company"),
        _ => new(rule, rule),
    };

    public static Reason State(LeadState state) => state switch
    {
        LeadState.Open => new("待处理", "Open"),
        LeadState.Confirmed => new("已查实", "Confirmed"),
        LeadState.Dismissed => new("已排除", "Dismissed"),
        LeadState.Withdrawn => new("已撤回", "Withdrawn"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static Reason Verdict(DispositionVerdict verdict) => verdict switch
    {
        DispositionVerdict.Confirmed => new("查实", "Confirmed"),
        DispositionVerdict.Misread => new("误识", "Misread"),
        DispositionVerdict.Licensed => new("合法营运", "Licensed"),
        DispositionVerdict.NotMet => new("未拦到", "Not met"),
        DispositionVerdict.FamilyOrFriends => new("亲友同乘", "Family or friends"),
        DispositionVerdict.Other => new("其他", "Other"),
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };

    public static Reason Colour(PlateColour colour) => colour switch
    {
        PlateColour.Blue => new("蓝牌", "blue"),
        PlateColour.Yellow => new("黄牌", "yellow"),
        PlateColour.Green => new("绿牌", "green"),
        PlateColour.YellowGreen => new("黄绿牌", "yellow-green"),
        PlateColour.White => new("白牌", "white"),
        PlateColour.Black => new("黑牌", "black"),
        _ => new("颜色未知", "colour unknown"),
    };

    public static Reason Witness(SeatWitnessKind kind) => kind switch
    {
        SeatWitnessKind.Register => new("车辆登记", "Register"),
        SeatWitnessKind.PlateClass => new("号牌种类", "Plate class"),
        SeatWitnessKind.Picture => new("图像判断", "Picture"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static Reason Seats(SeatVerdict verdict) => verdict switch
    {
        SeatVerdict.SevenPlus => new("7 座及以上", "7 seats and more"),
        SeatVerdict.UpTo6 => new("6 座及以下", "up to 6 seats"),
        SeatVerdict.Truck => new("货车", "goods vehicle"),
        _ => new("座位待核", "seats unknown"),
    };

    public static Reason Says(SeatWitness witness) => witness switch
    {
        { Seats: { } seats } => new($"核定载客 {seats} 人", $"{seats} approved seats"),
        { Class: SeatClass.CarLe6 } => new("轿车/小客车, 6 座及以下", "car, up to 6"),
        { Class: SeatClass.Van7To9 } => new("面包车/商务车, 7–9 座", "van, 7 to 9"),
        { Class: SeatClass.Minibus10To19 } => new("中型客车, 10–19 座", "minibus, 10 to 19"),
        { Class: SeatClass.CoachGe20 } => new("大型客车, 20 座及以上", "coach, 20 and more"),
        { Class: SeatClass.Truck } => new("货车", "goods vehicle"),
        { Class: SeatClass.Other } => new("其他车型", "other body"),
        { Plate: PlateClass.Small } => new("蓝牌小型车, 至多 9 座", "small blue plate, at most 9"),
        { Plate: PlateClass.SmallNewEnergy } => new("小型新能源, 至多 9 座", "small new-energy plate, at most 9"),
        { Plate: PlateClass.Large } => new("黄牌大型车, 10 座及以上或货车", "large yellow plate, 10 and more, or goods"),
        { Plate: PlateClass.LargeNewEnergy } => new("大型新能源, 10 座及以上或货车", "large new-energy plate, 10 and more, or goods"),
        { Kind: SeatWitnessKind.PlateClass } => new("号牌种类不定", "plate class open"),
        _ => new("看不清", "cannot tell"),
    };

    public static Reason Heading(Heading heading) => heading switch
    {
        Domain.Passages.Heading.Approaching => new("来向", "towards"),
        Domain.Passages.Heading.Leaving => new("去向", "away"),
        _ => new("—", "—"),
    };

    /// <summary>A lane's state; the names of faults are shown as they are, with a hint in Chinese where there is one.</summary>
    public static Reason Lane(string state) => state switch
    {
        CameraView.Live => new("在线", "Live"),
        "Connecting" => new("连接中", "Connecting"),
        "Ended" => new("已停止", "Ended"),
        CameraView.Unreported => new("无上报", "No report"),
        "CameraUnreachable" => new("相机连不上", state),
        "CameraSilent" => new("相机无画面", state),
        "StreamUnreadable" => new("码流异常", state),
        "FormatChanged" => new("画面格式改变", state),
        _ => new(state, state),
    };

    public static Reason Coverage(CoverageState state) => state switch
    {
        CoverageState.Live => new("在线", "live"),
        CoverageState.Partly => new("部分在线", "partly"),
        CoverageState.Down => new("相机离线", "camera down"),
        _ => new("无上报", "no report"),
    };

    public static Reason Fate(string fate) => fate switch
    {
        "Analysed" => new("已分析", fate),
        "Blank" => new("空路面", fate),
        "Superseded" => new("被更新帧取代", fate),
        "Thinned" => new("按帧率抽稀", fate),
        "NoBuffer" => new("无缓冲", fate),
        "Failed" => new("失败", fate),
        "Abandoned" => new("停机放弃", fate),
        "Lost" => new("去向不明", fate),
        _ => new(fate, fate),
    };

    public static Reason Funnel(string step) => step switch
    {
        "Detected" => new("检出车牌", step),
        "Cropped" => new("裁出", step),
        "Read" => new("读出", step),
        "Valid" => new("合规", step),
        "Tracks" => new("车辆", step),
        "Voted" => new("成过车", step),
        "Rejected:NoPlate" => new("弃：无牌", step),
        "Rejected:NoAgreement" => new("弃：各帧不一", step),
        "Rejected:TooFewLooks" => new("弃：帧数不足", step),
        "Rejected:WeakCharacter" => new("弃：字符不清", step),
        "Rejected:WeakProvince" => new("弃：省份不清", step),
        "Rejected:Grammar" => new("弃：不合规", step),
        _ => new(step, step),
    };

    public static Reason Stage(string stage) => stage switch
    {
        "Capture" => new("取帧", stage),
        "Detect" => new("检测", stage),
        "Read" => new("识读", stage),
        "Age" => new("全程", stage),
        _ => new(stage, stage),
    };

    /// <summary>The period as an officer says it: a half-day, a week, a month, or from–to.</summary>
    public static string Period(Period period)
    {
        var (start, end) = (CountyTime.Of(period.Start), CountyTime.Of(period.End));
        return period.End - period.Start <= TimeSpan.FromDays(1)
            ? $"{OfficeTime.DayAndMinute(start)} – {(start.Date == end.Date ? OfficeTime.Minute(end) : OfficeTime.DayAndMinute(end))}"
            : $"{OfficeTime.Day(start)} – {OfficeTime.Day(end.AddTicks(-1))}";
    }

    public static string Percent(float share) => (share * 100).ToString("0", CultureInfo.InvariantCulture);

    /// <summary>Characters that a reader takes for this one; empty where none is known.</summary>
    public static string LookAlikes(char character) => character switch
    {
        '0' => "D Q",
        'D' or 'Q' => "0",
        '1' => "7 T",
        '2' => "Z",
        'Z' => "2 7",
        '5' => "S",
        'S' => "5",
        '6' => "G",
        'G' => "6 C",
        '8' => "B",
        'B' => "8",
        'A' => "4",
        _ => "",
    };
}
