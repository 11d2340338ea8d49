using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>Checks who was stopped for whom by plain counting.</summary>
internal static class PreemptionInvariants
{
    /// <summary>Who stops somebody is promised what becomes free, and it is enough.</summary>
    public static void NobodyIsStoppedInVain(RandomPool pool)
    {
        if (!pool.Last.Result.Effects.OfType<PoolEffect.Stop>().Any(stop => stop.Cause == EndCause.Preempted && IsNew(pool, stop))) return;
        // One whose holders are no longer on their way out is renewed as any other promise: nobody was stopped for it now.
        var made = pool.State.Promises.All.Where(promise => promise.IsTakeover && promise.At <= pool.Now).ToList();
        Assert.NotEmpty(made);
        Assert.All(made, promise => Assert.True(
            PromiseInvariants.Fits(promise.Stakes[0], promise.Stakes[0].Slot.Holds.Values.Where(hold => !hold.Fenced && hold.Attempt.StopCause is null), []),
            $"{promise.Stakes[0].Slot.Node.Id} has no room for job {promise.Job.Id} once everybody asked to stop is gone"));
    }

    /// <summary>Stopped for others twice, a job had its cool-down in between.</summary>
    public static void NobodyIsStoppedAgainAtOnce(RandomPool pool)
    {
        foreach (var job in pool.Store.Attempts.Values.Where(attempt => attempt.EndCause == EndCause.Preempted).GroupBy(attempt => attempt.Id.Job))
        {
            var ends = job.OrderBy(attempt => attempt.Id.Number).Select(attempt => attempt.EndTime!.Value).ToList();
            foreach (var (first, second) in ends.Zip(ends.Skip(1)))
                Assert.True(second - first >= RandomPool.Preemption.CoolDown, $"job {job.Key} was stopped for others at {first:T} and again at {second:T}");
        }
    }

    /// <summary>Being stopped for others never uses up a job's tries.</summary>
    public static void NobodyPaysForBeingStopped(RandomPool pool)
    {
        foreach (var job in pool.State.Jobs)
        {
            var failed = pool.Store.Attempts.Values.Count(attempt => attempt.Id.Job == job.Id && attempt.EndCause is EndCause.Exited or EndCause.OutOfMemory);
            Assert.True(job.Failures <= failed, $"job {job.Id} counts {job.Failures} failures, and failed {failed} times");
        }
    }

    /// <summary>An order repeated to a node that came back is none of this step's decisions.</summary>
    private static bool IsNew(RandomPool pool, PoolEffect.Stop stop) => !pool.Last.StoppingBefore.Contains(stop.Attempt);
}
