using System.Threading.Channels;

namespace Dashiban.Edge.Capture;

/// <summary>Room for one frame between Capture and Detect.</summary>
internal static class FrameMailbox
{
    /// <summary>A camera's mailbox: a newer frame replaces the one inside, which settles as <see cref="Fate.Superseded"/>.</summary>
    /// <remarks>Only the callback knows of the loser: <c>TryWrite</c> answers true also where something was thrown away.</remarks>
    public static Channel<Frame> NewestWins() => Channel.CreateBounded<Frame>(Room(BoundedChannelFullMode.DropOldest), Supersede);

    /// <summary>A file's mailbox: the writer waits, so that a replayed file is read whole and gives the same passages every time.</summary>
    public static Channel<Frame> WriterWaits() => Channel.CreateBounded<Frame>(Room(BoundedChannelFullMode.Wait));

    /// <summary>Ends the life of frames that nobody will read. All stages have ended by now.</summary>
    public static void AbandonRest(this ChannelReader<Frame> reader)
    {
        while (reader.TryRead(out var frame))
        {
            frame.Fate = Fate.Abandoned;
            frame.Dispose();
        }
    }

    private static BoundedChannelOptions Room(BoundedChannelFullMode mode) => new(1)
    {
        FullMode = mode,
        SingleReader = true,
        SingleWriter = true,
    };

    private static void Supersede(Frame loser)
    {
        loser.Fate = Fate.Superseded;
        loser.Dispose();
    }
}
