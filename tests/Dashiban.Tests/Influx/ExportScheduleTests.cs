using CsCheck;
using Dashiban.Correlator.Influx;

namespace Dashiban.Tests.Influx;

public sealed class ExportScheduleTests
{
    private static readonly TimeSpan Flush = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [Fact]
    public void Waits_double_up_to_the_limit_and_fall_back_after_success()
    {
        var schedule = Schedule();
        var waits = new List<double> { schedule.NextWait().TotalSeconds };
        for (var i = 0; i < 5; i++)
        {
            schedule.MarkFailure(ExportFailure.Unreachable);
            waits.Add(schedule.NextWait().TotalSeconds);
        }

        Assert.Equal([10, 10, 20, 40, 60, 60], waits);
        schedule.MarkSuccess();
        Assert.Equal(Flush, schedule.NextWait());
    }

    [Fact]
    public void A_server_that_cannot_be_reached_never_costs_a_batch()
    {
        var schedule = Schedule();
        Assert.All(Enumerable.Range(0, 500), _ => Assert.Equal(ExportStep.Retry, schedule.MarkFailure(ExportFailure.Unreachable)));
    }

    [Fact]
    public void A_refused_batch_is_dropped_at_the_last_attempt_and_the_next_one_gets_its_own()
    {
        var schedule = Schedule(mostAttempts: 3);
        var steps = Enumerable.Range(0, 6).Select(_ => schedule.MarkFailure(ExportFailure.Refused));

        Assert.Equal([ExportStep.Retry, ExportStep.Retry, ExportStep.Drop, ExportStep.Retry, ExportStep.Retry, ExportStep.Drop], steps);
    }

    [Fact]
    public void A_malformed_batch_is_dropped_at_once_and_costs_no_wait()
    {
        var schedule = Schedule();

        Assert.Equal(ExportStep.Drop, schedule.MarkFailure(ExportFailure.Malformed));
        Assert.Equal(Flush, schedule.NextWait());
    }

    [Fact]
    public void No_wait_is_shorter_than_the_flush_or_longer_than_the_limit_with_its_jitter() =>
        Gen.Select(Gen.Enum<ExportFailure>().List[0, 60], Gen.Double[0, 1]).Sample((failures, random) =>
        {
            var schedule = new ExportSchedule(Flush, Longest, 5, () => random);
            foreach (var failure in failures)
            {
                schedule.MarkFailure(failure);
                Assert.InRange(schedule.NextWait(), Flush, Longest * 1.25);
            }
        });

    [Fact]
    public void Lines_that_find_no_room_push_out_the_oldest_and_are_counted()
    {
        var pending = new PendingLines(3);
        pending.Add(["1", "2", "3", "4", "5"]);

        Assert.Equal(2, pending.Dropped);
        Assert.Equal(["3", "4"], pending.Take(2));
        Assert.Equal(["5"], pending.Take(2));
        Assert.Empty(pending.Take(2));
    }

    private static ExportSchedule Schedule(int mostAttempts = 20) => new(Flush, Longest, mostAttempts, () => 0);
}
