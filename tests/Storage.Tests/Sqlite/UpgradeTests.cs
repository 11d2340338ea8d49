using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Storage.Tests.Generators;
using GpuScheduler.Testing;

namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>What an older scheduler wrote is read as it was meant.</summary>
public sealed class UpgradeTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Attempt_FromBeforeSharesWereStored_HoldsWholeCardsOfOneNode()
    {
        await WriteAsync(Sample.Start(Sample.Job(1)));
        GoBackToVersion1();

        await using var store = Open();
        var pool = await store.OpenAsync(CancellationToken.None);

        var share = Assert.Single(Assert.Single(pool.Jobs).Attempt!.Allocation.Nodes);
        Assert.Equal((new NodeId("lab-a100"), 1, 1024L), (share.Node, share.CpuCores, share.MemoryMib));
        Assert.Equal([DeviceShare.Of("GPU-0")], share.Devices);
    }

    private SqlitePoolStore Open() => SqlitePoolStore.Open(_folder.Store, new ManualTimeProvider());

    private async Task WriteAsync(Job job)
    {
        await using var store = Open();
        var pool = await store.OpenAsync(CancellationToken.None);
        await store.CommitAsync(pool.Epoch, [Sample.Added(job), new StoreChange.JobSaved(job)], CancellationToken.None);
    }

    /// <summary>A store of the first version with the same rows.</summary>
    private void GoBackToVersion1()
    {
        var newer = _folder.File("newer.db");
        File.Move(_folder.Store, newer);
        using var connection = Connections.OpenWriter(_folder.Store, new SqliteStoreOptions());
        new Migrator(_folder.Store, [Migration.Shipped[0]], new ManualTimeProvider()).Run(connection);
        Connections.Run(connection, $"ATTACH '{newer}' AS newer");
        foreach (var table in (string[])["specs", "jobs", "attempts"])
        {
            var columns = Connections.Ask(connection, $"SELECT group_concat(name) FROM pragma_table_info('{table}', 'main')");
            Connections.Run(connection, $"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}");
        }
    }
}
