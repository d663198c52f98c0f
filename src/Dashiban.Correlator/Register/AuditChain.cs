using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dashiban.Correlator.Register;

/// <summary>One look or act, by whom and why. Never a plate: the subject is a lead's number.</summary>
/// <param name="Number">1, 2, 3, … without a hole.</param>
/// <param name="At">The centre's clock.</param>
/// <param name="Who">Sign-in name.</param>
/// <param name="Why">In the person's words.</param>
/// <param name="Action"><c>open</c> or <c>settle</c>.</param>
/// <param name="Subject">What was looked at.</param>
/// <param name="Hash">SHA-256 (lower-case hex) over this row and the hash of the one before.</param>
public sealed record AuditEntry(long Number, DateTimeOffset At, string Who, string Why, string Action, string Subject, string Hash);

/// <summary>Chains audit rows by hash: who changes or removes one breaks every later one.</summary>
public static class AuditChain
{
    /// <summary>The hash before the first row.</summary>
    public static string Origin { get; } = new('0', 64);

    /// <summary>The row that follows <paramref name="last"/> (null for the first).</summary>
    public static AuditEntry Next(AuditEntry? last, DateTimeOffset at, string who, string why, string action, string subject)
    {
        var entry = new AuditEntry((last?.Number ?? 0) + 1, at, who, why, action, subject, "");
        return entry with { Hash = HashOf(entry, last?.Hash ?? Origin) };
    }

    /// <summary>The number of the first row that does not follow from the one before; null where the chain is whole.</summary>
    public static long? FirstBroken(IEnumerable<AuditEntry> entries)
    {
        var hash = Origin;
        var number = 0L;
        foreach (var entry in entries)
        {
            if (entry.Number != ++number || entry.Hash != HashOf(entry, hash))
            {
                return number;
            }

            hash = entry.Hash;
        }

        return null;
    }

    private static string HashOf(AuditEntry entry, string before)
    {
        // Length before text: two rows never run together into the same bytes.
        string[] parts =
        [
            before,
            entry.Number.ToString(CultureInfo.InvariantCulture),
            (entry.At.UtcTicks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture),
            entry.Who, entry.Why, entry.Action, entry.Subject,
        ];
        var text = string.Concat(parts.Select(p => $"{p.Length}:{p}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
