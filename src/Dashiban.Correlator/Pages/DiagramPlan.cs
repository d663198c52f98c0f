using Dashiban.Domain.Passages;

namespace Dashiban.Correlator.Pages;

/// <summary>Where everything of a passage diagram stands, in user units of its SVG. Pure.</summary>
internal sealed record DiagramPlan(
    double Height,
    IReadOnlyList<DiagramPlan.Row> Rows,
    IReadOnlyList<DiagramPlan.Point> Points,
    IReadOnlyList<DiagramPlan.Tick> Ticks)
{
    public const double Width = 600;
    public const double Left = 10;
    public const double Right = 10;
    private const double RowHeight = 48;
    private const double Top = 32;
    private const double Bottom = 36;
    private const double Inset = 16;
    private const int MostTicks = 7;
    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4),
        TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(7),
    ];

    public sealed record Row(string Site, double Y);

    public sealed record Point(RecordedPassage Passage, double X, double Y);

    public sealed record Tick(double X, string Label);

    /// <summary>Null where nothing passed. Sites stand in the order of their first passage.</summary>
    public static DiagramPlan? Of(IReadOnlyList<RecordedPassage> timeline)
    {
        if (timeline.Count == 0)
        {
            return null;
        }

        var (first, last) = (timeline[0].Passage.CapturedAt, timeline[^1].Passage.CapturedAt);
        var rows = timeline.Select(recorded => recorded.Passage.Site).Distinct()
            .Select((site, i) => new Row(site, Top + (i * RowHeight))).ToList();
        var rowOf = rows.ToDictionary(row => row.Site, row => row.Y);
        var points = timeline.Select(recorded =>
            new Point(recorded, XOf(recorded.Passage.CapturedAt, first, last), rowOf[recorded.Passage.Site])).ToList();
        return new(rows[^1].Y + Bottom, rows, points, TicksOf(first, last));
    }

    private static List<Tick> TicksOf(DateTimeOffset first, DateTimeOffset last)
    {
        if (first == last)
        {
            return [new(XOf(first, first, last), OfficeTime.DayAndMinute(first))];
        }

        var step = Steps.FirstOrDefault(step => (last - first) / step <= MostTicks, Steps[^1]);
        var midnight = OfficeTime.Midnight(first);
        var ticks = new List<Tick>();
        for (var at = midnight + (step * Math.Ceiling((first - midnight) / step)); at <= last; at += step)
        {
            ticks.Add(new(XOf(at, first, last), LabelOf(at, step)));
        }

        return ticks;
    }

    private static string LabelOf(DateTimeOffset at, TimeSpan step) =>
        step >= TimeSpan.FromDays(1) || at == OfficeTime.Midnight(at) ? OfficeTime.Day(at) : OfficeTime.Minute(at);

    private static double XOf(DateTimeOffset at, DateTimeOffset first, DateTimeOffset last)
    {
        const double Span = Width - Left - Right - (2 * Inset);
        return last == first ? Left + (Span / 2) : Left + Inset + (Span * ((at - first) / (last - first)));
    }
}
