using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Tests.Generators;

namespace GpuScheduler.Storage.Tests.Contract;

public abstract partial class PoolStoreContract
{
    [Fact]
    public async Task Open_EmptyStore_StartsAtJobOne()
    {
        var pool = await Store.OpenAsync(Cancel);

        Assert.Equal(1, pool.NextJobNumber);
        Assert.Empty(pool.Jobs);
        Assert.Empty(pool.Ended);
        Assert.Empty(pool.Nodes);
        Assert.Empty(pool.Keys);
    }

    [Fact]
    public async Task Open_EveryTime_TakesAHigherEpoch()
    {
        var first = await Store.OpenAsync(Cancel);
        var second = await Store.OpenAsync(Cancel);
        var third = await ReloadAsync();

        Assert.True(first.Epoch < second.Epoch);
        Assert.True(second.Epoch < third.Epoch);
    }

    [Fact]
    public async Task Commit_WithAnOlderEpoch_FailsAndWritesNothing()
    {
        var old = await Store.OpenAsync(Cancel);
        var current = await Store.OpenAsync(Cancel);

        await Assert.ThrowsAsync<StaleEpochException>(() => Store.CommitAsync(old.Epoch, [Sample.Added(Sample.Job(1))], Cancel));
        await Store.CommitAsync(current.Epoch, [Sample.Added(Sample.Job(1, JobState.RequeueHold))], Cancel);

        var job = Assert.Single((await ReloadAsync()).Jobs);
        Assert.Equal(JobState.RequeueHold, job.State);
    }

    [Fact]
    public async Task Commit_WithAnEpochNeverTaken_Fails()
    {
        var pool = await Store.OpenAsync(Cancel);

        await Assert.ThrowsAsync<StaleEpochException>(() => Store.CommitAsync(pool.Epoch + 1, [], Cancel));
    }

    [Fact]
    public async Task Commit_Cancelled_WritesNothing()
    {
        var pool = await Store.OpenAsync(Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.CommitAsync(pool.Epoch, [Sample.Added(Sample.Job(1))], new CancellationToken(canceled: true)));

        Assert.Empty((await ReloadAsync()).Jobs);
    }

    [Fact]
    public async Task Commit_OneChangeCannotBeWritten_WritesNoneOfThem()
    {
        var pool = await Store.OpenAsync(Cancel);
        var neverAdded = new StoreChange.JobSaved(Sample.Job(7));

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Store.CommitAsync(pool.Epoch, [Sample.Added(Sample.Job(1)), neverAdded], Cancel));

        Assert.Empty((await ReloadAsync()).Jobs);
    }

    [Fact]
    public async Task Commit_AfterOneThatFailed_Works()
    {
        var pool = await Store.OpenAsync(Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Store.CommitAsync(pool.Epoch, [new StoreChange.JobSaved(Sample.Job(7))], Cancel));

        await Store.CommitAsync(pool.Epoch, [Sample.Added(Sample.Job(1))], Cancel);

        Assert.Single((await ReloadAsync()).Jobs);
    }

    [Fact]
    public async Task IsWritable_UsualStore_IsTrueAndChangesNothing()
    {
        await CommitAsync(Sample.Added(Sample.Job(1), key: "k"));
        var before = await Store.OpenAsync(Cancel);

        Assert.True(await Store.IsWritableAsync(Cancel));

        // Each opening is remembered.
        StoredForm.AssertSame(before with { Epoch = 0, Openings = [] }, await ReloadAsync() with { Epoch = 0, Openings = [] });
    }
}
