using System.Collections.Concurrent;
using Dashiban.Messaging;
using Microsoft.Extensions.Logging;

namespace Dashiban.IntegrationTests.Delivery;

/// <summary>A link that runs until disposed and keeps what it received.</summary>
internal sealed class RunningLink : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    public RunningLink(MqttLinkOptions options, IReadOnlyList<string>? subscriptions = null, Func<IncomingMessage, CancellationToken, ValueTask>? receive = null)
    {
        var random = new Random(1);
        Link = new MqttLink(
            options with { FirstRetry = TimeSpan.FromSeconds(0.1), LongestRetry = TimeSpan.FromSeconds(0.5) },
            subscriptions ?? [],
            async (message, cancel) =>
            {
                Received.Enqueue(message);
                if (receive is not null)
                {
                    await receive(message, cancel);
                }
            },
            TimeProvider.System,
            random.NextDouble,
            Log);
        _run = Link.RunAsync(_stop.Token);
    }

    public MqttLink Link { get; }

    public ConcurrentQueue<IncomingMessage> Received { get; } = new();

    public WrittenLog Log { get; } = new();

    public static async Task<RunningLink> ConnectedAsync(MqttLinkOptions options, params string[] subscriptions)
    {
        var running = new RunningLink(options, subscriptions);
        await running.Link.WaitUntilConnectedAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20));
        return running;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
    }
}

/// <summary>Keeps what was logged.</summary>
internal sealed class WrittenLog : ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)} {exception}");

    public override string ToString() => string.Join('\n', Lines);
}

/// <summary>Waits for something that other processes do.</summary>
internal static class Eventually
{
    public static async Task IsTrueAsync(Func<bool> condition, string what, double seconds = 20)
    {
        for (var left = seconds; !condition(); left -= 0.02)
        {
            Assert.True(left > 0, $"not within {seconds} s: {what}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
