using Dashiban.Domain.Correlation;

namespace Dashiban.Domain.Rules;

/// <summary>Adds up points with the reason for each; what the officer reads sums to the score, up to 100.</summary>
internal sealed class Scorecard
{
    private readonly List<(double Points, Reason Reason)> _lines = [];

    public double Score => Math.Min(100, _lines.Sum(l => l.Points));

    /// <summary>The strongest first; remarks without points last.</summary>
    public IReadOnlyList<Reason> Reasons => [.. _lines.OrderByDescending(l => l.Points).Select(l => l.Reason)];

    public void Add(double points, string zh, string en) =>
        _lines.Add((points, points > 0 ? new Reason($"{zh}（+{points:0}）", $"{en} (+{points:0})") : new Reason(zh, en)));
}
