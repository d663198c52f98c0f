namespace Dashiban.Correlator.Alerts;

/// <summary>Leads by hour, to see at a glance when they came. Pure.</summary>
internal static class HourCounts
{
    public const int Hours = 24;

    /// <summary>Counts of the last 24 hours, the oldest first; the last one holds the sixty minutes before <paramref name="now"/>.</summary>
    public static IReadOnlyList<int> Of(IEnumerable<DateTimeOffset> raised, DateTimeOffset now)
    {
        var counts = new int[Hours];
        foreach (var at in raised)
        {
            var age = (int)Math.Floor((now - at) / TimeSpan.FromHours(1));
            if (age is >= 0 and < Hours)
            {
                counts[Hours - 1 - age]++;
            }
        }

        return counts;
    }
}
