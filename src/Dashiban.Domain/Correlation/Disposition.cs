namespace Dashiban.Domain.Correlation;

/// <summary>What the officer says of a lead. A lead is never a verdict; this is a person's word with a reason.</summary>
public enum DispositionVerdict
{
    /// <summary>查实: confirmed on the spot.</summary>
    Confirmed,

    /// <summary>误识: the plate or the vehicle was misread.</summary>
    Misread,

    /// <summary>合法营运: licensed.</summary>
    Licensed,

    /// <summary>未拦到: the vehicle was not met.</summary>
    NotMet,

    /// <summary>亲友同乘: relatives or friends, no payment.</summary>
    FamilyOrFriends,

    /// <summary>其他: another reason, in words.</summary>
    Other,
}

/// <param name="Verdict">What the officer found.</param>
/// <param name="Reason">In the officer's words; never empty.</param>
/// <param name="By">The officer's sign-in name.</param>
/// <param name="At">When it was said (centre's clock).</param>
public sealed record Disposition(DispositionVerdict Verdict, string Reason, string By, DateTimeOffset At);
