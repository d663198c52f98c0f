using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Dashiban.Edge.Outbox;

/// <summary>Opens the outbox's SQLite file: creates it, locks it against a second process, and puts a damaged one aside.</summary>
internal sealed class OutboxFile : IDisposable
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;
    private const int PageBytes = 4096;

    private readonly FileStream _lock;

    private OutboxFile(FileStream @lock, SqliteConnection writer, SqliteConnection reader, string? putAside)
    {
        _lock = @lock;
        Writer = writer;
        Reader = reader;
        PutAside = putAside;
    }

    /// <summary>For the writer stage alone.</summary>
    public SqliteConnection Writer { get; }

    /// <summary>Sees what is committed; whoever reads locks it.</summary>
    public SqliteConnection Reader { get; }

    /// <summary>Where a damaged file was moved to, or null.</summary>
    public string? PutAside { get; }

    /// <exception cref="IOException">Another process has the outbox, or the folder cannot be written.</exception>
    public static OutboxFile Open(OutboxOptions options, TimeProvider time)
    {
        var path = Path.GetFullPath(options.File);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var exclusive = Lock(path + ".lock");
        try
        {
            return TryOpen(exclusive, path, options, putAside: null);
        }
        catch (SqliteException damaged) when (damaged.SqliteErrorCode is Corrupt or NotADatabase)
        {
            // Nobody stands at the roadside to decide: keep the file for whoever can read it, and go on as a new outbox.
            return TryOpen(exclusive, path, options, MoveAside(path, time));
        }
        catch
        {
            exclusive.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Reader.Dispose();
        Writer.Dispose();
        _lock.Dispose();
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException busy)
        {
            throw new IOException($"The outbox is in use by another process ({path}): stop it, or name another file. Two writers would give one number twice.", busy);
        }
    }

    private static OutboxFile TryOpen(FileStream exclusive, string path, OutboxOptions options, string? putAside)
    {
        SqliteConnection? writer = null;
        try
        {
            writer = Connect(path, SqliteOpenMode.ReadWriteCreate);
            writer.Execute("PRAGMA journal_mode=WAL");
            // FULL: a commit is on the medium before the passage is published. FAST: pruned plates do not linger in free pages.
            writer.Execute("PRAGMA synchronous=FULL");
            writer.Execute("PRAGMA secure_delete=FAST");
            writer.Execute($"PRAGMA max_page_count={options.LargestMegabytes * (1024L * 1024 / PageBytes)}");
            CreateIfNew(writer);
            return new OutboxFile(exclusive, writer, Connect(path, SqliteOpenMode.ReadOnly), putAside);
        }
        catch
        {
            writer?.Dispose();
            throw;
        }
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void CreateIfNew(SqliteConnection writer)
    {
        if (writer.Query("SELECT 1 FROM sqlite_master WHERE name = 'outbox'", _ => true).Count > 0)
        {
            return;
        }

        using var schema = Assembly.GetExecutingAssembly().GetManifestResourceStream("Dashiban.Edge.Outbox.outbox.sql")!;
        using var text = new StreamReader(schema);
        writer.Execute("BEGIN IMMEDIATE");
        writer.Execute(text.ReadToEnd());
        writer.Execute("INSERT INTO outbox (id, confirmed_through) VALUES (@id, 0)", ("@id", NewIdentity().ToString("n")));
        writer.Execute("COMMIT");
    }

    private static string MoveAside(string path, TimeProvider time)
    {
        var aside = $"{path}.damaged-{time.GetUtcNow().ToUnixTimeSeconds()}";
        foreach (var part in new[] { "", "-wal", "-shm" })
        {
            if (File.Exists(path + part))
            {
                File.Move(path + part, aside + part);
            }
        }

        return aside;
    }

    private static Guid NewIdentity() => Guid.NewGuid();
}
