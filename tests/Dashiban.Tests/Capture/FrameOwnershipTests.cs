using System.Threading.Channels;
using Dashiban.Edge;
using Dashiban.Edge.Capture;
using Dashiban.Testing.Capture;

namespace Dashiban.Tests.Capture;

/// <summary>The five rules of who owns native memory, one test each and a few more.</summary>
public sealed class FrameOwnershipTests
{
    private static readonly PictureFormat Format = new(64, 48);
    private readonly FrameLedger _ledger = new();

    /// <summary>Nobody looks here, so the one buffer stays in the mailbox: the books decide the rest without the scheduler.</summary>
    [Fact]
    public async Task An_empty_pool_costs_a_frame_and_never_memory()
    {
        var books = new LaneBooks();
        using var source = new ScriptedFrames(Format, [.. ScriptedFrames.Steady(10)]);
        using var pool = new FramePool(1, books.Frames);
        var mailbox = FrameMailbox.NewestWins();
        var options = new LaneOptions { Camera = "cam", Site = "site", Source = "scripted" };
        var capture = new CaptureStage(source, pool, FrameClock.FromArrival(), options, books, _ => { }, TimeProvider.System);

        await capture.RunAsync(mailbox.Writer, CancellationToken.None, TestContext.Current.CancellationToken);
        mailbox.Reader.AbandonRest();

        Assert.Equal(10, books.Frames.Captured);
        Assert.Equal(9, books.Frames[Fate.NoBuffer]);
        Assert.Equal(1, books.Frames[Fate.Abandoned]);
        Assert.Equal(0, books.Frames.InFlight);
    }

    [Fact]
    public async Task Writing_a_frame_gives_it_away_and_a_failed_write_does_not()
    {
        using var pool = NewPool(2);
        var channel = Channel.CreateBounded<Frame>(1);
        var given = Captured(pool);
        await channel.Writer.WriteAsync(given, TestContext.Current.CancellationToken);
        Assert.Equal(1, pool.AtHome); // the channel owns it now

        var kept = Captured(pool);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => channel.Writer.WriteAsync(kept, new CancellationToken(true)).AsTask());
        kept.Fate = Fate.Abandoned;
        kept.Dispose();

        channel.Reader.AbandonRest();
        Assert.Equal(2, pool.AtHome);
        Assert.Equal(2, _ledger[Fate.Abandoned]);
    }

    [Fact]
    public void Disposing_returns_the_buffer_and_settles_the_fate_once()
    {
        using var pool = NewPool(2);
        var frame = Captured(pool);
        frame.Fate = Fate.Analysed;

        Parallel.For(0, 8, _ => frame.Dispose());

        Assert.Equal(2, pool.AtHome);
        Assert.Equal(1, _ledger[Fate.Analysed]);
        Assert.Equal(0, _ledger.InFlight);
    }

    [Fact]
    public void A_frame_is_born_lost_and_forgetting_it_shows()
    {
        using (var pool = NewPool(2))
        {
            Captured(pool).Dispose(); // disposed, but nobody said how it ended
            var forgotten = Captured(pool);
            forgotten.Fate = Fate.Analysed; // said, but never disposed
        }

        Assert.Equal(2, _ledger[Fate.Lost]);
        Assert.Equal(0, _ledger.InFlight);
    }

    [Fact]
    public void A_rented_frame_remembers_nothing_of_its_last_life()
    {
        using var pool = NewPool(1);
        var first = Captured(pool);
        first.Detections.Vehicles.Add(new(new(0, 0, 10, 10), 1));
        first.Fate = Fate.Analysed;
        first.Dispose();

        using var second = pool.TryRent();

        Assert.NotNull(second);
        Assert.True(second.Detections.IsEmpty);
        Assert.Equal(Fate.Lost, second.Fate);
    }

    [Fact]
    public void A_frame_that_was_never_captured_leaves_the_books_alone()
    {
        using var pool = NewPool(1);
        pool.TryRent()!.Dispose();

        Assert.Equal(0, _ledger.Captured);
        Assert.Equal(0, _ledger.InFlight);
        Assert.Equal(1, pool.AtHome);
    }

    [Fact]
    public void An_empty_pool_gives_nothing_instead_of_growing()
    {
        using var pool = NewPool(2);
        using var first = pool.TryRent();
        using var second = pool.TryRent();

        Assert.Null(pool.TryRent());
    }

    [Fact]
    public void A_pool_has_one_format_for_life()
    {
        using var pool = NewPool(1);
        Assert.Throws<InvalidOperationException>(() => pool.Allocate(new PictureFormat(32, 32)));
    }

    [Fact]
    public void The_newest_frame_wins_the_mailbox_and_the_loser_is_superseded()
    {
        using var pool = NewPool(3);
        var mailbox = FrameMailbox.NewestWins();
        var old = Captured(pool);
        var young = Captured(pool);

        Assert.True(mailbox.Writer.TryWrite(old));
        Assert.True(mailbox.Writer.TryWrite(young));

        Assert.True(mailbox.Reader.TryRead(out var read));
        Assert.Same(young, read);
        Assert.Equal(1, _ledger[Fate.Superseded]);
        read.Fate = Fate.Analysed;
        read.Dispose();
        Assert.Equal(3, pool.AtHome);
    }

    [Fact]
    public void A_file_keeps_its_pictures_in_the_mailbox()
    {
        using var pool = NewPool(2);
        var mailbox = FrameMailbox.WriterWaits();
        Assert.True(mailbox.Writer.TryWrite(Captured(pool)));

        using var second = Captured(pool);
        Assert.False(mailbox.Writer.TryWrite(second));

        mailbox.Reader.AbandonRest();
        Assert.Equal(0, _ledger[Fate.Superseded]);
    }

    private static Frame Captured(FramePool pool)
    {
        var frame = pool.TryRent()!;
        frame.Capture(DateTimeOffset.UnixEpoch);
        return frame;
    }

    private FramePool NewPool(int count)
    {
        var pool = new FramePool(count, _ledger);
        pool.Allocate(Format);
        return pool;
    }
}
