using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Storage.Tests.Child;
using GpuScheduler.Testing;

namespace GpuScheduler.Storage.Tests.Sqlite;

public sealed class BackupTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Backup_BesideCommits_IsAWholeStoreOfOneMoment()
    {
        await using var store = SqlitePoolStore.Open(_folder.Store, TestTime.NewClock());
        var pool = await store.OpenAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var commits = CommitUntilAsync(store, pool.Epoch, stop.Token);

        await store.BackupAsync(_folder.File("backup.db"), CancellationToken.None);
        await stop.CancelAsync();
        var committed = await commits;

        await using var restored = SqlitePoolStore.Open(
            _folder.File("backup.db"), TestTime.NewClock(), new SqliteStoreOptions { IntegrityCheck = IntegrityCheck.Full });
        Assert.InRange(WholeCommit.AssertWhole(await restored.OpenAsync(CancellationToken.None)), 0, committed);
    }

    [Fact]
    public async Task Backup_TargetExists_IsRefusedAndLeftAsItIs()
    {
        await using var store = SqlitePoolStore.Open(_folder.Store, TestTime.NewClock());
        await File.WriteAllTextAsync(_folder.File("backup.db"), "precious");

        await Assert.ThrowsAsync<IOException>(() => store.BackupAsync(_folder.File("backup.db"), CancellationToken.None));

        Assert.Equal("precious", await File.ReadAllTextAsync(_folder.File("backup.db")));
    }

    private static async Task<long> CommitUntilAsync(SqlitePoolStore store, long epoch, CancellationToken stop)
    {
        var number = 0L;
        do
        {
            number++;
            await store.CommitAsync(epoch, WholeCommit.Make(number), CancellationToken.None);
        }
        while (!stop.IsCancellationRequested);
        return number;
    }
}
