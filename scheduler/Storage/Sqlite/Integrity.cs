using Microsoft.Data.Sqlite;

namespace GpuScheduler.Storage.Sqlite;

/// <summary>Finds damage before work is taken.</summary>
internal static class Integrity
{
    /// <exception cref="StoreRefusedException">The file is damaged.</exception>
    public static void Check(SqliteConnection connection, string path, IntegrityCheck check)
    {
        var answer = check switch
        {
            IntegrityCheck.Quick => Connections.Ask(connection, "PRAGMA quick_check(1)"),
            IntegrityCheck.Full => Connections.Ask(connection, "PRAGMA integrity_check(1)"),
            IntegrityCheck.None => "ok",
        };
        if (answer != "ok") throw Damaged(path, answer ?? "no answer", null);
    }

    public static StoreRefusedException Damaged(string path, string found, Exception? inner) => new(
        $"{path}: the store is damaged ({found}). Nothing was changed. Move it and its -wal file aside and put a backup in its place; " +
        $"without one, 'sqlite3 {path} .recover' saves what can still be read", inner);
}
