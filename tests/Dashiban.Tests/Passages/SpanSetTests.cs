using CsCheck;
using Dashiban.Domain.Passages;

namespace Dashiban.Tests.Passages;

public sealed class SpanSetTests
{
    [Fact]
    public void Fast_path_equals_slow_twin() => Gen.Select(Gen.Int[0, 40], Gen.Int[0, 12]).Array[0, 30].Sample(
        spans =>
        {
            var set = new SpanSet();
            var twin = new HashSet<long>();
            foreach (var (start, length) in spans)
            {
                var grew = false;
                for (long n = start; n < start + length; n++)
                {
                    grew |= twin.Add(n);
                }

                Assert.Equal(grew, set.Add(start, start + length));
            }

            Assert.All(Enumerable.Range(-1, 60), n => Assert.Equal(twin.Contains(n), set.Contains(n)));
            Assert.Equal(twin.Count(n => n is >= 7 and < 33), set.Count(7, 33));
            Assert.All(set.Spans.Zip(set.Spans.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Start));
            Assert.All(set.Spans, span => Assert.True(span.Start < span.End));
        });
}
