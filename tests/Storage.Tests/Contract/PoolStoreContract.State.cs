using FsCheck.Fluent;
using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Storage.Tests.Generators;

namespace GpuScheduler.Storage.Tests.Contract;

public abstract partial class PoolStoreContract
{
    [Fact]
    public async Task Reload_AnyJob_ComesBackWithEveryField()
    {
        var seeds = Gen.Choose(0, int.MaxValue).Sample(200, 60).ToArray();
        var jobs = seeds.Select((seed, at) => AnyJob(seed, at + 1, state => !state.IsEnded())).ToArray();
        await CommitAsync([.. jobs.Select(job => Sample.Added(job))]);

        var pool = await ReloadAsync();

        Assert.Equal(jobs.Length, pool.Jobs.Count);
        foreach (var (seed, expected, actual) in seeds.Zip(jobs, pool.Jobs))
            StoredForm.AssertSame(seed, expected, actual);
    }

    [Fact]
    public async Task Reload_AnyJobSavedOver_ComesBackAsLastSaved()
    {
        var seeds = Gen.Choose(0, int.MaxValue).Sample(200, 60).ToArray();
        var jobs = seeds.Select((seed, at) => AnyJob(seed, at + 1, state => !state.IsEnded())).ToArray();
        var plain = jobs.Select(job => Sample.Added(new Job(job.Id, job.Spec, job.SubmitTime)));
        await CommitAsync([.. plain, .. jobs.Select(job => new StoreChange.JobSaved(job))]);

        var pool = await ReloadAsync();

        Assert.Equal(jobs.Length, pool.Jobs.Count);
        foreach (var (seed, expected, actual) in seeds.Zip(jobs, pool.Jobs))
            StoredForm.AssertSame(seed, expected, actual);
    }

    [Fact]
    public async Task Reload_ASpecificationNarrowed_ComesBackSoForEveryElement()
    {
        var array = Sample.Array(7, 3);
        await CommitAsync([array]);
        var pin = new CardPin("NVIDIA A100-SXM4-80GB", 81_920, null);

        await CommitAsync([new StoreChange.SpecSaved(7, array.Spec with { Pin = pin })]);

        var pool = await ReloadAsync();
        Assert.Equal([pin, pin, pin], pool.Jobs.Select(job => job.Spec.Pin));
    }

    [Fact]
    public async Task Reload_AnyNode_ComesBackWithoutItsSession()
    {
        var seeds = Gen.Choose(0, int.MaxValue).Sample(200, 40).ToArray();
        var nodes = seeds.Select((seed, at) => new Anything(seed).Node($"node-{at:000}")).ToArray();
        await CommitAsync([.. nodes.Select(node => new StoreChange.NodeSaved(node))]);

        var pool = await ReloadAsync();

        Assert.Equal(nodes.Length, pool.Nodes.Count);
        foreach (var (seed, expected, actual) in seeds.Zip(nodes, pool.Nodes))
        {
            (expected.Session, expected.SilentSince, expected.IsStopping) = (null, null, false);
            (expected.Folder, expected.Peer, expected.KeptStores) = ("", "", []);
            StoredForm.AssertSame(seed, expected, actual);
        }
    }

    [Fact]
    public async Task Reload_UseOfAccounts_ComesBackAsLastSaved()
    {
        var (ann, vision) = (new AccountId("", "ann"), new AccountId("vision", "ann"));
        var time = new DateTimeOffset(2026, 1, 5, 9, 0, 0, 123, TimeSpan.Zero);
        var epoch = await CommitAsync(new StoreChange.UseSaved(vision, 0.1 + 0.2, time), new StoreChange.UseSaved(ann, 1e9 / 3, time));
        await Store.CommitAsync(epoch, [new StoreChange.UseSaved(ann, 1e9 / 7, time.AddHours(1))], Cancel);

        var pool = await ReloadAsync();

        Assert.Equal([new StoredUse(ann, 1e9 / 7, time.AddHours(1)), new StoredUse(vision, 0.1 + 0.2, time)], pool.Uses);
    }

    [Fact]
    public async Task Reload_WhatWasLearned_ComesBackAsLastSavedAndForgottenOnesDoNot()
    {
        var time = new DateTimeOffset(2026, 1, 5, 9, 0, 0, 123, TimeSpan.Zero);
        var facts = FamilyFacts.Nothing(new JobFamily("ann", "vision", "train"))
            .With(new RunFact(CardsUsed.Unclear, 12), time)
            .With(new RunFact(new CardsUsed("A100", 2), 1e9 / 7), time)
            .With(new CardsUsed("A100", 2), 300, 1e3 / 3, isFirst: true, time);
        var (other, gone) = (
            FamilyFacts.Nothing(new JobFamily("ann", "", "train")), FamilyFacts.Nothing(new JobFamily("bob", "", "sleep #1")));
        var epoch = await CommitAsync(
            new StoreChange.FamilySaved(FamilyFacts.Nothing(facts.Family)), new StoreChange.FamilySaved(other),
            new StoreChange.FamilySaved(gone));
        await Store.CommitAsync(epoch, [new StoreChange.FamilySaved(facts), new StoreChange.FamilyForgotten(gone.Family)], Cancel);

        var pool = await ReloadAsync();

        Assert.Equal([other.Family, facts.Family], pool.Families.Select(family => family.Family));
        Assert.Equal(time, pool.Families[1].Seen);
        Assert.Equal(facts.Runs, pool.Families[1].Runs);
        Assert.Equal(facts.Speeds, pool.Families[1].Speeds);
    }

    [Fact]
    public async Task Reload_NodeSavedTwice_IsOneNodeAsLastSaved()
    {
        var node = new Node(new NodeId("desk")) { CpuCores = 8 };
        var epoch = await CommitAsync(new StoreChange.NodeSaved(node));
        node.CpuCores = 16;
        await Store.CommitAsync(epoch, [new StoreChange.NodeSaved(node)], Cancel);

        Assert.Equal(16, Assert.Single((await ReloadAsync()).Nodes).CpuCores);
    }

    [Fact]
    public async Task Reload_TimesWithAnOffset_AreTheSameInstants()
    {
        var submitted = new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(9));
        await CommitAsync(Sample.Added(new Job(new JobId(1), Sample.Spec(), submitted)));

        Assert.Equal(submitted, Assert.Single((await ReloadAsync()).Jobs).SubmitTime);
    }

    [Fact]
    public async Task Reload_SeveralJobs_AreInSubmissionOrderAndNumbersGoOn()
    {
        await CommitAsync(Sample.Array(9, 3), Sample.Added(Sample.Job(2)), Sample.Added(Sample.Job(11)));

        var pool = await ReloadAsync();

        Assert.Equal(["2", "9_0", "9_1", "9_2", "11"], pool.Jobs.Select(job => job.Id.ToString()));
        Assert.Equal(12, pool.NextJobNumber);
    }

    [Fact]
    public async Task Reload_ArrayElements_ShareTheirSpecification()
    {
        await CommitAsync(Sample.Array(1, 3));

        var jobs = (await ReloadAsync()).Jobs;

        Assert.All(jobs, job => Assert.Same(jobs[0].Spec, job.Spec));
    }

    [Fact]
    public async Task Reload_ArrayOfTenThousand_IsComplete()
    {
        await CommitAsync(Sample.Array(1, 10_000));

        var jobs = (await ReloadAsync()).Jobs;

        Assert.Equal(Enumerable.Range(0, 10_000), jobs.Select(job => job.Id.Index));
    }

    [Fact]
    public async Task Reload_EndedJobs_AreKnownByTheirEndAlone()
    {
        var job = Sample.Job(1);
        var epoch = await CommitAsync(Sample.Added(job), Sample.Added(Sample.Job(2)));
        job.State = JobState.Timeout;
        await Store.CommitAsync(epoch, [new StoreChange.JobSaved(job)], Cancel);

        var pool = await ReloadAsync();

        Assert.Equal(new JobId(2), Assert.Single(pool.Jobs).Id);
        Assert.Equal(new EndedJob(new JobId(1), JobState.Timeout), Assert.Single(pool.Ended));
    }

    [Fact]
    public async Task Reload_EndedJobRequeued_LivesAgainWithItsOldAttempt()
    {
        var job = Sample.Start(Sample.Job(1));
        job.State = JobState.Failed;
        var epoch = await CommitAsync(Sample.Added(job));
        job.State = JobState.Pending;
        await Store.CommitAsync(epoch, [new StoreChange.JobSaved(job)], Cancel);

        var pool = await ReloadAsync();

        Assert.Empty(pool.Ended);
        Assert.Equal(1, Assert.Single(pool.Jobs).Attempt?.Id.Number);
    }

    /// <summary>A job of any content under a given number.</summary>
    private static Job AnyJob(int seed, long number, Func<JobState, bool> allowed)
    {
        var anything = new Anything(seed);
        return anything.Job(new JobId(number, seed % 2 == 0 ? JobId.NoIndex : seed), anything.Make<JobSpec>(), allowed);
    }
}
