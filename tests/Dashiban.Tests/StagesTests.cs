using System.Threading.Channels;
using Dashiban.Edge;

namespace Dashiban.Tests;

public sealed class StagesTests
{
    private static CancellationToken Abort => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_failure_cancels_the_others_and_is_the_one_rethrown()
    {
        var cancelled = false;
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => Stages.RunAllAsync(
            Abort,
            _ => throw new InvalidOperationException("first"),
            async giveUp =>
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WhenCancelled(giveUp));
                cancelled = true;
                throw new NotSupportedException("second");
            }));

        Assert.Equal("first", thrown.Message);
        Assert.True(cancelled);
    }

    [Fact]
    public async Task A_lane_fault_lets_the_others_finish_what_they_hold()
    {
        var channel = Channel.CreateUnbounded<int>();
        var read = 0;
        var thrown = await Assert.ThrowsAsync<LaneFaultException>(() => Stages.RunAllAsync(
            Abort,
            async _ =>
            {
                await channel.Writer.WriteAsync(1, Abort);
                await channel.Writer.WriteAsync(2, Abort);
                channel.Writer.Complete();
                throw new LaneFaultException(LaneFault.CameraSilent, "gone");
            },
            async giveUp =>
            {
                await foreach (var item in channel.Reader.ReadAllAsync(giveUp))
                {
                    read += item;
                    await Task.Yield();
                }
            }));

        Assert.Equal(LaneFault.CameraSilent, thrown.Fault);
        Assert.Equal(3, read);
    }

    [Fact]
    public async Task A_bug_outranks_a_lane_fault()
    {
        var faulted = new TaskCompletionSource();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Stages.RunAllAsync(
            Abort,
            _ =>
            {
                faulted.SetResult();
                throw new LaneFaultException(LaneFault.CameraSilent, "gone");
            },
            async _ =>
            {
                await faulted.Task;
                throw new InvalidOperationException("bug");
            }));
    }

    [Fact]
    public async Task A_closed_channel_is_reported_by_its_cause()
    {
        var channel = Channel.CreateBounded<int>(1);
        channel.Writer.Complete(new NotSupportedException("cause"));

        await Assert.ThrowsAsync<NotSupportedException>(() => Stages.RunAllAsync(
            Abort,
            async giveUp => await channel.Writer.WriteAsync(1, giveUp)));
    }

    [Fact]
    public async Task An_abort_reaches_every_stage()
    {
        using var abort = new CancellationTokenSource();
        var running = Stages.RunAllAsync(abort.Token, WhenCancelled, WhenCancelled);
        await abort.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static Task WhenCancelled(CancellationToken giveUp) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, giveUp);
}
