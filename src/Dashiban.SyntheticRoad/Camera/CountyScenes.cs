namespace Dashiban.SyntheticRoad.Camera;

/// <summary>The virtual cameras of the demonstration, at places of Zhong county (忠县), Chongqing.</summary>
public static class CountyScenes
{
    /// <summary>忠县新立高速路服务区 入口: one lane into the service area, vehicles come towards the camera.</summary>
    public static CameraScene XinliIn { get; } = new()
    {
        Id = "xinli-in",
        Title = "忠县新立高速路服务区 入口",
        Surroundings = RoadSurroundings.ServiceArea,
        LaneCentres = [-0.3f],
        LaneWidthMetres = 4.2f,
        YawDegrees = 1.2f,
        Sunshine = 0.45f,
    };

    /// <summary>忠县新立高速路服务区 出口: one lane out of the service area, vehicles come towards the camera.</summary>
    public static CameraScene XinliOut { get; } = new()
    {
        Id = "xinli-out",
        Title = "忠县新立高速路服务区 出口",
        Surroundings = RoadSurroundings.ServiceArea,
        LaneCentres = [0.35f],
        LaneWidthMetres = 4.2f,
        YawDegrees = -1.4f,
        PitchDegrees = 12.8f,
        Sunshine = 0.25f,
    };

    /// <summary>澄溪高速路出口: two lanes behind the toll gates, vehicles come towards the camera.</summary>
    public static CameraScene ChengxiExit { get; } = new()
    {
        Id = "chengxi-exit",
        Title = "澄溪高速路出口",
        Surroundings = RoadSurroundings.TollExit,
        LaneCentres = [-1.85f, 1.85f],
        LaneWidthMetres = 3.5f,
        FocalLengthInPictureWidths = 2.4f,
        HeightMetres = 5.6f,
        PitchDegrees = 13.4f,
        Sunshine = 0.15f,
    };

    /// <summary>大石场镇: a town street, one lane each way; passages of the right one (lane 1) drive away and say so themselves.</summary>
    public static CameraScene DashiTown { get; } = new()
    {
        Id = "dashi-town",
        Title = "大石场镇 路口",
        Surroundings = RoadSurroundings.TownStreet,
        LaneCentres = [-1.75f, 1.75f],
        LaneWidthMetres = 3.4f,
        FocalLengthInPictureWidths = 2.4f,
        HeightMetres = 5.4f,
        PitchDegrees = 13.2f,
        Sunshine = 0.2f,
    };

    /// <summary>All of them, in the order above.</summary>
    public static IReadOnlyList<CameraScene> All { get; } = [XinliIn, XinliOut, ChengxiExit, DashiTown];
}
