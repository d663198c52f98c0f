using System.Globalization;

namespace Dashiban.Evaluation;

/// <summary>One set's figures for the terminal; all of them stand in <c>evaluation.json</c>.</summary>
internal static class EvaluationLines
{
    public static IEnumerable<string> Of(SetReport set)
    {
        var plates = set.Plates!;
        yield return Text($"{set.Set}: {set.Pictures} pictures, {set.Mode}, {set.Milliseconds.Median:F1} ms each (95 % {set.Milliseconds.P95:F1})");
        yield return Text($"  plates    found {Of(plates.Found)} ({Of(plates.FoundTightly)} at overlap 0.5), exact {WithInterval(plates.Exact)}, without province {Of(plates.ExactWithoutProvince)}");
        yield return Text($"  gate      accepted {Of(plates.Accepted)}, of these wrong {plates.AcceptedWrong.Count}; calibration error {set.Calibration!.ExpectedError:P1}");
        if (set.FalsePlates is { } wrong)
        {
            yield return Text($"  false     {wrong.Count} boxes off the labels, {wrong.Accepted} accepted; {wrong.WithoutPlate} in {wrong.PicturesWithoutPlate} pictures without a plate");
        }

        if (set.Vehicles is { } vehicles)
        {
            yield return Text($"  vehicles  found {WithInterval(vehicles)} of those wholly in view");
        }

        if (set.Seats is { } seats)
        {
            yield return Text($"  seats     judged {Of(seats.Judged)}; picture alone: {Of(seats.PictureAlone)}");
            yield return Text($"            with the plate: {Of(seats.WithPlate)}");
        }

        if (set.Passages is { } passages)
        {
            yield return Text($"  passages  published {Of(passages.Published)}, exact {WithInterval(passages.Exact)}, of those published wrong {passages.PublishedWrong.Count}; single looks exact {passages.ExactLooks.Share:P1}");
        }
    }

    private static string Of(SeatAnswers answers) => Text(
        $"answered {Of(answers.Answered)}, right {Of(answers.Right)}; 7+ or not {answers.SevenPlusBalanced:P1} balanced; vans found {Of(answers.VansFound)}, buses {Of(answers.BusesFound)}, trucks taken for passenger {Of(answers.TrucksTakenForPassenger)}");

    private static string Of(Rate rate) => Text($"{rate.Count} of {rate.Of}");

    private static string WithInterval(Rate rate) => Text($"{rate.Count} of {rate.Of} = {rate.Share:P1} [{rate.Low:P1}, {rate.High:P1}]");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
