namespace Dashiban.Domain.Correlation;

/// <summary>How a set of findings differs from the one before.</summary>
public enum AlertChangeKind
{
    Raised,
    Amended,
    Withdrawn,
}

/// <summary>One difference between two sets of findings. A withdrawn change carries the finding as it was last.</summary>
public sealed record AlertChange(AlertChangeKind Kind, Finding Finding);
