using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Host.Workers;
using GpuScheduler.Protos.V1;
using GpuScheduler.Testing;
using GpuScheduler.Testing.Stores;
using Microsoft.Extensions.Time.Testing;

namespace GpuScheduler.Host.Tests.Workers;

public sealed class EndedJobsFinderTests
{
    private readonly InMemoryPoolStore _store = new();
    private readonly FakeTimeProvider _clock = TestTime.NewClock();

    [Fact]
    public async Task Among_JobsAskedAbout_NamesThoseThatHaveEndedAndSinceWhen()
    {
        var epoch = (await _store.OpenAsync(default)).Epoch;
        var ended = Job(1, Core.Model.JobState.Failed);
        ended.EndTime = _clock.GetUtcNow() - TimeSpan.FromDays(3);
        var other = Job(2, Core.Model.JobState.Completed);
        other.EndTime = _clock.GetUtcNow();
        await _store.CommitAsync(epoch, [Added(ended), Added(other), Added(Job(3, Core.Model.JobState.Pending))], default);

        var answer = await new EndedJobsFinder(_store, _clock).Among(new KeptJobs { JobIds = { "1", "3", "4", "no id" } }, default);

        var only = Assert.Single(answer.Jobs);
        Assert.Equal(("1", TimeSpan.FromDays(3)), (only.JobId, only.EndedFor.ToTimeSpan()));
    }

    [Fact]
    public async Task Among_NothingThatCouldBeAJob_NamesNone() =>
        Assert.Empty((await new EndedJobsFinder(_store, _clock).Among(new KeptJobs { JobIds = { "../x" } }, default)).Jobs);

    private Core.Model.Job Job(long number, Core.Model.JobState state) =>
        new(new JobId(number, JobId.NoIndex), Spec, _clock.GetUtcNow()) { State = state };

    private static StoreChange Added(Core.Model.Job job) => new StoreChange.JobsAdded(job.Id.Number, job.Spec, "", [job]);

    private static Core.Model.JobSpec Spec => new()
    {
        Draft = new JobDraft { User = "ada", Command = ["true"] },
        Name = "job",
        Tier = "validation",
        Request = new ResourceRequest(null, 1, 1024, [], []),
        Retries = 0,
        Grace = TimeSpan.FromSeconds(30),
    };
}
