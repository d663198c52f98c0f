using System.Globalization;
using Dashiban.Domain.Plates;
using Dashiban.Vision.Reading;
using Dashiban.Vision.Scenes;

namespace Dashiban.Reading;

/// <summary>
/// What a single look must pass to be believed: the plate is one, its weakest character is sure enough, the two ways of reading
/// agree where the model asks for that, and such a plate can exist. A camera may believe less sure looks that agree with each other.
/// </summary>
internal sealed record PlateGate(float MinDetectionConfidence, float MinCharacterConfidence, bool RequiresAgreement)
{
    public static PlateGate Of(VisionModels models) => new(models.DetectionThreshold, models.MinCharacterConfidence, models.RequireAgreement);

    /// <summary>Why the reading is not believed, in words; null where it is.</summary>
    public string? Objection(PlateReading reading, float detectionConfidence, bool isDoubleRow)
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

        var judgement = Judge(reading, isDoubleRow);
        return judgement.IsValid ? null : $"no such plate exists: {judgement.Rejection}";
    }

    /// <summary>What the grammar says of a single look.</summary>
    public static PlateJudgement Judge(PlateReading reading, bool isDoubleRow) =>
        PlateGrammar.Judge(PlateGrammar.Spell(reading.Text), Colour(reading.Colour), isDoubleRow ? PlateLayout.DoubleRow : PlateLayout.SingleRow);

    private static PlateColour Colour(PlateColourClass colour) => colour switch
    {
        PlateColourClass.Blue => PlateColour.Blue,
        PlateColourClass.Yellow => PlateColour.Yellow,
        PlateColourClass.Green => PlateColour.Green,
        PlateColourClass.YellowGreen => PlateColour.YellowGreen,
        PlateColourClass.White => PlateColour.White,
        PlateColourClass.Black => PlateColour.Black,
        _ => PlateColour.Unknown,
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
