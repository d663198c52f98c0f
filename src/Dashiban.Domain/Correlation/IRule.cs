using Dashiban.Domain.Lists;
using Dashiban.Domain.Passages;

namespace Dashiban.Domain.Correlation;

/// <summary>How much of the county a rule has to see.</summary>
public enum RuleScope
{
    /// <summary>Makes sense over the passages of one edge alone: raised on the spot, also with the link down.</summary>
    Local,

    /// <summary>Needs the passages of all sites.</summary>
    Global,
}

/// <summary>
/// One kind of pattern. Pure: the same vehicle, period and context give the same finding, and nothing asks what time it is now.
/// </summary>
public interface IRule
{
    /// <summary>Stable: part of the identity of every finding.</summary>
    string Name { get; }

    RuleScope Scope { get; }

    /// <summary>The stretches of time it judges.</summary>
    Periods Periods { get; }

    /// <summary>What it says of one vehicle's passages in one period; null where it has nothing to say.</summary>
    Finding? Examine(VehicleHistory vehicle, Period period, RuleContext context);
}

/// <summary>What rules may know beside the history.</summary>
/// <param name="Sites">Names and distances.</param>
/// <param name="Coverage">When cameras could see.</param>
/// <param name="AllowList">Passages that no pattern may count.</param>
public sealed record RuleContext(SiteMap Sites, Coverage Coverage, AllowList AllowList);
