using CsCheck;
using Dashiban.Messaging;

namespace Dashiban.Tests.Publishing;

public sealed class BackoffTests
{
    private static readonly Backoff Backoff = new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30));

    [Fact]
    public void Doubles_from_the_first_pause_to_the_longest() =>
        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30], Enumerable.Range(1, 8).Select(failures => Backoff.After(failures, 1).TotalSeconds));

    [Fact]
    public void Lies_in_the_upper_half_whatever_the_lot_and_however_long_it_lasts() => Gen.Select(Gen.Int[1, int.MaxValue], Gen.Double[0, 1]).Sample((failures, lot) =>
        Assert.InRange(Backoff.After(failures, lot), Backoff.After(failures, 1) / 2, TimeSpan.FromSeconds(30)));
}
