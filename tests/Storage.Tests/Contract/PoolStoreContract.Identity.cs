using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Tests.Generators;

namespace GpuScheduler.Storage.Tests.Contract;

public abstract partial class PoolStoreContract
{
    [Fact]
    public async Task Identity_EmptyStore_IsOfTheFirstGenerationAndStays()
    {
        var pool = await Store.OpenAsync(Cancel);

        Assert.NotEmpty(pool.Identity.Id);
        Assert.Equal(1, pool.Identity.Generation);
        Assert.Equal(0, pool.Commit);
        Assert.False(pool.HasLegacyWorkers);
        Assert.Equal(pool.Identity, (await ReloadAsync()).Identity);
    }

    [Fact]
    public async Task Commit_EachOne_HasTheNextNumber()
    {
        var pool = await Store.OpenAsync(Cancel);

        Assert.Equal(1, await Store.CommitAsync(pool.Epoch, [Sample.Added(Sample.Job(1))], Cancel));
        Assert.Equal(2, await Store.CommitAsync(pool.Epoch, [], Cancel));

        var reloaded = await ReloadAsync();
        Assert.Equal(2, reloaded.Commit);
        Assert.Equal(3, await Store.CommitAsync(reloaded.Epoch, [Sample.Added(Sample.Job(2))], Cancel));
    }

    [Fact]
    public async Task Commit_ThatFailed_UsesNoNumber()
    {
        var pool = await Store.OpenAsync(Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Store.CommitAsync(pool.Epoch, [new StoreChange.JobSaved(Sample.Job(7))], Cancel));

        Assert.Equal(1, await Store.CommitAsync(pool.Epoch, [Sample.Added(Sample.Job(1))], Cancel));
    }

    [Fact]
    public async Task GenerationRaised_NumbersGoOnAboveAndTheIdentityStays()
    {
        var before = await Store.OpenAsync(Cancel);
        await Store.CommitAsync(before.Epoch, [Sample.Added(Sample.Job(1)), new StoreChange.GenerationRaised(2, 500)], Cancel);

        var after = await ReloadAsync();

        Assert.Equal(before.Identity with { Generation = 2 }, after.Identity);
        Assert.Equal(500, after.NextJobNumber);
        Assert.Equal(1, after.Commit);
    }

    [Fact]
    public async Task GenerationRaised_ToLowerValues_ChangesNothing()
    {
        var epoch = await CommitAsync(new StoreChange.GenerationRaised(5, 500));
        await Store.CommitAsync(epoch, [new StoreChange.GenerationRaised(4, 30)], Cancel);

        var pool = await ReloadAsync();

        Assert.Equal((5, 500), (pool.Identity.Generation, pool.NextJobNumber));
    }
}
