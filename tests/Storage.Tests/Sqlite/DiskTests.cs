using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Storage.Tests.Child;
using GpuScheduler.Storage.Tests.Generators;
using GpuScheduler.Testing;
using GpuScheduler.Testing.Disks;

namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>A disk that is full or can't be written: nothing is half written, and work goes on when it can.</summary>
public sealed class DiskTests
{
    private static readonly CancellationToken Cancel = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    [Fact]
    public async Task Commit_NoPagesLeft_SaysFullAndWritesNothing()
    {
        using var folder = new StoreFolder();
        await using (var store = SqlitePoolStore.Open(folder.Store, TestTime.NewClock(), new SqliteStoreOptions { MaxPages = 40 }))
        {
            var pool = await store.OpenAsync(Cancel);
            await store.CommitAsync(pool.Epoch, WholeCommit.Make(1), Cancel);

            var full = await Assert.ThrowsAsync<StoreFullException>(() => store.CommitAsync(pool.Epoch, [Sample.Array(2, 10_000)], Cancel));
            Assert.Contains(folder.Store, full.Message, StringComparison.Ordinal);
            await store.CommitAsync(pool.Epoch, WholeCommit.Make(2), Cancel);
        }

        Assert.Equal(2, await CountAsync(folder.Store));
    }

    [SmallDiskFact]
    public async Task Commit_DiskFull_SaysFullAndRecoversWhenThereIsRoom()
    {
        using var disk = new SmallDisk(4);
        await using (var store = SqlitePoolStore.Open(StoreOn(disk), TestTime.NewClock()))
        {
            var pool = await store.OpenAsync(Cancel);
            await store.CommitAsync(pool.Epoch, WholeCommit.Make(1), Cancel);
            disk.Fill();
            // Where the log could be copied into the database there is room for some more.
            var held = 2L;
            do held = await FillToTheBrimAsync(store, pool.Epoch, from: held);
            while (await store.IsWritableAsync(Cancel));
            Assert.False(await store.IsWritableAsync(Cancel));
            Assert.Equal((held - 1) * 3, (await store.FindJobsAsync(new JobQuery(), Cancel)).Count);

            disk.Empty();
            Assert.True(await store.IsWritableAsync(Cancel));
            await store.CommitAsync(pool.Epoch, WholeCommit.Make(held), Cancel);
            Assert.Equal(held, WholeCommit.AssertWhole(await store.OpenAsync(Cancel)));
        }
    }

    [SmallDiskFact]
    public void Open_ReadOnlyDisk_IsRefused()
    {
        using var disk = new SmallDisk(4);
        disk.MakeReadOnly();

        var refused = Assert.Throws<StoreRefusedException>(() => SqlitePoolStore.Open(StoreOn(disk), TestTime.NewClock()));

        Assert.Contains(StoreOn(disk), refused.Message, StringComparison.Ordinal);
        Assert.Contains("Read-only file system", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_AnotherProgramHoldsTheDatabase_SaysUnavailableAndRecovers()
    {
        using var folder = new StoreFolder();
        await using var store = SqlitePoolStore.Open(
            folder.Store, TestTime.NewClock(), new SqliteStoreOptions { BusyTimeout = TimeSpan.Zero });
        var pool = await store.OpenAsync(Cancel);
        using (var intruder = Connections.OpenWriter(folder.Store, new SqliteStoreOptions()))
        {
            Connections.Run(intruder, "BEGIN IMMEDIATE");
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(pool.Epoch, WholeCommit.Make(1), Cancel));
            Assert.False(await store.IsWritableAsync(Cancel));
            Connections.Run(intruder, "ROLLBACK");
        }

        Assert.True(await store.IsWritableAsync(Cancel));
        await store.CommitAsync(pool.Epoch, WholeCommit.Make(1), Cancel);
    }

    /// <summary>Commits until one fails for want of room; returns its number.</summary>
    private static async Task<long> FillToTheBrimAsync(SqlitePoolStore store, long epoch, long from)
    {
        for (var number = from; ; number++)
        {
            try
            {
                await store.CommitAsync(epoch, WholeCommit.Make(number), Cancel);
            }
            catch (StoreFullException)
            {
                return number;
            }
        }
    }

    private static async Task<long> CountAsync(string path)
    {
        await using var store = SqlitePoolStore.Open(path, TestTime.NewClock());
        return WholeCommit.AssertWhole(await store.OpenAsync(Cancel));
    }

    private static string StoreOn(SmallDisk disk) => Path.Combine(disk.Path, "pool.db");
}
