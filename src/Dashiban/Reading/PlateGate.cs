using System.Globalization;
using Dashiban.Vision.Reading;
using Dashiban.Vision.Scenes;

namespace Dashiban.Reading;

/// <summary>
/// What a single look must pass to be believed: the plate is one, its weakest character is sure enough, the two ways of reading
/// agree where the model asks for that. A camera may believe less sure looks that agree with each other.
/// </summary>
internal sealed record PlateGate(float MinDetectionConfidence, float MinCharacterConfidence, bool RequiresAgreement)
{
    public static PlateGate Of(VisionModels models) => new(models.DetectionThreshold, models.MinCharacterConfidence, models.RequireAgreement);

    /// <summary>Why the reading is not believed, in words; null where it is.</summary>
    public string? Objection(PlateReading reading, float detectionConfidence)
    {
        if (detectionConfidence < MinDetectionConfidence)
        {
            return Invariant($"detection confidence {detectionConfidence:F2} is below {MinDetectionConfidence:F2}");
        }

        if (reading.Characters.Count == 0)
        {
            return "nothing was read";
        }

        if (reading.WeakestConfidence < MinCharacterConfidence)
        {
            return Invariant($"weakest character {reading.WeakestConfidence:F2} is below {MinCharacterConfidence:F2}");
        }

        if (RequiresAgreement && !reading.SecondOpinionAgrees)
        {
            return "the second way of reading says something else";
        }

        return null;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
