using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Storage.Sqlite.Opening;
using GpuScheduler.Testing;

namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>Stores as older schedulers left them.</summary>
internal static class OldStore
{
    /// <summary>A store of the first version with the same rows.</summary>
    public static void GoBackToVersion1(StoreFolder folder)
    {
        var newer = folder.File("newer.db");
        File.Move(folder.Store, newer);
        File.Delete(AcknowledgedFile.PathOf(folder.Store));
        using var connection = Connections.OpenWriter(folder.Store, new SqliteStoreOptions());
        new Migrator(folder.Store, [Migration.Shipped[0]], TestTime.NewClock()).Run(connection);
        Connections.Run(connection, $"ATTACH '{newer}' AS newer");
        foreach (var table in (string[])["specs", "jobs", "attempts"])
        {
            var columns = Connections.Ask(connection, $"SELECT group_concat(name) FROM pragma_table_info('{table}', 'main')");
            Connections.Run(connection, $"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}");
        }
    }
}
