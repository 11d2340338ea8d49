using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Tests.Generators;

namespace GpuScheduler.Storage.Tests.Contract;

/// <summary>When jobs ended, or came back, as lists that are read page by page need to know it.</summary>
public abstract partial class PoolStoreContract
{
    [Fact]
    public async Task FindJobs_EndedAt_KnowsWhatHadEndedThen()
    {
        var (epoch, jobs) = await CommitFiveAsync();
        var then = await TurnAsync(epoch, jobs[1], JobState.Failed);
        await TurnAsync(epoch, jobs[2], JobState.Completed);
        await TurnAsync(epoch, jobs[0], JobState.Pending);
        jobs[3].ReasonText = "changed, but neither ended nor back";
        await TurnAsync(epoch, jobs[3], JobState.Running);

        Assert.Equal(["2", "1"], await FindAsync(new JobQuery { EndedAt = then }));
        Assert.Equal(["3", "1"], await FindAsync(new JobQuery { TurnedAfter = then }));
        Assert.Equal(["1", "3"], await FindAsync(new JobQuery { TurnedAfter = then, OldestFirst = true }));
        Assert.Equal(["1"], await FindAsync(new JobQuery { TurnedAfter = then, OldestFirst = true, Limit = 1 }));
        var between = new JobQuery { TurnedAfter = then, After = new JobId(1), Before = new JobId(3, 0), OldestFirst = true };
        Assert.Equal(["3"], await FindAsync(between));
        Assert.Equal(["3", "2"], await FindAsync(new JobQuery { EndedOnly = true }));
    }

    [Fact]
    public async Task FindJobs_EndedAt_HoldsBesideOtherFilters()
    {
        var (epoch, jobs) = await CommitFiveAsync();
        var then = await TurnAsync(epoch, jobs[1], JobState.Failed);
        await TurnAsync(epoch, jobs[4], JobState.Failed);

        Assert.Equal(["2"], await FindAsync(new JobQuery { EndedAt = then, User = "ada", States = [JobState.Failed] }));
        Assert.Empty(await FindAsync(new JobQuery { EndedAt = then, User = "bob" }));
        Assert.Equal(["5"], await FindAsync(new JobQuery { TurnedAfter = then, User = "ada", Ids = [new JobId(2), new JobId(5)] }));
    }

    [Fact]
    public async Task FindJobs_ExactIds_NameNoElements()
    {
        await CommitAsync(Sample.Array(1, 3), Sample.Added(Sample.Job(2)));

        Assert.Equal(["2", "1_1"], await FindAsync(
            new JobQuery { Ids = [new JobId(1), new JobId(1, 1), new JobId(2)], ExactIds = true }));
    }

    [Fact]
    public async Task FindJobs_Attempts_AreTheNewestOnes()
    {
        var job = Sample.Job(1);
        var epoch = await CommitAsync(Sample.Added(job));
        for (var i = 0; i < 5; i++) await Store.CommitAsync(epoch, [new StoreChange.JobSaved(Sample.Start(job))], Cancel);

        Assert.Equal([4, 5], await AttemptsAsync(2));
        Assert.Equal([1, 2, 3, 4, 5], await AttemptsAsync(int.MaxValue));
        Assert.Empty(await AttemptsAsync(0));
    }

    private async Task<IEnumerable<int>> AttemptsAsync(int most) =>
        Assert.Single(await Store.FindJobsAsync(new JobQuery { Attempts = most }, Cancel)).Attempts.Select(attempt => attempt.Id.Number);

    /// <summary>Ada's: one completed long ago, four that wait.</summary>
    private async Task<(long Epoch, Job[] Jobs)> CommitFiveAsync()
    {
        Job[] jobs =
        [
            Sample.Job(1, JobState.Completed), .. Enumerable.Range(2, 4).Select(number => Sample.Job(number)),
        ];
        return (await CommitAsync([.. jobs.Select(job => Sample.Added(job))]), jobs);
    }

    private Task<long> TurnAsync(long epoch, Job job, JobState state)
    {
        job.State = state;
        return Store.CommitAsync(epoch, [new StoreChange.JobSaved(job)], Cancel);
    }
}
