using System.Globalization;

namespace Dashiban.Correlator.Pages;

/// <summary>Times as the office writes them: China Standard Time, which knows no daylight saving.</summary>
internal static class OfficeTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateTimeOffset At(DateTimeOffset time) => time.ToOffset(Offset);

    public static DateTimeOffset Midnight(DateTimeOffset time) => new(At(time).Date, Offset);

    public static string Clock(DateTimeOffset time) => Format(time, "HH:mm:ss");

    public static string Minute(DateTimeOffset time) => Format(time, "HH:mm");

    public static string DayAndMinute(DateTimeOffset time) => Format(time, "MM-dd HH:mm");

    public static string DayAndClock(DateTimeOffset time) => Format(time, "MM-dd HH:mm:ss");

    public static string Day(DateTimeOffset time) => Format(time, "MM-dd");

    public static string Full(DateTimeOffset time) => Format(time, "yyyy-MM-dd HH:mm:ss");

    private static string Format(DateTimeOffset time, string format) => At(time).ToString(format, CultureInfo.InvariantCulture);
}
