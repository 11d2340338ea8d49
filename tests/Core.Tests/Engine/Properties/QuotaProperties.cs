using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>Limits hold at every moment, whatever happens, and keep nobody waiting who is not at one.</summary>
public sealed class QuotaProperties
{
    private static readonly QuotaConfig Quotas = new()
    {
        Users =
        [
            new QuotaRule("*", new QuotaLimits { Running = 3, Gpus = [new GpuCap(null, null, 2000)] }),
            new QuotaRule(
                "eve", new QuotaLimits { Gpus = [new GpuCap(DeviceClass.Datacenter, null, 2000), new GpuCap(null, "RTX4090", 0)] }),
        ],
        Projects = [new QuotaRule("vision", new QuotaLimits { Running = 2 })],
    };

    [Fact]
    public void No_limit_is_ever_exceeded() => Always(pool =>
    {
        foreach (var jobs in pool.State.Jobs.GroupBy(job => job.Spec.User))
        {
            Assert.True(jobs.Key == "eve" || Running(jobs) <= 3, $"{jobs.Key} has {Running(jobs)} jobs running");
            Assert.True(jobs.Key == "eve" || Cards(pool, jobs, _ => true) <= 2000, $"{jobs.Key} holds too many cards");
            Assert.True(
                jobs.Key != "eve" || Cards(pool, jobs, card => card.Class == DeviceClass.Datacenter) <= 2000,
                "eve holds too many datacenter cards");
            Assert.True(jobs.Key != "eve" || Cards(pool, jobs, card => card.Model == Machine.Rtx4090) == 0, "eve holds an RTX 4090");
        }

        Assert.True(Running(pool.State.Jobs.Where(job => job.Spec.Draft.Project == "vision")) <= 2, "vision has too many jobs running");
    });

    [Fact]
    public void Whoever_is_said_to_be_at_a_limit_is() => Always(pool =>
    {
        foreach (var job in pool.State.Jobs.Where(job => job.State == JobState.Pending))
        {
            var reason = pool.State.ReasonOf(job, pool.Now)!.Value.Reason;
            if (reason == Reason.QOSMaxJobsPerUserLimit)
                Assert.Equal(3, Running(pool.State.Jobs.Where(other => other.Spec.User == job.Spec.User)));
            if (reason == Reason.AssocGrpJobsLimit)
                Assert.Equal(2, Running(pool.State.Jobs.Where(other => other.Spec.Draft.Project == "vision")));
        }
    });

    [Fact]
    public void Decisions_are_the_same_for_the_same_inputs() => Check.One(Runs.Config(), Prop.ForAll(
        Runs.Bytes, bytes => $"{new RandomPool(Quotas).Play(bytes).Transcript}" == $"{new RandomPool(Quotas).Play(bytes).Transcript}"));

    [Fact]
    public void All_jobs_end_in_the_end() => Check.One(Runs.Config(), Prop.ForAll(Runs.Bytes, bytes =>
    {
        var pool = new RandomPool(Quotas).Play(bytes);
        LivenessProperties.Finish(pool);
        return true;
    }));

    private static int Running(IEnumerable<Job> jobs) => jobs.Count(job => job.State.HoldsAllocation());

    /// <summary>Thousandths of a card.</summary>
    private static int Cards(RandomPool pool, IEnumerable<Job> jobs, Func<Device, bool> counts) =>
        jobs.Where(job => job.State.HoldsAllocation())
        .SelectMany(job => job.Attempt!.Allocation.Nodes)
        .SelectMany(share => share.Devices.Select(held => (held.MilliGpu, Card: CardOf(pool, share.Node, held.Uuid))))
        .Sum(held => counts(Devices.Catalog.Classify(held.Card)) ? held.MilliGpu : 0);

    private static AnnouncedDevice CardOf(RandomPool pool, NodeId node, string uuid) =>
        pool.Workers.Single(worker => worker.Machine.Id == node).Whole.Cards.Single(card => card.Uuid == uuid);

    private static void Always(Action<RandomPool> check) => Check.One(Runs.Config(), Prop.ForAll(Runs.Bytes, bytes =>
    {
        new RandomPool(Quotas).Play(bytes, check);
        return true;
    }));

    private static class Devices
    {
        public static Core.Devices.DeviceCatalog Catalog { get; } = Core.Devices.DeviceCatalog.BuiltIn;
    }
}
