namespace Dashiban.Correlator.Fleet;

/// <summary>What is known of a camera in one slot of time.</summary>
public enum CoverageState
{
    /// <summary>Nobody reported: the edge or the link was down. Passages may have happened unseen or may still arrive.</summary>
    Unknown,

    /// <summary>Reported live all through.</summary>
    Live,

    /// <summary>Live in a part of the slot.</summary>
    Partly,

    /// <summary>The edge reported, the camera did not deliver: whatever passed was not seen.</summary>
    Down,
}

/// <summary>A day of one camera in slots of a quarter of an hour: "the camera was down" is not "nobody passed".</summary>
internal sealed class CoverageStrip
{
    public const int Slots = 96;
    public static readonly TimeSpan Slot = TimeSpan.FromMinutes(15);
    private readonly (long Number, int Live, int Down)[] _ring = new (long, int, int)[Slots];

    public void Observe(DateTimeOffset at, bool live)
    {
        var number = NumberOf(at);
        ref var slot = ref _ring[number % Slots];
        if (slot.Number > number)
        {
            return;
        }

        if (slot.Number < number)
        {
            slot = (number, 0, 0);
        }

        slot.Live += live ? 1 : 0;
        slot.Down += live ? 0 : 1;
    }

    /// <summary>The last 24 hours, the oldest slot first; the last one holds <paramref name="now"/>.</summary>
    public IReadOnlyList<CoverageState> Day(DateTimeOffset now)
    {
        var newest = NumberOf(now);
        var day = new CoverageState[Slots];
        for (var i = 0; i < Slots; i++)
        {
            var number = newest - (Slots - 1) + i;
            var slot = _ring[number % Slots];
            day[i] = slot.Number == number ? StateOf(slot.Live, slot.Down) : CoverageState.Unknown;
        }

        return day;
    }

    private static long NumberOf(DateTimeOffset at) => at.UtcTicks / Slot.Ticks;

    private static CoverageState StateOf(int live, int down) => (live, down) switch
    {
        (0, 0) => CoverageState.Unknown,
        (_, 0) => CoverageState.Live,
        (0, _) => CoverageState.Down,
        _ => CoverageState.Partly,
    };
}
