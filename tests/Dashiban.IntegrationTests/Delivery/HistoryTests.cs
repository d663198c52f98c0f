using Dashiban.Edge.Outbox;
using Dashiban.Edge.Publishing;
using Dashiban.History;
using Dashiban.Messaging;
using Dashiban.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashiban.IntegrationTests.Delivery;

public sealed class HistoryTests
{
    /// <summary>It waited for confirmations that nobody was left to bring (issue 3).</summary>
    [Fact]
    public async Task A_history_whose_delivery_dies_ends_with_the_reason()
    {
        using var folder = new ScratchFolder();
        using var outbox = EdgeOutbox.Open(new OutboxOptions { File = folder["outbox.db"] }, "edge-test", null, TimeProvider.System, () => 0.5, NullLogger.Instance);
        var history = new HistoryPublisher(
            outbox,
            new MqttLinkOptions { Port = Checkout.FreePort(), ClientId = "history-under-test" },
            new PublishOptions(),
            TimeProvider.System,
            () => throw new ArithmeticException("no dice"),
            NullLoggerFactory.Instance);

        var running = history.RunAsync([SomePassages.Minibus()], 0, _ => { }, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<ArithmeticException>(() => running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Equal(new HistoryBooks(1, 0), history.Books);
    }
}
