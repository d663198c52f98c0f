using Microsoft.Playwright;

namespace Dashiban.IntegrationTests.Feed;

/// <summary>Debian's Chromium without a window. It speaks to loopback alone: other hosts do not resolve, so an asset from elsewhere fails.</summary>
internal sealed class Browser : IAsyncDisposable
{
    /// <summary>A busy build machine may take this long to show a page.</summary>
    private const int PatienceMilliseconds = 30_000;

    private const string Executable = "/usr/bin/chromium";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Browser> StartAsync()
    {
        Assert.SkipUnless(File.Exists(Executable), $"{Executable} is missing; install Debian's package chromium.");
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args =
            [
                "--no-sandbox", "--headless=new", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        });
        return new(playwright, browser);
    }

    /// <summary>A page of its own (own cookies) at the given size; <paramref name="trouble"/> collects what goes wrong inside.</summary>
    public async Task<IPage> OpenAsync(Uri address, int width, int height, List<string> trouble)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
        });
        context.SetDefaultTimeout(PatienceMilliseconds);
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                trouble.Add($"{message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => trouble.Add($"page error: {error}");
        page.RequestFailed += (_, request) => trouble.Add($"request failed: {request.Url}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                trouble.Add($"asked another host: {request.Url}");
            }
        };
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
