using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Storage.Tests.Generators;
using GpuScheduler.Testing;

namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>Each time that a store was opened has a mark of its own and its first commit: by them a worker's memory is judged.</summary>
public sealed class OpeningsTests : IDisposable
{
    private static readonly CancellationToken Cancel = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EachOpening_IsRememberedInOrderWithItsFirstCommit()
    {
        var first = await OpenAndCommitAsync(_folder.Store, 1, 2);
        var second = await OpenAndCommitAsync(_folder.Store, 3);
        var third = await OpenAndCommitAsync(_folder.Store);

        Assert.Equal([1L], first.Openings.Select(opening => opening.FirstCommit));
        Assert.Equal([1L, 3, 4], third.Openings.Select(opening => opening.FirstCommit));
        Assert.Equal(second.Openings, third.Openings.Take(2));
        Assert.Equal(first.Openings, second.Openings.Take(1));
        Assert.Equal(3, third.Openings.Select(opening => opening.Mark).Distinct().Count());
        Assert.All(third.Openings, opening => Assert.Matches("^[0-9a-f]{16}$", opening.Mark));
    }

    [Fact]
    public async Task OpeningWithoutACommit_IsRememberedToo()
    {
        await OpenAndCommitAsync(_folder.Store);

        Assert.Equal([1L, 1], (await OpenAndCommitAsync(_folder.Store)).Openings.Select(opening => opening.FirstCommit));
    }

    /// <summary>Both count on from the same commit: only the mark tells them apart.</summary>
    [Fact]
    public async Task TwoThatGoOnFromOneBackup_HaveDifferentMarks()
    {
        await OpenAndCommitAsync(_folder.Store, 1);
        await using (var store = SqlitePoolStore.Open(_folder.Store, TestTime.NewClock()))
            await store.BackupAsync(_folder.File("backup.db"), Cancel);

        var (original, copy) = (await OpenAndCommitAsync(_folder.Store, 2), await OpenAndCommitAsync(_folder.File("backup.db"), 2));

        Assert.Equal(original.Identity, copy.Identity);
        Assert.Equal(original.Openings[^1].FirstCommit, copy.Openings[^1].FirstCommit);
        Assert.NotEqual(original.Openings[^1].Mark, copy.Openings[^1].Mark);
        Assert.Equal(original.Openings.SkipLast(1), copy.Openings.SkipLast(1));
    }

    private static async Task<StoredPool> OpenAndCommitAsync(string path, params long[] jobs)
    {
        await using var store = SqlitePoolStore.Open(path, TestTime.NewClock());
        var pool = await store.OpenAsync(Cancel);
        foreach (var number in jobs) await store.CommitAsync(pool.Epoch, [Sample.Added(Sample.Job(number))], Cancel);
        return pool;
    }
}
