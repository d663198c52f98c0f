using System.Data.Common;

namespace Dashiban.Correlator.Register;

/// <summary>The table <c>audit</c>.</summary>
internal static class AuditTable
{
    private const string Columns = "number, at, who, why, action, subject, hash";

    public static void Append(DbConnection connection, DateTimeOffset at, string who, string why, string action, long leadId)
    {
        var last = connection.Query($"SELECT {Columns} FROM audit ORDER BY number DESC LIMIT 1", Read).FirstOrDefault();
        var entry = AuditChain.Next(last, at, who, why, action, $"lead {leadId}");
        connection.Execute(
            $"INSERT INTO audit ({Columns}) VALUES (@number, @at, @who, @why, @action, @subject, @hash)",
            ("@number", entry.Number), ("@at", SqlText.Micros(entry.At)), ("@who", entry.Who), ("@why", entry.Why),
            ("@action", entry.Action), ("@subject", entry.Subject), ("@hash", entry.Hash));
    }

    public static IReadOnlyList<AuditEntry> All(DbConnection connection) =>
        connection.Query($"SELECT {Columns} FROM audit ORDER BY number", Read);

    private static AuditEntry Read(DbDataReader reader) => new(
        reader.GetInt64(0), reader.Time(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6));
}
