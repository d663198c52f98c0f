namespace Dashiban.Domain.Correlation;

/// <summary>
/// A family of fixed periods in county time. Which periods exist depends on the calendar alone, never on what was seen:
/// that is why the order of arrival cannot change what a rule finds.
/// </summary>
public abstract class Periods
{
    // A Monday, so that weeks begin on Mondays.
    private static readonly DateTimeOffset Anchor = new(2024, 1, 1, 0, 0, 0, CountyTime.Offset);

    private Periods()
    {
    }

    /// <summary>Calendar days.</summary>
    public static Periods Days { get; } = new Stepped(TimeSpan.FromDays(1), TimeSpan.FromDays(1));

    /// <summary>Twelve hours long, one every six hours: no morning and no night is cut in two.</summary>
    public static Periods HalfDays { get; } = new Stepped(TimeSpan.FromHours(12), TimeSpan.FromHours(6));

    /// <summary>Calendar weeks from Monday.</summary>
    public static Periods Weeks { get; } = new Stepped(TimeSpan.FromDays(7), TimeSpan.FromDays(7));

    /// <summary>Calendar months.</summary>
    public static Periods Months { get; } = new Monthly();

    /// <summary>The periods that contain a moment, the earliest first.</summary>
    public IEnumerable<Period> Containing(DateTimeOffset time) => Overlapping(new Period(time, time.AddTicks(1)));

    /// <summary>The periods that share time with a stretch, the earliest first.</summary>
    public abstract IEnumerable<Period> Overlapping(Period stretch);

    private sealed class Stepped(TimeSpan length, TimeSpan step) : Periods
    {
        public override IEnumerable<Period> Overlapping(Period stretch)
        {
            var first = Anchor + step * Math.Floor((stretch.Start - length - Anchor) / step);
            for (var start = first; start < stretch.End; start += step)
            {
                if (start + length > stretch.Start)
                {
                    yield return new Period(start, start + length);
                }
            }
        }
    }

    private sealed class Monthly : Periods
    {
        public override IEnumerable<Period> Overlapping(Period stretch)
        {
            var local = CountyTime.Of(stretch.Start);
            var start = new DateTimeOffset(local.Year, local.Month, 1, 0, 0, 0, CountyTime.Offset);
            for (; start < stretch.End; start = start.AddMonths(1))
            {
                yield return new Period(start, start.AddMonths(1));
            }
        }
    }
}
