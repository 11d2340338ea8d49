using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Sqlite;
using GpuScheduler.Testing;

namespace GpuScheduler.Storage.Tests.Sqlite;

/// <summary>Stores that released versions really wrote open with everything that was in them.</summary>
public sealed class FixtureTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public FixtureTests()
    {
        foreach (var ending in (string[])["", "-wal"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Fixtures", "v0.1.0", $"gpusched.db{ending}"), _folder.Store + ending);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Version010_Killed_OpensWithItsJobs()
    {
        await using var store = Open();
        var pool = await store.OpenAsync(CancellationToken.None);

        Assert.Equal(6, store.VersionFound);
        Assert.Equal(["6", "8", "9"], pool.Jobs.Select(job => job.Id.ToString()));
        Assert.Equal(JobState.Running, pool.Jobs[2].State);
        Assert.Equal(9, pool.Ended.Count);
        Assert.Equal(10, pool.NextJobNumber);
        Assert.Equal("lab-a100", Assert.Single(pool.Nodes).Id.Name);
        var script = Assert.Single(await store.FindJobsAsync(new JobQuery { Ids = [new JobId(5)] }, CancellationToken.None));
        Assert.Contains("#!", script.Job.Spec.Draft.Script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version010_GetsAnIdentityOnceAndOwnsTheFoldersWithoutOne()
    {
        StoredPool first;
        await using (var store = Open()) first = await store.OpenAsync(CancellationToken.None);

        await using var again = Open();
        var second = await again.OpenAsync(CancellationToken.None);

        Assert.True(first.HasLegacyWorkers);
        Assert.Equal(32, first.Identity.Id.Length);
        Assert.Equal((first.Identity, 0L, true), (second.Identity, second.Commit, second.HasLegacyWorkers));
    }

    private SqlitePoolStore Open() => SqlitePoolStore.Open(_folder.Store, TestTime.NewClock());
}
