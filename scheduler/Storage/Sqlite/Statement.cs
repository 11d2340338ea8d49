using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>
/// A prepared statement, kept for the connection's life. Below ADO.NET because a commit runs hundreds of them: no boxing, no
/// parameter names, no hidden waiting when the database is busy. Values are bound and read in the SQL's own order.
/// </summary>
internal sealed class Statement : IDisposable
{
    private const int StackBytes = 512;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int _parameter;
    private int _column;

    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Begins with the first parameter, whatever became of the last use.</summary>
    public Statement Start()
    {
        Restart();
        return this;
    }

    /// <summary>Binds the next parameter.</summary>
    public Statement Bind(long value) => Checked(raw.sqlite3_bind_int64(_statement, ++_parameter, value));

    /// <summary>Binds the next parameter; null is NULL.</summary>
    public Statement Bind(long? value) => value is { } number ? Bind(number) : Checked(raw.sqlite3_bind_null(_statement, ++_parameter));

    /// <summary>Binds the next parameter as 100 ns ticks since 1970 UTC.</summary>
    public Statement Bind(DateTimeOffset? value) =>
        Bind(value is { } time ? time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks : (long?)null);

    /// <summary>Binds the next parameter; null is NULL.</summary>
    public Statement Bind(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return value is null ? Bind((long?)null) : Checked(raw.sqlite3_bind_text(_statement, ++_parameter, ""));
        var size = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (size <= StackBytes) return BindEncoded(value, stackalloc byte[StackBytes]);
        var rented = ArrayPool<byte>.Shared.Rent(size);
        BindEncoded(value, rented);
        ArrayPool<byte>.Shared.Return(rented);
        return this;
    }

    /// <summary>Binds the next parameter to text that is already UTF-8 and not empty.</summary>
    public Statement Bind(ReadOnlySpan<byte> utf8) => Checked(raw.sqlite3_bind_text(_statement, ++_parameter, utf8));

    /// <summary>Binds the next parameter to text that is already UTF-8 and not empty; null is NULL.</summary>
    public Statement BindOrNull(byte[]? utf8) => utf8 is null ? Bind((long?)null) : Bind(utf8);

    /// <summary>Binds the next parameter.</summary>
    public Statement Bind(double value) => Checked(raw.sqlite3_bind_double(_statement, ++_parameter, value));

    /// <summary>Runs a statement that returns no row; returns how many rows it changed.</summary>
    public int Run()
    {
        var result = raw.sqlite3_step(_statement);
        Restart();
        if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW)) Check(result);
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Moves to the next row; after the last one the statement is ready to be bound and run again.</summary>
    public bool Step()
    {
        _column = 0;
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW) return true;
        Restart();
        if (result != raw.SQLITE_DONE) Check(result);
        return false;
    }

    /// <summary>Leaves the rows that were not read.</summary>
    public void Restart()
    {
        _parameter = 0;
        _column = 0;
        _ = raw.sqlite3_reset(_statement);
    }

    /// <summary>Reads the next column.</summary>
    public long Int64() => raw.sqlite3_column_int64(_statement, _column++);

    /// <summary>Reads the next column.</summary>
    public int Int32() => checked((int)Int64());

    /// <summary>Reads the next column.</summary>
    public double Double() => raw.sqlite3_column_double(_statement, _column++);

    /// <summary>Reads the next column; NULL is null.</summary>
    public long? NullableInt64()
    {
        if (raw.sqlite3_column_type(_statement, _column) != raw.SQLITE_NULL) return Int64();
        _column++;
        return null;
    }

    /// <summary>Reads the next column; NULL is null.</summary>
    public int? NullableInt32() => checked((int?)NullableInt64());

    /// <summary>Reads the next column.</summary>
    public DateTimeOffset Time() => new(Int64() + DateTimeOffset.UnixEpoch.UtcTicks, TimeSpan.Zero);

    /// <summary>Reads the next column; NULL is null.</summary>
    public DateTimeOffset? NullableTime() =>
        NullableInt64() is { } ticks ? new DateTimeOffset(ticks + DateTimeOffset.UnixEpoch.UtcTicks, TimeSpan.Zero) : null;

    /// <summary>Reads the next column. Valid until the next <see cref="Step"/>.</summary>
    public ReadOnlySpan<byte> Utf8() => raw.sqlite3_column_blob(_statement, _column++);

    /// <summary>Reads the next column.</summary>
    public string Text() => Encoding.UTF8.GetString(Utf8());

    /// <summary>Reads the next column; NULL is null.</summary>
    public string? NullableText()
    {
        if (raw.sqlite3_column_type(_statement, _column) != raw.SQLITE_NULL) return Text();
        _column++;
        return null;
    }

    public void Dispose() => _statement.Dispose();

    private Statement BindEncoded(string value, Span<byte> buffer) => Bind(buffer[..Encoding.UTF8.GetBytes(value, buffer)]);

    private Statement Checked(int result)
    {
        Check(result);
        return this;
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
