using System.Security.Claims;

namespace Dashiban.Correlator.Pages;

/// <summary>Who sits at the desk and for what: both go into the audit journal with every lead that is opened.</summary>
public sealed record Officer(string Name, string Purpose)
{
    private const string PurposeClaim = "dashiban:purpose";

    /// <summary>Reasons for looking that the sign-in offers; others are typed.</summary>
    public static IReadOnlyList<string> UsualPurposes { get; } = ["值班处置", "现场拦查", "线索复核", "联合执法"];

    public static Officer? Of(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true, Name: { } name } && principal.FindFirstValue(PurposeClaim) is { } purpose
            ? new(name, purpose)
            : null;

    public ClaimsPrincipal ToPrincipal(string scheme) =>
        new(new ClaimsIdentity([new(ClaimTypes.Name, Name), new(PurposeClaim, Purpose)], scheme));
}
