using Dashiban.Vision.Reading;

namespace Dashiban.Edge.Tracking;

/// <summary>One reading of a track's plate: what the vote counts.</summary>
/// <param name="At">Capture time of the frame.</param>
/// <param name="Reading">What was read there; never empty.</param>
/// <param name="Layout">Rows of the plate as the detector saw them.</param>
public readonly record struct PlateLook(DateTimeOffset At, PlateReading Reading, Domain.Plates.PlateLayout Layout);
