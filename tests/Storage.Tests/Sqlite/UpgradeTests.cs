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
        OldStore.GoBackToVersion1(_folder);

        await using var store = Open();
        var pool = await store.OpenAsync(CancellationToken.None);

        var share = Assert.Single(Assert.Single(pool.Jobs).Attempt!.Allocation.Nodes);
        Assert.Equal((new NodeId("lab-a100"), 1, 1024L), (share.Node, share.CpuCores, share.MemoryMib));
        Assert.Equal([DeviceShare.Of("GPU-0")], share.Devices);
    }

    /// <summary>Two that were added at the same time would both be the next.</summary>
    [Fact]
    public void Migrations_AreNumberedWithoutGapsAndEachOnce() =>
        Assert.Equal(Enumerable.Range(1, Migration.Shipped.Count), Migration.Shipped.Select(migration => migration.Version));

    private SqlitePoolStore Open() => SqlitePoolStore.Open(_folder.Store, TestTime.NewClock());

    private async Task WriteAsync(Job job)
    {
        await using var store = Open();
        var pool = await store.OpenAsync(CancellationToken.None);
        await store.CommitAsync(pool.Epoch, [Sample.Added(job), new StoreChange.JobSaved(job)], CancellationToken.None);
    }
}
