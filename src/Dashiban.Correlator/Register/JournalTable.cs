using System.Data.Common;
using System.Text.Json;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Plates;

namespace Dashiban.Correlator.Register;

/// <summary>The tables <c>alert_change</c>, <c>evidence</c> and <c>journal_position</c>.</summary>
internal static class JournalTable
{
    private const string Columns =
        "a.position, a.lead_id, a.from_edge, a.kind, a.rule, a.plate, a.period_start, a.period_end, a.score, a.reasons, a.evidence, a.recorded_at";

    /// <summary>The next number of the journal's one order; part of the caller's transaction, so numbers never commit out of order.</summary>
    public static long NextPosition(DbConnection connection) =>
        connection.Number("UPDATE journal_position SET last_position = last_position + 1 RETURNING last_position")!.Value;

    /// <summary>Position of the newest entry that the feed shows; 0 where there is none.</summary>
    public static long End(DbConnection connection) => Math.Max(
        connection.Number("SELECT max(position) FROM alert_change") ?? 0,
        connection.Number("SELECT max(position) FROM disposition") ?? 0);

    /// <summary>Appends one change and returns its position.</summary>
    public static long Append(DbConnection connection, AlertChange change, bool fromEdge, DateTimeOffset at)
    {
        var position = NextPosition(connection);
        var finding = change.Finding;
        var leadId = LeadIdOf(connection, finding.Key) ?? position;
        connection.Execute(
            """
            INSERT INTO alert_change
                (position, lead_id, from_edge, kind, rule, plate, plate_key, period_start, period_end, score, reasons, evidence, recorded_at)
            VALUES (@position, @lead, @edge, @kind, @rule, @plate, @key, @start, @end, @score, @reasons, @evidence, @at)
            """,
            ("@position", position), ("@lead", leadId), ("@edge", fromEdge ? 1 : 0), ("@kind", change.Kind.ToString()),
            ("@rule", finding.Key.Rule), ("@plate", finding.Key.Plate.Value), ("@key", PlateKey.Of(finding.Key.Plate).Value),
            ("@start", SqlText.Micros(finding.Period.Start)), ("@end", SqlText.Micros(finding.Period.End)), ("@score", finding.Score),
            ("@reasons", JsonSerializer.Serialize(finding.Reasons, RegisterJson.Default.IReadOnlyListReason)),
            ("@evidence", JsonSerializer.Serialize(finding.Evidence, RegisterJson.Default.IReadOnlyListPassageId)),
            ("@at", SqlText.Micros(at)));
        foreach (var id in finding.Evidence)
        {
            connection.Execute(
                "INSERT INTO evidence (lead_id, outbox, sequence) VALUES (@lead, @outbox, @sequence) ON CONFLICT DO NOTHING",
                ("@lead", leadId), ("@outbox", SqlText.Text(id.Outbox)), ("@sequence", id.Sequence));
        }

        return position;
    }

    /// <summary>The centre's findings that hold for a bucket, of periods that begin within a span.</summary>
    public static List<Finding> Standing(DbConnection connection, PlateKey key, Period span) => connection.Query(
        $"""
        SELECT {Columns} FROM alert_change a
        WHERE a.plate_key = @key AND a.from_edge = 0 AND a.kind <> 'Withdrawn' AND a.period_start >= @start AND a.period_start < @end
          AND a.position = (SELECT max(b.position) FROM alert_change b WHERE b.lead_id = a.lead_id AND b.from_edge = 0)
        """,
        reader => Read(reader).Change.Finding,
        ("@key", key.Value), ("@start", SqlText.Micros(span.Start)), ("@end", SqlText.Micros(span.End)));

    /// <summary>Buckets and period starts of all the centre's findings that hold and overlap a stretch.</summary>
    public static List<(PlateKey Key, DateTimeOffset Start)> StandingPlaces(DbConnection connection, Period stretch) => connection.Query(
        """
        SELECT DISTINCT a.plate, a.period_start FROM alert_change a
        WHERE a.from_edge = 0 AND a.kind <> 'Withdrawn' AND a.period_start < @to AND a.period_end > @from
          AND a.position = (SELECT max(b.position) FROM alert_change b WHERE b.lead_id = a.lead_id AND b.from_edge = 0)
        """,
        reader => (PlateKey.Of(new PlateText(reader.GetString(0))), reader.Time(1)),
        ("@from", SqlText.Micros(stretch.Start)), ("@to", SqlText.Micros(stretch.End)));

    public static List<JournalRow> OfLead(DbConnection connection, long leadId) =>
        connection.Query($"SELECT {Columns} FROM alert_change a WHERE a.lead_id = @lead ORDER BY a.position", Read, ("@lead", leadId));

    /// <summary>The rows that decide what leads look like now: each one's first, the centre's newest and the edges' newest.</summary>
    public static List<JournalRow> Deciding(DbConnection connection) => connection.Query(
        $"""
        SELECT {Columns} FROM alert_change a WHERE a.position IN (
            SELECT max(position) FROM alert_change GROUP BY lead_id, from_edge
            UNION SELECT min(position) FROM alert_change GROUP BY lead_id)
        """,
        Read);

    public static List<JournalRow> All(DbConnection connection) =>
        connection.Query($"SELECT {Columns} FROM alert_change a ORDER BY a.position", Read);

    private static long? LeadIdOf(DbConnection connection, FindingKey key) => connection.Number(
        """
        SELECT lead_id FROM alert_change
        WHERE plate_key = @key AND period_start = @start AND rule = @rule AND plate = @plate LIMIT 1
        """,
        ("@key", PlateKey.Of(key.Plate).Value), ("@start", SqlText.Micros(key.PeriodStart)), ("@rule", key.Rule), ("@plate", key.Plate.Value));

    private static JournalRow Read(DbDataReader reader)
    {
        var period = new Period(reader.Time(6), reader.Time(7));
        var finding = new Finding(
            new FindingKey(reader.GetString(4), new PlateText(reader.GetString(5)), period.Start),
            period,
            reader.GetDouble(8),
            JsonSerializer.Deserialize(reader.GetString(9), RegisterJson.Default.IReadOnlyListReason)!,
            JsonSerializer.Deserialize(reader.GetString(10), RegisterJson.Default.IReadOnlyListPassageId)!);
        var change = new AlertChange(Enum.Parse<AlertChangeKind>(reader.GetString(3)), finding);
        return new JournalRow(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2) != 0, change, reader.Time(11));
    }
}
