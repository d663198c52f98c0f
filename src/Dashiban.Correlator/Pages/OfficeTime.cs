using System.Globalization;
using Dashiban.Domain.Correlation;

namespace Dashiban.Correlator.Pages;

/// <summary>Times as the office writes them, by the clock on its wall.</summary>
internal static class OfficeTime
{
    public static DateTimeOffset Midnight(DateTimeOffset time) => CountyTime.StartOf(CountyTime.DateOf(time));

    public static string Clock(DateTimeOffset time) => Format(time, "HH:mm:ss");

    public static string Minute(DateTimeOffset time) => Format(time, "HH:mm");

    public static string DayAndMinute(DateTimeOffset time) => Format(time, "MM-dd HH:mm");

    public static string DayAndClock(DateTimeOffset time) => Format(time, "MM-dd HH:mm:ss");

    public static string Day(DateTimeOffset time) => Format(time, "MM-dd");

    public static string Full(DateTimeOffset time) => Format(time, "yyyy-MM-dd HH:mm:ss");

    private static string Format(DateTimeOffset time, string format) => CountyTime.Of(time).ToString(format, CultureInfo.InvariantCulture);
}
