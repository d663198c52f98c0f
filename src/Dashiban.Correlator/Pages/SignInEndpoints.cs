using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Dashiban.Correlator.Pages;

/// <summary>Signing in and out. Forms carry an anti-forgery token.</summary>
internal static class SignInEndpoints
{
    public const string Path = "/sign-in";
    private const int NameLimit = 40;
    private const int PurposeLimit = 120;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/session", SignInAsync).ExcludeFromDescription();
        app.MapPost("/session/end", (Delegate)SignOutAsync).ExcludeFromDescription();
    }

    private static async Task<RedirectHttpResult> SignInAsync(
        HttpContext http, WebOptions options, [FromForm] string? name, [FromForm] string? purpose, [FromForm] string? typed, [FromForm] string? returnUrl)
    {
        var officer = new Officer(name?.Trim() ?? "", string.IsNullOrWhiteSpace(typed) ? purpose?.Trim() ?? "" : typed.Trim());
        if (!IsAcceptable(officer, options.Officers))
        {
            return TypedResults.Redirect($"{Path}?refused=true&ReturnUrl={Uri.EscapeDataString(Local(returnUrl))}");
        }

        const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        await http.SignInAsync(Scheme, officer.ToPrincipal(Scheme));
        return TypedResults.Redirect(Local(returnUrl));
    }

    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext http)
    {
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.Redirect(Path);
    }

    private static bool IsAcceptable(Officer officer, IReadOnlyList<string> known) =>
        officer.Name.Length is > 0 and <= NameLimit
        && officer.Purpose.Length is > 0 and <= PurposeLimit
        && (known.Count == 0 || known.Contains(officer.Name));

    /// <summary>Only a path on this site: a link must not send an officer elsewhere after signing in.</summary>
    private static string Local(string? url) =>
        url is ['/', ..] && !url.StartsWith("//", StringComparison.Ordinal) && !url.StartsWith("/\\", StringComparison.Ordinal) ? url : "/";
}
