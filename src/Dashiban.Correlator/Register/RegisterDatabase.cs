using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Dashiban.Correlator.Register;

/// <summary>
/// The register's SQLite file: one writer at a time, readers beside it (WAL). Owns the connections; whoever opened it disposes it.
/// </summary>
public sealed class RegisterDatabase : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SqliteConnection _writer;
    private readonly string _readers;

    private RegisterDatabase(SqliteConnection writer, string readers)
    {
        _writer = writer;
        _readers = readers;
    }

    internal JournalSignal Signal { get; } = new();

    /// <summary>Opens or creates the file and brings its tables up to date. A file from a newer version is refused.</summary>
    public static RegisterDatabase Open(string path)
    {
        CreateForOwnerOnly(path);
        var text = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 };
        var writer = new SqliteConnection(text.ToString());
        try
        {
            writer.Open();
            // FULL: an acknowledged passage survives a power cut, or the edge would prune what nobody has.
            // secure_delete: what retention removes is overwritten, not merely unlinked.
            writer.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
            Migrations.Apply(writer);
            var database = new RegisterDatabase(writer, text.ToString());
            database.Signal.GrownTo(JournalTable.End(writer));
            return database;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Plates are personal data: nobody but the service's user reads the file. SQLite gives its side files the same mode.</summary>
    private static void CreateForOwnerOnly(string path)
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            using var file = new FileStream(
                path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        using (var reader = new SqliteConnection(_readers))
        {
            SqliteConnection.ClearPool(reader);
        }

        _writing.Dispose();
    }

    /// <summary>Runs one transaction; it is durable when the task has completed, and undone when anything in it throws.</summary>
    /// <param name="action">Works on the writer's connection.</param>
    /// <param name="undone">Called before the next writer where the transaction was undone.</param>
    /// <param name="cancel">Gives up while waiting for the writer's turn.</param>
    internal async Task<T> WriteAsync<T>(Func<DbConnection, T> action, Action undone, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            using var transaction = _writer.BeginTransaction(deferred: false);
            var result = action(_writer);
            var end = JournalTable.End(_writer);
            transaction.Commit();
            Signal.GrownTo(end);
            return result;
        }
        catch
        {
            undone();
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Reads one consistent state without waiting for the writer.</summary>
    internal T Read<T>(Func<DbConnection, T> action)
    {
        using var connection = new SqliteConnection(_readers);
        connection.Open();
        using var snapshot = connection.BeginTransaction(deferred: true);
        return action(connection);
    }
}
