namespace Dashiban.Evaluation;

/// <summary>Whether confidence means what it says: readings in ten bins of their weakest character's confidence, which the gate works on.</summary>
/// <param name="ExpectedError">Expected calibration error: mean distance of confidence and exactness over the bins, weighted by their counts (Guo et al. 2017).</param>
/// <param name="Bins">The bins that are not empty.</param>
internal sealed record Calibration(double ExpectedError, IReadOnlyList<CalibrationBin> Bins)
{
    private const int BinCount = 10;

    public static Calibration Of(IReadOnlyCollection<(float Confidence, bool IsExact)> readings)
    {
        var bins = readings
            .GroupBy(reading => Math.Min((int)(reading.Confidence * BinCount), BinCount - 1))
            .OrderBy(bin => bin.Key)
            .Select(bin => new CalibrationBin(
                (double)bin.Key / BinCount,
                bin.Count(),
                Math.Round(bin.Average(reading => reading.Confidence), 4),
                Math.Round(bin.Average(reading => reading.IsExact ? 1.0 : 0), 4)))
            .ToList();
        var error = bins.Sum(bin => bin.Count * Math.Abs(bin.MeanConfidence - bin.Exact)) / Math.Max(1, readings.Count);
        return new(Math.Round(error, 4), bins);
    }
}

/// <summary>One bin.</summary>
/// <param name="From">Its lower end; it is 0.1 wide.</param>
/// <param name="Count">Readings in it.</param>
/// <param name="MeanConfidence">Their mean confidence.</param>
/// <param name="Exact">Share of them without a mistake.</param>
internal sealed record CalibrationBin(double From, int Count, double MeanConfidence, double Exact);
