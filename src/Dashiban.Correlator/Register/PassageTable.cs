using System.Data.Common;
using Dashiban.Domain.Correlation;
using Dashiban.Domain.Passages;
using Dashiban.Domain.Plates;

namespace Dashiban.Correlator.Register;

/// <summary>The table <c>passage</c>.</summary>
internal static class PassageTable
{
    /// <summary>False where the passage is recorded already (or was, before retention removed it).</summary>
    public static bool Insert(DbConnection connection, RecordedPassage recorded, DateTimeOffset receivedAt, bool late)
    {
        var (id, passage) = (recorded.Id, recorded.Passage);
        var inserted = connection.Number(
            """
            INSERT INTO passage
                (position, outbox, sequence, plate_key, captured_at, received_at, late, scene_sha256, body, crop)
            SELECT last_position + 1, @outbox, @sequence, @key, @captured, @received, @late, @scene, @body, @crop FROM journal_position
            WHERE NOT EXISTS (SELECT 1 FROM outbox_progress WHERE outbox = @outbox AND recorded_through >= @sequence)
            ON CONFLICT (outbox, sequence) DO NOTHING
            RETURNING position
            """,
            ("@outbox", SqlText.Text(id.Outbox)), ("@sequence", id.Sequence), ("@key", PlateKey.Of(passage.Plate).Value),
            ("@captured", SqlText.Micros(passage.CapturedAt)), ("@received", SqlText.Micros(receivedAt)), ("@late", late ? 1 : 0),
            ("@scene", passage.SceneSha256), ("@body", RegisterJson.Write(passage)),
            ("@crop", passage.PlateCropJpeg.IsEmpty ? null : passage.PlateCropJpeg.ToArray()));
        return inserted is not null && JournalTable.NextPosition(connection) == inserted;
    }

    /// <summary>A bucket's passages within a span, without crops; those that came too late are left out.</summary>
    public static List<RecordedPassage> History(DbConnection connection, PlateKey key, Period span) => connection.Query(
        """
        SELECT outbox, sequence, body FROM passage
        WHERE plate_key = @key AND captured_at >= @start AND captured_at < @end AND late = 0
        """,
        reader => new RecordedPassage(IdOf(reader), RegisterJson.ReadPassage(reader.GetString(2))),
        ("@key", key.Value), ("@start", SqlText.Micros(span.Start)), ("@end", SqlText.Micros(span.End)));

    /// <summary>Buckets and capture times of all examined passages since a moment.</summary>
    public static List<(PlateKey Key, DateTimeOffset Time)> PlacesSince(DbConnection connection, DateTimeOffset start) => connection.Query(
        "SELECT plate_key, captured_at FROM passage WHERE captured_at >= @start AND late = 0",
        reader => (PlateKey.Parse(reader.GetString(0)), reader.Time(1)),
        ("@start", SqlText.Micros(start)));

    /// <summary>One passage with its crop, or null.</summary>
    public static RecordedPassage? Find(DbConnection connection, PassageId id) => connection.Query(
        "SELECT outbox, sequence, body, crop FROM passage WHERE outbox = @outbox AND sequence = @sequence",
        reader => new RecordedPassage(
            IdOf(reader),
            RegisterJson.ReadPassage(reader.GetString(2)) with { PlateCropJpeg = reader.IsDBNull(3) ? default : reader.GetFieldValue<byte[]>(3) }),
        ("@outbox", SqlText.Text(id.Outbox)), ("@sequence", id.Sequence)).FirstOrDefault();

    public static bool IsRecorded(DbConnection connection, PassageId id) => connection.Number(
        "SELECT position FROM passage WHERE outbox = @outbox AND sequence = @sequence",
        ("@outbox", SqlText.Text(id.Outbox)), ("@sequence", id.Sequence)) is not null;

    private static PassageId IdOf(DbDataReader reader) => new(Guid.ParseExact(reader.GetString(0), "n"), reader.GetInt64(1));
}
