namespace Dashiban.Domain.Seats;

/// <summary>
/// What the seat model said over the looks of one vehicle: the mean logarithm of each class's probability. Constant size,
/// whatever the number of looks.
/// </summary>
public sealed class BodyLooks
{
    /// <summary>A probability below this counts as this: one look must not veto a class for ever.</summary>
    public const double Floor = 0.01;

    private readonly double[] _sums = new double[(int)SeatClass.Other + 1];

    /// <summary>Looks counted so far.</summary>
    public int Count { get; private set; }

    /// <summary>Counts one look.</summary>
    /// <param name="probabilities">Indexed by <see cref="SeatClass"/>; the entry for <c>Unknown</c> is not used.</param>
    public void Add(IReadOnlyList<float> probabilities)
    {
        if (probabilities.Count != _sums.Length)
        {
            throw new ArgumentException($"Expected {_sums.Length} probabilities, one per seat class, and got {probabilities.Count}.", nameof(probabilities));
        }

        for (var i = 1; i < _sums.Length; i++)
        {
            var probability = float.IsNaN(probabilities[i]) ? 0 : probabilities[i];
            _sums[i] += Math.Log(Math.Clamp(probability, Floor, 1));
        }

        Count++;
    }

    /// <summary>Counts all looks of <paramref name="other"/> too.</summary>
    public void Add(BodyLooks other)
    {
        for (var i = 1; i < _sums.Length; i++)
        {
            _sums[i] += other._sums[i];
        }

        Count += other.Count;
    }

    /// <summary>Geometric mean of the class's probability over the looks, not normalised; 0 without looks.</summary>
    public double Mean(SeatClass body) => Count == 0 ? 0 : Math.Exp(_sums[(int)body] / Count);
}
