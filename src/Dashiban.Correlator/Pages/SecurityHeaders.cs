using Microsoft.AspNetCore.Http;

namespace Dashiban.Correlator.Pages;

/// <summary>What every answer tells the browser: nothing is loaded from another host, nobody may frame the page.</summary>
internal static class SecurityHeaders
{
    /// <summary>Inline styles are how component libraries place their pop-ups; inline scripts stay forbidden.</summary>
    private const string ContentPolicy =
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'";

    public static Task AddAsync(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        return next(http);
    }
}
