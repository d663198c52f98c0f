namespace Dashiban.SyntheticRoad.Camera;

/// <summary>What stands beside the road of a virtual camera.</summary>
public enum RoadSurroundings
{
    /// <summary>Ramp of a motorway service area: kerbs, lawn, hedge, guard rail.</summary>
    ServiceArea,

    /// <summary>Exit of a motorway toll station: two lanes with an island between.</summary>
    TollExit,

    /// <summary>Street of a small town: pavement, shop fronts.</summary>
    TownStreet,
}

/// <summary>A virtual checkpoint camera: where it hangs, what it sees, which lanes it reads. Immutable.</summary>
/// <remarks>
/// A plate is 0.44 m wide: it covers <c>FocalLengthInPictureWidths * width * 0.44 / distance</c> pixels, about 115 to 150 of a
/// 1920-pixel picture between the reading line and the lower edge with the values of <see cref="CountyScenes"/>.
/// </remarks>
public sealed record CameraScene
{
    /// <summary>Camera id as the edge knows it, for instance <c>xinli-in</c>; also names the files.</summary>
    public required string Id { get; init; }

    /// <summary>Site and camera in Chinese, written into the picture by the camera.</summary>
    public required string Title { get; init; }

    public required RoadSurroundings Surroundings { get; init; }

    /// <summary>Centres of the lanes in metres right of the camera, numbered from 0.</summary>
    public required IReadOnlyList<float> LaneCentres { get; init; }

    /// <summary>Metres above the road.</summary>
    public float HeightMetres { get; init; } = 5.2f;

    /// <summary>Degrees below the horizon.</summary>
    public float PitchDegrees { get; init; } = 12.5f;

    /// <summary>Degrees to the right of the road's direction.</summary>
    public float YawDegrees { get; init; }

    /// <summary>Focal length in widths of the picture: 2.7 sees 21 degrees across.</summary>
    public float FocalLengthInPictureWidths { get; init; } = 2.7f;

    /// <summary>Metres from the camera's foot at which a passage's time is counted: the plate is on this line then.</summary>
    public float ReadingLineMetres { get; init; } = 18;

    public float LaneWidthMetres { get; init; } = 3.75f;

    /// <summary>0 is an overcast sky without shadows, 1 full sun.</summary>
    public float Sunshine { get; init; } = 0.35f;

    /// <summary>True where drivers come towards the camera and show the front plate.</summary>
    public bool IsApproaching { get; init; } = true;
}
