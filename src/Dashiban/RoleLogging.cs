namespace Dashiban;

/// <summary>How roles report: one line per episode on standard error, UTC first, plates masked by their type.</summary>
internal static partial class RoleLogging
{
    public static ILoggerFactory Create() => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd HH:mm:ss'Z' ";
            console.ColorBehavior = Microsoft.Extensions.Logging.Console.LoggerColorBehavior.Disabled;
        })
        .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));

    /// <summary>Randomness of one process; everything below the commands takes it as an argument.</summary>
    public static Func<double> Dice()
    {
        var random = new Random();
        var gate = new Lock();
        return () =>
        {
            lock (gate)
            {
                return random.NextDouble();
            }
        };
    }

    /// <summary>Bad lines of list files; the good ones are in force.</summary>
    public static void Report(ILoggerFactory logs, IEnumerable<string> warnings)
    {
        var logger = logs.CreateLogger("lists");
        foreach (var warning in warnings)
        {
            BadLine(logger, warning);
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "{Warning}")]
    private static partial void BadLine(ILogger logger, string warning);
}
