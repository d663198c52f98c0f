using CsCheck;
using Dashiban.Edge.Publishing;
using Dashiban.Messaging;

namespace Dashiban.Tests.Publishing;

public sealed class PublishPlanTests
{
    private static readonly Guid Outbox = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");
    private static readonly PublishOptions Options = new() { MaxInFlight = 4, MaxUnconfirmed = 32 };

    [Fact]
    public void Never_more_under_way_than_the_window()
    {
        var plan = Plan(stored: 100);

        Assert.Equal([1, 2, 3, 4], plan.Take(At(0)));
        Assert.Empty(plan.Take(At(0)));

        plan.Finished(2, PublishOutcome.Accepted, At(1));
        Assert.Equal([5], plan.Take(At(1)));
    }

    [Fact]
    public void Never_more_at_the_broker_than_allowed_while_the_centre_is_silent()
    {
        var plan = Plan(stored: 1000);
        PublishAll(plan, At(0));

        Assert.Equal(32, plan.Unconfirmed);
        Assert.Empty(plan.Take(At(1)));

        plan.Confirmed(Recorded(10), live: true, At(2));
        Assert.Equal([33, 34, 35, 36], plan.Take(At(2)));
    }

    [Fact]
    public void What_did_not_reach_the_broker_goes_first()
    {
        var plan = Plan(stored: 100);
        _ = plan.Take(At(0));
        plan.Finished(1, PublishOutcome.Accepted, At(1));
        plan.Finished(3, PublishOutcome.Unknown, At(1));

        Assert.Equal([3, 5], plan.Take(At(1)));
    }

    [Fact]
    public void A_gap_that_the_centre_reports_is_filled_soon()
    {
        var plan = Plan(stored: 6);
        PublishAll(plan, At(0));
        plan.Confirmed(Recorded(2, highest: 6, new SequenceRange { First = 3, Last = 3 }), live: true, At(1));

        Assert.Empty(plan.Take(At(1)));
        Assert.Equal([3], plan.Take(At(2.5)));
        Assert.Equal(2, plan.ConfirmedThrough);
    }

    [Fact]
    public void An_unconfirmed_message_goes_again_where_the_centre_was_heard_since()
    {
        var plan = Plan(stored: 3);
        PublishAll(plan, At(0));
        plan.Confirmed(Recorded(0), live: true, At(10));

        Assert.Empty(plan.Take(At(39)));
        Assert.Equal([1, 2, 3], plan.Take(At(41)));
    }

    [Fact]
    public void While_the_centre_is_silent_only_the_oldest_goes_again_and_ever_more_rarely()
    {
        var plan = Plan(stored: 5);
        PublishAll(plan, At(0));
        var again = new List<double>();
        for (var second = 0.0; second < 3600; second++)
        {
            foreach (var sequence in plan.Take(At(second)))
            {
                Assert.Equal(1, sequence);
                again.Add(second);
                plan.Finished(sequence, PublishOutcome.Accepted, At(second));
            }
        }

        Assert.Equal([30, 90, 210, 450, 930, 1530, 2130, 2730, 3330], again);
    }

    [Fact]
    public void A_centre_that_wakes_up_gets_time_to_work_off_its_queue()
    {
        var plan = Plan(stored: 5);
        PublishAll(plan, At(0));
        plan.Confirmed(Recorded(1), live: true, At(5000));

        Assert.Empty(plan.Take(At(5029)));
        Assert.Equal([2, 3, 4, 5], plan.Take(At(5031)));
    }

    [Fact]
    public void A_retained_word_confirms_but_proves_no_life()
    {
        var plan = Plan(stored: 5);
        PublishAll(plan, At(0));
        plan.Confirmed(Recorded(2), live: false, At(1));

        Assert.Equal(2, plan.ConfirmedThrough);
        Assert.Equal([3], plan.Take(At(31)));
    }

    [Fact]
    public void An_older_word_takes_nothing_back()
    {
        var plan = Plan(stored: 9);
        PublishAll(plan, At(0));
        plan.Confirmed(Recorded(7), live: true, At(1));
        plan.Confirmed(Recorded(3), live: false, At(2));

        Assert.Equal(7, plan.ConfirmedThrough);
        Assert.Equal(2, plan.Unconfirmed);
    }

    [Fact]
    public void What_the_centre_had_before_the_start_is_not_sent_again()
    {
        var plan = new PublishPlan(Options, confirmedThrough: 40);
        plan.Stored(42);

        Assert.Equal([41, 42], plan.Take(At(0)));
    }

    [Fact]
    public void A_number_that_the_outbox_does_not_hold_blocks_nothing()
    {
        var plan = Plan(stored: 6);
        _ = plan.Take(At(0));
        plan.Absent(2);
        plan.Confirmed(Recorded(1, highest: 6, new SequenceRange { First = 2, Last = 2 }, new SequenceRange { First = 5, Last = 5 }), live: true, At(1));

        Assert.Equal(4, plan.ConfirmedThrough);
    }

    /// <summary>A broker that loses, doubles and reorders, a link that breaks, a centre that sleeps: in the end all is recorded, and no window was ever exceeded.</summary>
    [Fact]
    public void Whatever_is_lost_on_the_way_is_recorded_in_the_end() => Gen.Select(Gen.Int[1, 120], Gen.Int[0, 60], Gen.Int[0, int.MaxValue])
        .Sample(
            (messages, lossPercent, seed) =>
            {
                var random = new Random(seed);
                var plan = new PublishPlan(Options, 0);
                var recorded = new SortedSet<long>();
                var broker = new List<long>();
                var stored = 0;
                var second = 0.0;
                while (plan.ConfirmedThrough < messages)
                {
                    Assert.True(second < 400_000, $"stuck at {plan.ConfirmedThrough} of {messages}");
                    second += 0.5;
                    plan.Stored(stored = Math.Min(messages, stored + random.Next(3)));
                    foreach (var sequence in plan.Take(At(second)))
                    {
                        var outcome = random.Next(100) < lossPercent ? PublishOutcome.Unknown : PublishOutcome.Accepted;
                        if (random.Next(100) >= lossPercent)
                        {
                            broker.Add(sequence);
                        }

                        plan.Finished(sequence, outcome, At(second));
                    }

                    Assert.True(plan.InFlight <= Options.MaxInFlight && plan.Unconfirmed <= Options.MaxUnconfirmed);
                    if (random.Next(4) > 0 || broker.Count == 0)
                    {
                        continue;
                    }

                    var taken = random.Next(broker.Count);
                    recorded.Add(broker[taken]);
                    broker.RemoveAt(taken);
                    plan.Confirmed(Word(recorded), live: true, At(second));
                }

                Assert.Equal(Enumerable.Range(1, messages).Select(n => (long)n), recorded);
            },
            iter: 60);

    private static PublishPlan Plan(long stored)
    {
        var plan = new PublishPlan(Options, 0);
        plan.Stored(stored);
        return plan;
    }

    private static void PublishAll(PublishPlan plan, TimeSpan now)
    {
        while (plan.Take(now) is { Count: > 0 } taken)
        {
            foreach (var sequence in taken)
            {
                plan.Finished(sequence, PublishOutcome.Accepted, now);
            }
        }
    }

    private static RecordedReport Word(SortedSet<long> recorded)
    {
        var through = 0L;
        while (recorded.Contains(through + 1))
        {
            through++;
        }

        var highest = Math.Max(through, recorded.Max);
        SequenceRange[] gaps = [.. MissingBetween(recorded, through, highest).Select(n => new SequenceRange { First = n, Last = n })];
        return Recorded(through, highest, gaps);
    }

    private static IEnumerable<long> MissingBetween(SortedSet<long> recorded, long through, long highest)
    {
        for (var sequence = through + 1; sequence < highest; sequence++)
        {
            if (!recorded.Contains(sequence))
            {
                yield return sequence;
            }
        }
    }

    private static RecordedReport Recorded(long through, long? highest = null, params SequenceRange[] missing) =>
        new() { Schema = 1, Outbox = Outbox, RecordedThrough = through, Highest = highest ?? through, Missing = missing };

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
