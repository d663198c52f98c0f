using CsCheck;
using Dashiban.Edge;

namespace Dashiban.Tests;

public sealed class BackoffTests
{
    private static readonly BackoffOptions Options = new();

    [Fact]
    public void Waits_double_up_to_the_limit()
    {
        var backoff = new Backoff(Options, () => 1);
        Assert.Equal([1, 2, 4, 8, 15, 15], Enumerable.Range(0, 6).Select(_ => backoff.Next(TimeSpan.Zero).TotalSeconds));
    }

    [Fact]
    public void A_good_session_starts_over()
    {
        var backoff = new Backoff(Options, () => 1);
        backoff.Next(TimeSpan.Zero);
        backoff.Next(TimeSpan.Zero);

        Assert.Equal(Options.First, backoff.Next(Options.SteadyAfter));
        Assert.Equal(Options.First * 2, backoff.Next(TimeSpan.Zero));
    }

    [Fact]
    public void Chance_takes_off_at_most_half()
    {
        Gen.Double[0, 0.999999].Array[1, 20].Sample(chances =>
        {
            var next = 0;
            var chanced = new Backoff(Options, () => chances[next++]);
            var plain = new Backoff(Options, () => 1);
            foreach (var _ in chances)
            {
                var (wait, longest) = (chanced.Next(TimeSpan.Zero), plain.Next(TimeSpan.Zero));
                Assert.InRange(wait, longest / 2, longest);
            }
        });
    }
}
