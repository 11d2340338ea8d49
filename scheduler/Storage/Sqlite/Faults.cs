using GpuScheduler.Core.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>SQLite's result codes in the words of the store's contract.</summary>
internal static class Faults
{
    /// <summary>
    /// True where the database, not our SQL, is at fault; the rest is a defect and stays an <see cref="SqliteException"/>.
    /// </summary>
    public static bool IsOutside(SqliteException fault) => fault.SqliteErrorCode is raw.SQLITE_FULL or raw.SQLITE_IOERR
        or raw.SQLITE_READONLY or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_NOMEM
        or raw.SQLITE_PROTOCOL or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    public static bool IsDamage(SqliteException fault) => fault.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>As the contract says it.</summary>
    public static Exception Translate(SqliteException fault, string path) => fault.SqliteErrorCode == raw.SQLITE_FULL
        ? new StoreFullException($"{path}: the disk is full; nothing was written", fault)
        : new StoreUnavailableException($"{path}: can't be written now ({fault.Message}); nothing was written", fault);

    /// <summary>As said to the person who starts the scheduler.</summary>
    public static StoreRefusedException Refuse(Exception fault, string path) => new(
        $"{path}: can't be opened ({fault.Message}); check the disk's free space and the files' permissions", fault);

    /// <summary>As said to the person who starts the scheduler.</summary>
    public static StoreRefusedException Refuse(SqliteException fault, string path) => IsDamage(fault)
        ? Integrity.Damaged(path, fault.Message, fault)
        : new StoreRefusedException(
            $"{path}: can't be opened ({fault.Message}); check the disk's free space and the file's permissions", fault);
}
