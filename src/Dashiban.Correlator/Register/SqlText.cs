using System.Data.Common;

namespace Dashiban.Correlator.Register;

/// <summary>Runs SQL text with named parameters, and turns times and identities into columns and back.</summary>
internal static class SqlText
{
    public static int Execute(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    public static List<T> Query<T>(
        this DbConnection connection, string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The first row's first column as a number; null where there is no row or it is empty.</summary>
    public static long? Number(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteScalar() is long value ? value : null;
    }

    /// <summary>Microseconds since 1970-01-01 UTC, rounded down.</summary>
    public static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Time(this DbDataReader reader, int column) =>
        Domain.Correlation.CountyTime.Of(DateTimeOffset.UnixEpoch.AddMicroseconds(reader.GetInt64(column)));

    public static string Text(Guid outbox) => outbox.ToString("n");

    private static DbCommand Command(this DbConnection connection, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text comes from this assembly; values travel as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
