using System.Net;

namespace Dashiban.Correlator.Pages;

/// <summary>The web page and its verbs.</summary>
public sealed record WebOptions
{
    /// <summary>
    /// Address to listen on, default <c>http://127.0.0.1:8480</c>; port 0 takes a free one. Sign-in asks for a name, not for a
    /// password, so an address that others can reach belongs behind a proxy that authenticates, and needs <see cref="ApiToken"/>.
    /// </summary>
    public string Listen { get; init; } = "http://127.0.0.1:8480";

    /// <summary>
    /// Host names under which browsers may ask for the page; others get 400. Default: this machine alone. Add the name or the
    /// address that the office types. Guards against pages elsewhere that point their own name at this address.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Names that may sign in; empty (default) lets everyone type a name. The name stands in the audit journal.</summary>
    public IReadOnlyList<string> Officers { get; init; } = [];

    /// <summary>
    /// Machines must show this as <c>Authorization: Bearer</c> to read or settle leads; null (default) asks for nothing.
    /// Demanded when <see cref="Listen"/> is not a loopback address. At least 16 characters.
    /// </summary>
    public string? ApiToken { get; init; }

    /// <summary>
    /// Folder for the keys that protect the sign-in cookie. Null (default) keeps them in memory: after a restart everybody signs
    /// in again.
    /// </summary>
    public string? KeysFolder { get; init; }

    /// <summary>Hours until a sign-in ends, 1 to 24, default 12: one shift.</summary>
    public int SignInHours { get; init; } = 12;

    /// <summary>
    /// Leads an hour that the office can judge with care, 1 to 60, default 6. Above it the page says so; it hides nothing.
    /// </summary>
    public int LeadsPerHour { get; init; } = 6;

    /// <summary>
    /// Seconds without a heartbeat after which an edge counts as silent, 5 to 3600, default 45. Shorter shows a cut link sooner
    /// and cries wolf over a slow one.
    /// </summary>
    public int HeartbeatStaleAfterSeconds { get; init; } = 45;

    /// <summary>All that is wrong with these options, each in a sentence that says what to do.</summary>
    public IEnumerable<string> Validate()
    {
        var listen = Uri.TryCreate(Listen, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;
        if (listen is null)
        {
            yield return $"Listen: '{Listen}' is no address; write for example http://127.0.0.1:8480.";
        }
        else if (!IsLoopback(listen) && ApiToken is null)
        {
            yield return $"ApiToken: missing; {Listen} can be reached from other machines, so set a token of 16 characters or more, or listen on 127.0.0.1.";
        }

        if (ApiToken is { Length: < 16 })
        {
            yield return "ApiToken: too short; use 16 characters or more.";
        }

        if (AllowedHosts.Count == 0)
        {
            yield return "AllowedHosts: empty, nobody could open the page; name at least one host.";
        }

        if (Officers.Any(string.IsNullOrWhiteSpace))
        {
            yield return "Officers: holds an empty name; remove it.";
        }

        if (SignInHours is < 1 or > 24)
        {
            yield return $"SignInHours: {SignInHours} is not between 1 and 24.";
        }

        if (LeadsPerHour is < 1 or > 60)
        {
            yield return $"LeadsPerHour: {LeadsPerHour} is not between 1 and 60.";
        }

        if (HeartbeatStaleAfterSeconds is < 5 or > 3600)
        {
            yield return $"HeartbeatStaleAfterSeconds: {HeartbeatStaleAfterSeconds} is not between 5 and 3600.";
        }
    }

    private static bool IsLoopback(Uri uri) =>
        uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
