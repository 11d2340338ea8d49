using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Tests.Generators;

namespace GpuScheduler.Storage.Tests.Contract;

public abstract partial class PoolStoreContract
{
    [Fact]
    public async Task Reload_WhatPeopleDidToAJob_ComesBackInOrder()
    {
        var job = Sample.ActedOn(Sample.Job(1, JobState.RequeueHold));

        await CommitAsync(Sample.Added(Sample.Job(1)), new StoreChange.JobSaved(job));

        Assert.Equal(job.Acts, Assert.Single((await ReloadAsync()).Jobs).Acts);
    }

    [Fact]
    public async Task Find_WhatPeopleDidToAJobThatEnded_IsInItsHistory()
    {
        var job = Sample.ActedOn(Sample.Job(1, JobState.Cancelled));

        await CommitAsync(Sample.Added(Sample.Job(1)), new StoreChange.JobSaved(job));

        var found = Assert.Single(await Store.FindJobsAsync(new JobQuery(), Cancel));
        Assert.Equal(job.Acts, found.Job.Acts);
    }

    [Fact]
    public async Task Reload_WhatPeopleDidToAMachineAndItsCards_ComesBackInOrder()
    {
        var node = new Node(new NodeId("lab")) { Acts = Sample.MachineActs };

        await CommitAsync(new StoreChange.NodeSaved(node));

        Assert.Equal(node.Acts, Assert.Single((await ReloadAsync()).Nodes).Acts);
    }

    [Fact]
    public async Task Reload_AnActThatIsNoLongerKept_IsGone()
    {
        var job = Sample.ActedOn(Sample.Job(1, JobState.RequeueHold));
        await CommitAsync(Sample.Added(job));
        var epoch = (await Store.OpenAsync(Cancel)).Epoch;

        job.Acts = [job.Acts[^1]];
        await Store.CommitAsync(epoch, [new StoreChange.JobSaved(job)], Cancel);

        Assert.Equal(job.Acts, Assert.Single((await ReloadAsync()).Jobs).Acts);
    }
}
