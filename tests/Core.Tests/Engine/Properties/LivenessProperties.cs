using FsCheck;
using FsCheck.Fluent;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>In the end: once the trouble is over, everything gets done.</summary>
public sealed class LivenessProperties
{
    [Fact]
    public void All_jobs_end_when_nodes_stay_and_programs_end() => Check.One(Runs.Config(), Prop.ForAll(Runs.Bytes, bytes =>
    {
        Finish(new RandomPool().Play(bytes));
        return true;
    }));

    /// <summary>The trouble is over, and all jobs end.</summary>
    internal static void Finish(RandomPool pool)
    {
        Quiet(pool);
        for (var round = 0; round < 400 && pool.State.Jobs.Count > 0; round++) Work(pool);

        var left = pool.State.Jobs.Select(job => $"{job.Id} {job.State} {pool.State.ReasonOf(job, pool.Now)}");
        Assert.True(pool.State.Jobs.Count == 0, string.Join("\n", left));
        Assert.All(
            pool.State.Nodes, node => Assert.Equal((0, 0L), (pool.State.UseOf(node.Id).CpuCores, pool.State.UseOf(node.Id).MemoryMib)));
    }

    /// <summary>Every node is there and in service, nothing is held, and no dependency waits for a person.</summary>
    private static void Quiet(RandomPool pool)
    {
        foreach (var worker in pool.Workers)
        {
            worker.Machine = worker.Whole;
            pool.Connect(worker);
        }

        foreach (var machine in pool.Workers.Select(worker => worker.Machine))
        {
            pool.Step(new PoolInput.Resume(machine.Name, "root"));
            foreach (var card in machine.Cards) pool.Step(new PoolInput.Resume($"{machine.Name}/{card.Uuid}", "root"));
        }

        var held = pool.State.Jobs.Where(
            job => job.State == JobState.RequeueHold || job.Reason is Reason.JobHeldUser or Reason.JobHeldAdmin);
        pool.Step(new PoolInput.Release([.. held.Select(job => $"{job.Id}")], "root"));
    }

    /// <summary>Half an hour in which every program starts, works and ends as it was asked to, or well.</summary>
    private static void Work(RandomPool pool)
    {
        pool.Now += TimeSpan.FromMinutes(30);
        pool.Step();
        foreach (var worker in pool.Workers)
        {
            foreach (var attempt in worker.Live.ToList())
            {
                if (!attempt.Started) pool.Send(worker, worker.Report(attempt.Order.Attempt, new AttemptEvent.Started(null), pool.Now));
                attempt.Started = true;
                pool.Send(worker, worker.End(attempt, attempt.Asked ?? EndCause.Exited, attempt.Asked is null ? 0 : 143, pool.Now));
            }
        }
    }
}
