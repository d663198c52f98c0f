namespace Dashiban.Correlator.Alerts;

/// <summary>
/// How many leads reach the officer, against what one person can judge with care. Numbers follow the practice of alarm
/// management (EEMUA 191, ISA-18.2): about six an hour is manageable, more than ten in ten minutes is a flood.
/// </summary>
/// <param name="LastHour">Leads raised within the last hour.</param>
/// <param name="LastTenMinutes">Leads raised within the last ten minutes.</param>
/// <param name="HourlyBudget">What the office has said it can judge in an hour.</param>
public sealed record AlertLoad(int LastHour, int LastTenMinutes, int HourlyBudget)
{
    /// <summary>More than this many in ten minutes is a flood.</summary>
    public const int FloodLimit = 10;

    /// <summary>Too many to be read one by one: the page groups them by rule, and only the strongest of each stand out.</summary>
    public bool IsFlood => LastTenMinutes > FloodLimit;

    public bool IsOverBudget => LastHour > HourlyBudget;

    public static AlertLoad Of(IEnumerable<DateTimeOffset> raised, DateTimeOffset now, int hourlyBudget)
    {
        var (hour, minutes) = (0, 0);
        foreach (var at in raised)
        {
            var age = now - at;
            if (age < TimeSpan.Zero || age >= TimeSpan.FromHours(1))
            {
                continue;
            }

            hour++;
            minutes += age < TimeSpan.FromMinutes(10) ? 1 : 0;
        }

        return new(hour, minutes, hourlyBudget);
    }
}
