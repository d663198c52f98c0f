using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Dashiban.Correlator.Pages;

/// <summary>Lets a signed-in officer through, and a machine that shows the token; without a configured token, everyone.</summary>
internal sealed class ApiAccess(string? token) : IEndpointFilter
{
    private const string Scheme = "Bearer ";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Allows(context.HttpContext)
            ? await next(context)
            : TypedResults.Problem("Send the token as 'Authorization: Bearer …', or sign in.", statusCode: StatusCodes.Status401Unauthorized);

    private bool Allows(HttpContext http) => token is null || http.User.Identity?.IsAuthenticated == true || Shows(http.Request);

    /// <summary>Compared as hashes in constant time: neither the length nor the first wrong character shows in the timing.</summary>
    private bool Shows(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Hash(header[Scheme.Length..].Trim()), Hash(token!));
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
