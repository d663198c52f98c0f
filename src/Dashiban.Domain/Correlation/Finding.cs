using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;

namespace Dashiban.Domain.Correlation;

/// <summary>Identity of a finding: the same rule, plate and period are the same finding, whatever its content.</summary>
public readonly record struct FindingKey(string Rule, PlateText Plate, DateTimeOffset PeriodStart);

/// <summary>One reason in words, Chinese first; what the officer reads. No plate inside.</summary>
public sealed record Reason(string Zh, string En);

/// <summary>What a rule says about one vehicle's history in one period.</summary>
/// <param name="Key">Which finding this is.</param>
/// <param name="Period">The period judged.</param>
/// <param name="Score">0 to 100; for ordering only, never a probability of guilt.</param>
/// <param name="Reasons">Why, the strongest first.</param>
/// <param name="Evidence">The passages behind it, by capture time.</param>
public sealed record Finding(
    FindingKey Key,
    Period Period,
    double Score,
    IReadOnlyList<Reason> Reasons,
    IReadOnlyList<PassageId> Evidence);
