using System.Text.RegularExpressions;
using Dashiban.Correlator.Leads;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Plates;
using Dashiban.Domain.Seats;
using Dashiban.Messaging;
using Dashiban.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Dashiban.IntegrationTests.Feed;

public sealed partial class DeskPageTests
{
    private const string Plate = "渝BD7S08";

    /// <summary>A4 at 96 dots an inch, less the margins.</summary>
    private const int A4Width = 703;
    private const int A4Height = 1032;

    [Fact]
    public async Task An_officer_sees_a_lead_arrive_opens_it_and_confirms_it()
    {
        var day = new DutyDay(TimeProvider.System);
        await using var host = await DeskHost.StartAsync(day.Desk);
        await using var browser = await Browser.StartAsync();
        var trouble = new List<string>();
        var page = await browser.OpenAsync(host.Address, 1366, 768, trouble);
        await SignInAsync(page);
        await Expect(page.GetByText("没有线索")).ToBeVisibleAsync();

        await RaiseWithSceneAsync(day);

        var row = page.Locator("a.row");
        await Expect(row).ToHaveCountAsync(1);
        await Expect(row).ToContainTextAsync("渝B·****8");
        Assert.DoesNotContain(Plate, await page.ContentAsync(), StringComparison.Ordinal);
        await row.ClickAsync();
        await Expect(page.Locator(".card-head .plate")).ToHaveTextAsync("渝B·D7S08");
        await Expect(page.Locator(".card")).ToContainTextAsync("半天内往返 3 次");
        var look = Assert.Single(day.Desk.AuditTrail());
        Assert.Equal(("张三", "值班处置", "open"), (look.Who, look.Why, look.Action));

        await page.Keyboard.PressAsync("1");
        await page.Locator("input[name=reason]").FillAsync("车上 6 名乘客，均付车费，已移交执法大队");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".reason output")).ToHaveTextAsync("请先核对并勾选");
        Assert.Single(await day.Desk.ListAsync(null, 10, CancellationToken.None));
        await page.Locator("input[name=checked]").CheckAsync();
        await page.Locator(".reason button[type=submit]").ClickAsync();

        await Expect(page.Locator("[data-chip=state]")).ToContainTextAsync("已查实");
        await Expect(page.Locator("[data-fact=open]")).ToHaveTextAsync("0");
        var settled = Assert.Single(await day.Desk.ListAsync(new HashSet<LeadState> { LeadState.Confirmed }, 10, CancellationToken.None));
        Assert.Equal((DispositionVerdict.Confirmed, "张三"), (settled.Disposition!.Verdict, settled.Disposition.By));
        Assert.Empty(trouble);
    }

    [Theory]
    [InlineData(1366, 768)]
    [InlineData(1920, 1080)]
    public async Task Nothing_overflows_and_every_picture_is_there(int width, int height)
    {
        var day = new DutyDay(TimeProvider.System);
        await using var host = await DeskHost.StartAsync(day.Desk);
        await using var browser = await Browser.StartAsync();
        var trouble = new List<string>();
        var page = await browser.OpenAsync(host.Address, width, height, trouble);
        await page.GotoAsync("/sign-in");
        await ShootAsync(page, "sign-in", width);
        await SignInAsync(page);
        await RaiseWithSceneAsync(day);
        await RaiseOthersAsync(day);
        host.Fleet.Observe(Heartbeat(DateTimeOffset.UtcNow.AddSeconds(-5), 0));
        host.Fleet.Observe(Heartbeat(DateTimeOffset.UtcNow, 60));
        await Expect(page.Locator("a.row")).ToHaveCountAsync(4);
        await AssertTidyAsync(page, "list", width);

        await page.Locator("a.row", new() { HasText = "短时多次往返" }).ClickAsync();
        await Expect(page.Locator("img.scene-picture")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("1");
        await AssertTidyAsync(page, "lead", width);

        await page.GotoAsync("/fleet");
        await Expect(page.Locator("tr[data-camera]")).ToHaveCountAsync(2);
        await AssertTidyAsync(page, "fleet", width);
        Assert.Empty(trouble);
    }

    [Fact]
    public async Task A_flood_is_said_and_grouped_and_what_is_settled_can_be_printed()
    {
        var day = new DutyDay(TimeProvider.System);
        await using var host = await DeskHost.StartAsync(day.Desk);
        await using var browser = await Browser.StartAsync();
        var trouble = new List<string>();
        var page = await browser.OpenAsync(host.Address, 1366, 768, trouble);
        await SignInAsync(page);
        await RaiseWithSceneAsync(day);
        for (var i = 0; i < 14; i++)
        {
            await day.HitAsync(i % 3 == 0 ? "Watchlist" : "DailyReturn", $"渝A{i:00000}", 30 + i, new($"第 {i} 条", $"number {i}"));
        }

        await Expect(page.Locator(".flood")).ToContainTextAsync("15 条");
        await Expect(page.Locator(".group")).ToHaveCountAsync(3);
        await Expect(page.Locator("a.row")).ToHaveCountAsync(7);
        await AssertTidyAsync(page, "flood", 1366);
        await page.Locator(".unfold").First.ClickAsync();
        await Expect(page.Locator("a.row")).ToHaveCountAsync(13);

        await page.Locator("a.row", new() { HasText = "短时多次往返" }).ClickAsync();
        await Expect(page.Locator("img.scene-picture")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("4");
        await page.Locator("input[name=reason]").FillAsync("澄溪出口守候 40 分钟未见");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".settle .word")).ToContainTextAsync("未拦到");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.SetViewportSizeAsync(A4Width, A4Height);
        await Expect(page.Locator(".queue")).ToBeHiddenAsync();
        await Expect(page.Locator(".verdicts")).ToBeHiddenAsync();
        await ShootAsync(page, "print", A4Width);
        Assert.Empty(trouble);
    }

    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/");
        await Expect(page).ToHaveURLAsync(SignInAddress());
        await page.Locator("input[name=name]").FillAsync("张三");
        await page.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator(".bar-officer")).ToContainTextAsync("张三");
    }

    private static async Task RaiseWithSceneAsync(DutyDay day)
    {
        var scene = Drawn.Scene(Plate);
        foreach (var passage in await day.ShuttleAsync(Plate, DateTimeOffset.UtcNow, Drawn.Crop(Plate), scene))
        {
            Assert.True(await day.Desk.KeepSceneAsync(passage.Id, scene, CancellationToken.None));
        }
    }

    private static async Task RaiseOthersAsync(DutyDay day)
    {
        var van = new SeatEvidence([SeatFusion.FromPlate(PlateClass.Small)!, new(SeatWitnessKind.Picture, 3.1, SeatClass.Van7To9, Looks: 11)]);
        var register = new SeatEvidence([SeatFusion.FromRegister(9)]);
        await day.HitAsync("DailyReturn", "渝A3K6Z1", 64, new("一周内 5 天有往返，共 9 次：大石场镇—澄溪高速路出口", "Returns on 5 days of this week"), van, TimeSpan.FromMinutes(21));
        await day.HitAsync("GateFrequency", "川S2M905", 41, new("本月同一卡口同一时段出现 14 次", "14 times at the same gate in the same hours of this month"), register, TimeSpan.FromMinutes(47));
        await day.HitAsync("Watchlist", "渝BD06688", 92, new("布控名单：村级摸底上报，有效期至 12-31", "On a watch list until 31 December"), register, TimeSpan.FromMinutes(3));
        await day.HitAsync("ClonedPlate", "渝B90Q17", 71, new("12 分钟内出现在相距 48 公里的两处", "In two places 48 km apart within 12 minutes"), null, TimeSpan.FromMinutes(9));
    }

    private static HeartbeatReport Heartbeat(DateTimeOffset at, long analysed) => new()
    {
        Edge = "edge-xinli",
        SentAt = at,
        StartedAt = DateTimeOffset.UtcNow.Date.AddHours(-7),
        Outbox = DutyDay.Outbox,
        NextSequence = 1205,
        ConfirmedThrough = 1204,
        CompleteThrough = at,
        ClockOffset = TimeSpan.FromMilliseconds(18),
        Withheld = 8841,
        Lanes = [Lane("xinli-in", "Live", at, analysed), Lane("xinli-out", "CameraSilent", at.AddSeconds(-74), 0)],
    };

    private static LaneReport Lane(string camera, string state, DateTimeOffset last, long analysed) => new()
    {
        Camera = camera,
        Site = "xinli-service-area",
        State = state,
        LastFrameAt = last,
        Captured = 630_000 + (analysed * 2) + 3,
        Fates = new Dictionary<string, long> { ["Analysed"] = 120_000 + analysed, ["Blank"] = 180_000, ["Superseded"] = 12_000, ["Thinned"] = 318_000 + analysed, ["NoBuffer"] = 0, ["Failed"] = 0, ["Abandoned"] = 0, ["Lost"] = 0 },
        Funnel = new Dictionary<string, long> { ["Detected"] = 10_432, ["Cropped"] = 10_011, ["Read"] = 9_704, ["Valid"] = 9_650, ["Voted"] = 1_204 },
        Latencies = new Dictionary<string, LatencyReport> { ["Detect"] = new(60, 21, 34, 60), ["Read"] = new(60, 9, 17, 25) },
        Reconnects = 2,
    };

    /// <summary>No horizontal scroll bar, no text cut off on a button, no picture missing; and a screenshot for human eyes.</summary>
    private static async Task AssertTidyAsync(IPage page, string name, int width)
    {
        await Task.Delay(600, TestContext.Current.CancellationToken);
        await ShootAsync(page, name, width);
        var findings = await page.EvaluateAsync<string[]>("""
            () => {
              const found = [];
              if (document.documentElement.scrollWidth > innerWidth) found.push(`page is ${document.documentElement.scrollWidth} wide`);
              for (const box of document.querySelectorAll('.rows, .card-body, .settle, .bar, .fleet, .verdicts button, .tabs button, .card-head, .readout')) {
                if (box.scrollWidth > box.clientWidth + 1) found.push(`${box.className || box.tagName} '${box.textContent.trim().slice(0, 20)}' is ${box.scrollWidth} in ${box.clientWidth}`);
              }
              for (const picture of document.images) {
                if (!picture.complete || picture.naturalWidth === 0) found.push(`no picture: ${picture.className || picture.src.slice(0, 60)}`);
              }
              const boxes = [...document.querySelectorAll('.bar > *, .card-head > *, .verdicts > *, .readout > *, .card-body > section, .reason > *')].map(e => [e, e.getBoundingClientRect()]);
              for (const [a, p] of boxes) for (const [b, q] of boxes) {
                if (a !== b && a.parentElement === b.parentElement && p.width && q.width && p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 1 && q.top < p.bottom - 1) found.push(`${a.className || a.tagName} lies over ${b.className || b.tagName}`);
              }
              return found;
            }
            """);
        Assert.Empty(findings);
    }

    private static async Task ShootAsync(IPage page, string name, int width)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots"));
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder.FullName, $"{name}-{width}.png") });
    }

    [GeneratedRegex("/sign-in")]
    private static partial Regex SignInAddress();
}
