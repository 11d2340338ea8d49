using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Simulation.History;
using GpuScheduler.Simulation.Input;
using GpuScheduler.Simulation.Output;
using GpuScheduler.Simulation.Pools;
using GpuScheduler.Simulation.Tests.Support;

namespace GpuScheduler.Simulation.Tests.History;

/// <summary>What a scheduler's store tells is replayed as it was; the scheduler has it open all the while.</summary>
public sealed class FromStoreTests : IAsyncLifetime
{
    private static readonly JobDraft s_training = new() { Tier = "training", Gpus = "1", Name = "train" };

    private readonly Files files = new();
    private Recorded store = null!;

    public async ValueTask InitializeAsync() => store = await Recorded.StartAsync(files.At("gpusched.db"));

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        files.Dispose();
    }

    [Fact]
    public async Task What_ended_is_replayed_with_its_real_times()
    {
        await RunAsync(s_training, TimeSpan.FromMinutes(10));
        store.Pass(TimeSpan.FromMinutes(5));
        await RunAsync(s_training, TimeSpan.FromMinutes(20), exitCode: 3);

        var scenario = Read(Period.All);
        var result = scenario.Play(new NoProgress());

        Assert.Equal(Recorded.Evening, scenario.Start);
        Assert.Equal([0, 900], result.Jobs.Select(job => job.Submitted));
        Assert.Equal([600, 1200], result.Jobs.Select(job => job.Jct!.Value).Select(seconds => Math.Round(seconds)));
        Assert.Equal([JobState.Completed, JobState.Failed], result.Jobs.Select(job => job.Outcome!.Value));
        Assert.Equal(["1", "2"], result.Jobs.Select(job => job.Job.Id));
    }

    [Fact]
    public async Task What_runs_and_waits_is_guessed_from_its_like()
    {
        await RunAsync(s_training, TimeSpan.FromMinutes(30));
        var running = await store.SubmitAsync(s_training);
        await store.StartAsync(running);
        await store.SubmitAsync(s_training with { Gpus = "2" });
        store.Pass(TimeSpan.FromMinutes(10));

        var scenario = Read(Period.Now, store.Now);
        var result = scenario.Play(new NoProgress());

        Assert.Equal(new RecordedCounts(0, 1, 1, 0, 0, 2), scenario.Recorded);
        // Half an hour each, as the one that ended; ten minutes of the first are over.
        Assert.Equal([1200, 3000], result.Jobs.Select(job => Math.Round(job.Jct!.Value)));
    }

    [Fact]
    public async Task A_job_without_its_like_runs_for_its_time_limit_and_one_that_is_held_is_left_out()
    {
        await store.SubmitAsync(s_training with { TimeLimit = "45m" });
        await store.SubmitAsync(s_training with { Hold = true });

        var scenario = Read(Period.All);

        Assert.Equal(2700, Assert.Single(scenario.Jobs).Work, 3.0);
        Assert.Equal(JobState.Completed, scenario.Play(new NoProgress()).Jobs[0].Outcome);
        Assert.Equal(1, scenario.Recorded!.Held);
    }

    [Fact]
    public async Task Unless_told_it_is_about_the_queue_or_with_none_about_the_last_night()
    {
        await RunAsync(s_training, TimeSpan.FromMinutes(10));
        store.Pass(TimeSpan.FromHours(30));
        await RunAsync(s_training, TimeSpan.FromMinutes(10));

        Assert.Equal(["2"], Read(null, store.Now).Jobs.Select(job => job.Id));

        await store.SubmitAsync(s_training);
        Assert.Equal(["3"], Read(null, store.Now).Jobs.Select(job => job.Id));
        Assert.Equal(["2", "3"], Read(Period.Night, store.Now).Jobs.Select(job => job.Id));
        Assert.Equal(["1", "2", "3"], Read(Period.All).Jobs.Select(job => job.Id));
    }

    [Fact]
    public async Task What_is_cordoned_takes_no_part()
    {
        await store.JoinAsync("desk", "NVIDIA GeForce RTX 4090", 24, 2);
        await store.StepAsync(
            new PoolInput.Drain("desk/GPU-desk-0", "hot", null, "root"), new PoolInput.Drain("box", "repair", null, "root"));

        var node = Assert.Single(Read(Period.All).Nodes);

        Assert.Equal("desk", node.Id.Name);
        Assert.Equal("GPU-desk-1", Assert.Single(node.Inventory.Devices).Uuid);
    }

    [Fact]
    public async Task Cards_differ_as_the_catalog_says_unless_told_otherwise()
    {
        await RunAsync(s_training, TimeSpan.FromMinutes(10));
        var machine = files.Write(
            "nodes.yaml", "node: new\ncpu: { cores: 8 }\ndevices:\n  - { model: \"NVIDIA H100 80GB HBM3\", memory: 80GiB }\n");

        var faster = Play(new(store.Path, Period.All, null, SpeedsDiffer: true), machine);
        var same = Play(new(store.Path, Period.All, null, SpeedsDiffer: false), machine);

        Assert.InRange(faster, 100, 400);
        Assert.Equal(600, same, 1e-3);
    }

    [Fact]
    public async Task What_binds_the_elements_of_an_array_binds_in_a_replay()
    {
        var ahead = await store.SubmitAsync(s_training with { TimeLimit = "10m" });
        await store.StartAsync(ahead);
        await store.SubmitAsync(s_training with { TimeLimit = "10m", Array = "0-3%1" });
        await store.SubmitAsync(s_training with { TimeLimit = "10m", Name = "behind" });

        var result = Read(Period.Now, store.Now).Play(new NoProgress());

        // Two cards: the running job and the array's only element at a time; whoever is behind gets the first card that the array may not
        // take.
        Assert.Equal(["1", "2_0", "2_1", "2_2", "2_3", "3"], result.Jobs.Select(job => job.Job.Id));
        Assert.Equal([0, 0, 600, 1200, 1800, 600], result.Jobs.Select(job => Math.Round(job.Wait!.Value / 10) * 10));
    }

    [Fact]
    public async Task What_runs_goes_on_and_what_waits_keeps_its_place()
    {
        var first = await store.SubmitAsync(s_training with { TimeLimit = "10m", Gpus = "2", Hold = true });
        var second = await store.SubmitAsync(s_training with { TimeLimit = "10m", Gpus = "2" });
        await store.StartAsync(second);
        await store.StepAsync(new PoolInput.Release([$"{first}"], "ada"));
        await store.SubmitAsync(s_training with { TimeLimit = "10m", Gpus = "2" });

        var result = Read(Period.Now, store.Now).Play(new NoProgress());

        Assert.Equal(["1", "2", "3"], result.Jobs.Select(job => job.Job.Id));
        Assert.Equal([600, 0, 1200], result.Jobs.Select(job => Math.Round(job.Wait!.Value / 10) * 10));
    }

    [Fact]
    public async Task It_follows_the_rules_that_the_store_keeps_unless_others_are_named()
    {
        await store.KeepRulesAsync("/etc/pool.yaml", "tiers:\n  - { name: training, classes: [consumer] }\n");
        await store.SubmitAsync(s_training);

        var kept = Read(Period.All).Play(new NoProgress());
        var named = PoolScenario.Read(new("", "", files.Write("mine.yaml", "name: default\n"),
            "")
        { Store = new(store.Path, Period.All, null, SpeedsDiffer: true) }).Play(new NoProgress());

        Assert.Equal(("/etc/pool.yaml, as the store keeps it", 1), (kept.RulesFile, kept.Unfinished));
        Assert.Equal(0, named.Unfinished);
    }

    [Fact]
    public async Task Rules_that_another_version_kept_are_named_with_their_line()
    {
        await store.KeepRulesAsync("/etc/pool.yaml", "name: lab\nmood: good\n");

        var refusal = Assert.Throws<InputException>(() => Read(Period.All));

        Assert.StartsWith(
            "the rules that the store keeps can't be used; name others with --pool\n/etc/pool.yaml:2: mood", refusal.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_of_jobs_stays_a_chain()
    {
        await RunAsync(s_training, TimeSpan.FromMinutes(1));
        var first = await store.SubmitAsync(s_training with { TimeLimit = "10m" });
        await store.SubmitAsync(s_training with { TimeLimit = "10m", Dependency = $"afterok:{first}" });

        var result = Read(Period.Now, store.Now).Play(new NoProgress());

        Assert.Equal([0, 60], result.Jobs.Select(job => Math.Round(job.Wait!.Value)));
    }

    [Fact]
    public async Task Looking_changes_nothing_and_does_not_disturb_the_scheduler()
    {
        await RunAsync(s_training, TimeSpan.FromMinutes(1));
        byte[] Bytes() => [.. File.ReadAllBytes(store.Path), .. File.ReadAllBytes(store.Path + "-wal")];
        var before = Bytes();

        Read(Period.All).Play(new NoProgress());

        Assert.Equal(before, Bytes());
        await RunAsync(s_training, TimeSpan.FromMinutes(1));
        Assert.Equal(2, Read(Period.All).Jobs.Count);
    }

    [Theory]
    [InlineData("nowhere", "--from-store is '", "'; allowed: a store (gpusched.db), or a folder that has one")]
    [InlineData("", "--from-store is '", "', which has no gpusched.db; allowed: a store, or a folder that has one")]
    public void A_store_that_is_not_there_is_named(string name, string begin, string end)
    {
        using var empty = new Files();
        var folder = Path.GetDirectoryName(empty.Write("x", ""))!;

        var refusal = Assert.Throws<NotFoundException>(() => StoreFile.Read(name.Length == 0 ? folder : Path.Combine(folder, name)));

        Assert.StartsWith(begin, refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(end, refusal.Message, StringComparison.Ordinal);
    }

    private async Task RunAsync(JobDraft draft, TimeSpan time, int exitCode = 0)
    {
        var job = await store.SubmitAsync(draft with { Retries = 0 });
        await store.StartAsync(job);
        store.Pass(time);
        await store.EndAsync(job, exitCode);
    }

    private PoolScenario Read(Period? period, DateTimeOffset? now = null) =>
        PoolScenario.Read(new("", "", "", "") { Store = new(Path.GetDirectoryName(store.Path)!, period, now, SpeedsDiffer: true) });

    private static double Play(StoreWish wish, string nodes) =>
        PoolScenario.Read(new(nodes, "", "", "") { Store = wish }).Play(new NoProgress()).Jobs[0].Jct!.Value;
}
