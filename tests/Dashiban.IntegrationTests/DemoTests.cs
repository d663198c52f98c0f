using Dashiban.Testing;
using Dashiban.Testing.Capture;

namespace Dashiban.IntegrationTests;

/// <summary>The main job, whole: rendered cameras over RTSP, two edges, broker, centre. Takes some minutes, most of them rendering.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_raises_the_planted_leads_and_nobody_elses_and_its_books_balance()
    {
        if (!TestClips.CanServe)
        {
            Assert.Skip("no RTSP server: deploy/install.sh demo");
        }

        var folder = Path.Combine(Checkout.Root, "var", "demo-test");
        await using var demo = DashibanProcess.Start("demo", "--seconds", "105", "--port", "0", "--data", folder);
        var exit = await demo.WaitAsync(TestContext.Current.CancellationToken);

        Assert.True(exit == 0, string.Join('\n', demo.Output.Where(l => !l.StartsWith("rendering", StringComparison.Ordinal)).Concat(demo.Errors).TakeLast(60)));
        Assert.Contains("demo: everything holds", demo.Output);
    }
}
