using System.Diagnostics;
using System.Net;
using Dashiban.Testing;

namespace Dashiban.IntegrationTests.Feed;

public sealed class CentreProcessTests
{
    [Fact]
    public async Task The_centre_serves_its_page_and_every_asset_whatever_the_working_directory()
    {
        var folder = Directory.CreateTempSubdirectory("dashiban-centre-");
        var port = Checkout.FreePort();
        var config = Path.Combine(folder.FullName, "centre.json");
        await File.WriteAllTextAsync(config, $$"""
            { "correlator": {
                "dataFolder": "{{folder.FullName}}/data",
                "link": { "host": "127.0.0.1", "port": {{Checkout.FreePort()}}, "clientId": "correlator" },
                "web": { "listen": "http://127.0.0.1:{{port}}" } } }
            """, TestContext.Current.CancellationToken);
        using var centre = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "dashiban.dll"), "correlator", "--config", config])
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            centre.ErrorDataReceived += static (_, _) => { };
            centre.BeginErrorReadLine();
            Assert.Equal($"page http://127.0.0.1:{port}", await centre.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
            using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };

            foreach (var asset in new[] { "/sign-in", "/_framework/blazor.web.js", "/_content/MudBlazor/MudBlazor.min.css", "/_content/MudBlazor/MudBlazor.min.js", "/_content/Dashiban.Correlator/desk.css", "/_content/Dashiban.Correlator/desk.js", "/openapi/v1.json", "/api/leads" })
            {
                using var answer = await http.GetAsync(new Uri(asset, UriKind.Relative), TestContext.Current.CancellationToken);
                Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{asset}: {answer.StatusCode}");
            }
        }
        finally
        {
            centre.Kill(entireProcessTree: true);
            await centre.WaitForExitAsync(CancellationToken.None);
            folder.Delete(recursive: true);
        }
    }
}
