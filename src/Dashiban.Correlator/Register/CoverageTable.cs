using System.Data.Common;
using Dashiban.Domain.Passages;

namespace Dashiban.Correlator.Register;

/// <summary>The table <c>coverage</c>.</summary>
internal static class CoverageTable
{
    /// <summary>Appends a fact and returns it as it will be read back, in whole microseconds.</summary>
    public static CoverageFact Insert(DbConnection connection, CoverageFact fact, DateTimeOffset receivedAt) => connection.Query(
        """
        INSERT INTO coverage (position, camera, site, from_at, to_at, up, received_at)
        VALUES (@position, @camera, @site, @from, @to, @up, @received)
        RETURNING camera, site, from_at, to_at, up
        """,
        Read,
        ("@position", JournalTable.NextPosition(connection)), ("@camera", fact.Camera), ("@site", fact.Site),
        ("@from", SqlText.Micros(fact.From)), ("@to", SqlText.Micros(fact.To)), ("@up", fact.Up ? 1 : 0),
        ("@received", SqlText.Micros(receivedAt)))[0];

    public static List<CoverageFact> All(DbConnection connection) =>
        connection.Query("SELECT camera, site, from_at, to_at, up FROM coverage ORDER BY position", Read);

    public static CoverageFact Read(DbDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), reader.Time(2), reader.Time(3), reader.GetInt64(4) != 0);
}
