using FsCheck.Fluent;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Tests.Generators;

namespace GpuScheduler.Storage.Tests.Contract;

public abstract partial class PoolStoreContract
{
    [Fact]
    public async Task FindJobs_AnyJob_ComesBackWithEveryField()
    {
        var seeds = Gen.Choose(0, int.MaxValue).Sample(200, 60).ToArray();
        var jobs = seeds.Select((seed, at) => AnyJob(seed, at + 1, _ => true)).ToArray();
        await CommitAsync([.. jobs.Select(job => Sample.Added(job))]);

        var found = await Store.FindJobsAsync(new JobQuery(), Cancel);

        Assert.Equal(jobs.Length, found.Count);
        foreach (var (seed, expected, actual) in seeds.Zip(jobs, found.Reverse()))
            StoredForm.AssertSame(seed, expected, actual.Job);
    }

    [Fact]
    public async Task FindJobs_SeveralAttempts_KeepsEveryOne()
    {
        var job = Sample.Start(Sample.Job(1));
        var first = job.Attempt!;
        var epoch = await CommitAsync(Sample.Added(job));
        Sample.Start(job);
        (first.EndTime, first.EndCause, first.LostWork) = (Sample.Morning.AddHours(1), EndCause.NodeLost, TimeSpan.FromSeconds(42));
        await Store.CommitAsync(epoch, [new StoreChange.JobSaved(job), new StoreChange.AttemptSaved(first)], Cancel);

        var found = Assert.Single(await Store.FindJobsAsync(new JobQuery(), Cancel));

        Assert.Equal(2, found.Job.Attempt?.Id.Number);
        StoredForm.AssertSame(new[] { first, job.Attempt! }, found.Attempts);
    }

    [Fact]
    public async Task FindJobs_WithoutFilter_IsNewestFirst()
    {
        await CommitHistoryAsync();

        Assert.Equal(["5", "4", "3_1", "3_0", "2", "1"], await FindAsync(new JobQuery()));
    }

    [Fact]
    public async Task FindJobs_Limit_KeepsTheNewest()
    {
        await CommitHistoryAsync();

        Assert.Equal(["5", "4"], await FindAsync(new JobQuery { Limit = 2 }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_001)]
    public async Task FindJobs_LimitOutOfRange_IsRefused(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.FindJobsAsync(new JobQuery { Limit = limit }, Cancel));

    [Fact]
    public async Task FindJobs_Ids_FindsWholeArraysAndSingleElements()
    {
        await CommitHistoryAsync();

        Assert.Equal(["3_1", "3_0"], await FindAsync(new JobQuery { Ids = [new JobId(3)] }));
        Assert.Equal(["3_1", "1"], await FindAsync(new JobQuery { Ids = [new JobId(1), new JobId(3, 1), new JobId(3, 1), new JobId(99)] }));
        Assert.Equal(["3_1", "3_0"], await FindAsync(new JobQuery { Ids = [new JobId(3, 1), new JobId(3)] }));
        Assert.Empty(await FindAsync(new JobQuery { Ids = [new JobId(3, 7)] }));
    }

    [Fact]
    public async Task FindJobs_UserTierAndStates_AllMustHold()
    {
        await CommitHistoryAsync();

        Assert.Equal(["5", "2"], await FindAsync(new JobQuery { User = "bob" }));
        Assert.Equal(["5", "4"], await FindAsync(new JobQuery { Tier = "validation" }));
        Assert.Equal(["5"], await FindAsync(new JobQuery { User = "bob", Tier = "validation" }));
        Assert.Equal(["2"], await FindAsync(new JobQuery { States = [JobState.Running] }));
        Assert.Equal(["2", "1"], await FindAsync(new JobQuery { States = [JobState.Running, JobState.Failed] }));
        Assert.Equal(
            ["2"], await FindAsync(new JobQuery { User = "bob", States = [JobState.Running], Ids = [new JobId(2), new JobId(5)] }));
        Assert.Empty(await FindAsync(new JobQuery { User = "Bob" }));
    }

    [Fact]
    public async Task FindJobs_Name_IsWholeAndKeepsItsCase()
    {
        var spec = Sample.Spec("bob");
        await CommitAsync(
            Sample.Added(Sample.Job(1, JobState.Failed, spec with { Name = "it's" })),
            Sample.Added(Sample.Job(2, JobState.Failed, spec with { Name = "It's" })));

        Assert.Equal(["1"], await FindAsync(new JobQuery { Name = "it's" }));
        Assert.Equal(["2"], await FindAsync(new JobQuery { Name = "It's", User = "bob", States = [JobState.Failed] }));
        Assert.Empty(await FindAsync(new JobQuery { Name = "it" }));
    }

    [Fact]
    public async Task FindJobs_EndedOnly_LeavesOutTheLiving()
    {
        await CommitHistoryAsync();

        Assert.Equal(["5", "1"], await FindAsync(new JobQuery { EndedOnly = true }));
        Assert.Empty(await FindAsync(new JobQuery { EndedOnly = true, States = [JobState.Running] }));
    }

    [Fact]
    public async Task FindJobs_ThousandsOfIds_FindsThemAll()
    {
        await CommitAsync(Sample.Array(1, 5_000));
        var elements = Enumerable.Range(0, 5_000).Select(index => new JobId(1, index)).ToArray();

        Assert.Equal(5_000, (await FindAsync(new JobQuery { Ids = elements })).Count);
    }

    [Fact]
    public async Task FindJobs_BesideCommits_SeesEachJobWithItsOwnAttempt()
    {
        var job = Sample.Job(1);
        var epoch = await CommitAsync(Sample.Added(job));
        var commits = Task.Run(() => StartManyTimesAsync(epoch, job));
        var queries = 0;
        do
        {
            var found = Assert.Single(await Store.FindJobsAsync(new JobQuery(), Cancel));
            Assert.Equal(found.Job.AttemptNumber, found.Attempts.Count);
            queries++;
        }
        while (!commits.IsCompleted);

        await commits;
        Assert.True(queries > 0);
        Assert.Equal(200, Assert.Single(await Store.FindJobsAsync(new JobQuery(), Cancel)).Attempts.Count);
    }

    private async Task StartManyTimesAsync(long epoch, Job job)
    {
        for (var round = 0; round < 200; round++)
            await Store.CommitAsync(epoch, [new StoreChange.JobSaved(Sample.Start(job))], Cancel);
    }

    /// <summary>1 failed, 2 running (bob), 3 an array of two, 4 pending validation, 5 completed validation (bob).</summary>
    private Task CommitHistoryAsync() => CommitAsync(
        Sample.Added(Sample.Job(1, JobState.Failed)),
        Sample.Added(Sample.Job(2, JobState.Running, Sample.Spec("bob"))),
        Sample.Array(3, 2),
        Sample.Added(Sample.Job(4, JobState.Pending, Sample.Spec(tier: "validation"))),
        Sample.Added(Sample.Job(5, JobState.Completed, Sample.Spec("bob", "validation"))));

    private async Task<IReadOnlyList<string>> FindAsync(JobQuery query) =>
        [.. (await Store.FindJobsAsync(query, Cancel)).Select(found => found.Job.Id.ToString())];
}
