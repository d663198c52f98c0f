namespace Dashiban.Evaluation;

/// <summary>Two readers on the same plates of one set.</summary>
/// <param name="Set">Name of the set; the last comparison is over all of them.</param>
/// <param name="Plates">Labelled plates with a text.</param>
/// <param name="First">Of these, those that the first reader read without a mistake.</param>
/// <param name="Second">The same for the second.</param>
/// <param name="OnlyFirst">Those that only the first read without a mistake.</param>
/// <param name="OnlySecond">Those that only the second did.</param>
internal sealed record PairedComparison(string Set, int Plates, int First, int Second, int OnlyFirst, int OnlySecond)
{
    /// <summary>How likely two equally good readers differ by as much or more, 0 to 1: McNemar's test, exact and two-sided.</summary>
    public double Chance
    {
        get
        {
            var (discordant, fewer) = (OnlyFirst + OnlySecond, Math.Min(OnlyFirst, OnlySecond));
            var tail = Enumerable.Range(0, fewer + 1).Sum(k => Math.Exp(LogChoose(discordant, k) - (discordant * Math.Log(2))));
            return Math.Min(1, 2 * tail);
        }
    }

    /// <summary>One comparison per set that either reader answers, and one over all. A plate without an answer counts as not read.</summary>
    /// <exception cref="InvalidDataException">An answer names a plate twice or one that is not labelled.</exception>
    public static IEnumerable<PairedComparison> Of(IReadOnlyList<LabelledSet> sets, IReadOnlyList<PlateAnswer> first, IReadOnlyList<PlateAnswer> second)
    {
        var truth = sets.SelectMany(set => set.Readable.Select(plate => (Key: (set.Name, plate.File, plate.Row), plate.Text))).ToDictionary(plate => plate.Key, plate => plate.Text);
        var (a, b) = (Right(first, truth), Right(second, truth));
        var answered = first.Concat(second).Select(answer => answer.Set).ToHashSet();
        var plates = truth.Keys.Where(key => answered.Contains(key.Name)).ToList();
        var comparisons = plates.GroupBy(key => key.Name).Select(set => Between(set.Key, [.. set], a, b)).ToList();
        return comparisons.Append(Between("all", plates, a, b));
    }

    private static PairedComparison Between<T>(string set, List<T> plates, HashSet<T> a, HashSet<T> b) => new(
        set, plates.Count, plates.Count(a.Contains), plates.Count(b.Contains),
        plates.Count(plate => a.Contains(plate) && !b.Contains(plate)), plates.Count(plate => b.Contains(plate) && !a.Contains(plate)));

    private static HashSet<(string Set, string File, int Row)> Right(IReadOnlyList<PlateAnswer> answers, Dictionary<(string, string, int), string> truth)
    {
        var seen = new HashSet<(string, string, int)>();
        var right = new HashSet<(string, string, int)>();
        foreach (var answer in answers)
        {
            var key = (answer.Set, answer.File, answer.Row);
            if (!truth.TryGetValue(key, out var text) || !seen.Add(key))
            {
                throw new InvalidDataException($"The readings name plate {answer.Row} of {answer.Set}/{answer.File}, which {(seen.Contains(key) ? "they have already named" : "has no labelled text")}.");
            }

            if (PlateOutcome.AreEqual(answer.Text, text))
            {
                right.Add(key);
            }
        }

        return right;
    }

    private static double LogChoose(int of, int count) => Enumerable.Range(1, count).Sum(k => Math.Log(of - count + k) - Math.Log(k));
}
