using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Tests.Engine.Properties;

/// <summary>Checks who was stopped for whom by plain counting.</summary>
internal static class PreemptionInvariants
{
    /// <summary>What somebody was stopped for is promised, and it is enough: to the job for which it was done, or to one before it in
    /// the order. In a later pass of the same cycle room may have opened elsewhere; then the job is served.</summary>
    public static void NobodyIsStoppedInVain(RandomPool pool)
    {
        var stops = pool.Last.Result.Effects.OfType<PoolEffect.Stop>().Where(stop => stop.Cause == EndCause.Preempted && IsNew(pool, stop));
        foreach (var gang in stops.Where(stop => !IsServed(pool, stop)).GroupBy(stop => stop.Attempt))
        {
            // A gang's rank that has ended by itself is not asked to stop, and its node becomes free with the others.
            var nodes = pool.State.FindJob(gang.Key.Job)!.Attempt!.Allocation.Nodes.Select(share => share.Node).ToList();
            var made = pool.State.Promises.All.Where(promise => promise.Binds && promise.At <= pool.Now).SelectMany(
                promise => promise.Stakes)
                .Where(stake => nodes.Contains(stake.Slot.Node.Id)).ToList();
            Assert.True(made.Count > 0, $"{gang.Key} was stopped, and nobody is promised {string.Join(" or ", nodes)}");
            Assert.All(made, stake => Assert.True(
                PromiseInvariants.Fits(stake, stake.Slot.Holds.Values.Where(hold => !hold.Fenced && hold.Attempt.StopCause is null), []),
                $"{stake.Slot.Node.Id} has no room for job {stake.Promise.Job.Id} once everybody asked to stop is gone"));
        }
    }

    /// <summary>Stopped for others twice, a job had its cool-down in between.</summary>
    public static void NobodyIsStoppedAgainAtOnce(RandomPool pool)
    {
        foreach (var job in
            pool.Store.Attempts.Values.Where(attempt => attempt.EndCause == EndCause.Preempted).GroupBy(attempt => attempt.Id.Job))
        {
            var ends = job.OrderBy(attempt => attempt.Id.Number).Select(attempt => attempt.EndTime!.Value).ToList();
            foreach (var (first, second) in ends.Zip(ends.Skip(1)))
                Assert.True(
                    second - first >= RandomPool.Preemption.CoolDown,
                    $"job {job.Key} was stopped for others at {first:T} and again at {second:T}");
        }
    }

    /// <summary>Being stopped for others never uses up a job's tries.</summary>
    public static void NobodyPaysForBeingStopped(RandomPool pool)
    {
        foreach (var job in pool.State.Jobs)
        {
            var failed = pool.Store.Attempts.Values.Count(
                attempt => attempt.Id.Job == job.Id && attempt.EndCause is EndCause.Exited or EndCause.OutOfMemory);
            Assert.True(job.Failures <= failed, $"job {job.Id} counts {job.Failures} failures, and failed {failed} times");
        }
    }

    /// <summary>An order repeated to a node that came back is none of this step's decisions.</summary>
    private static bool IsNew(RandomPool pool, PoolEffect.Stop stop) => !pool.Last.StoppingBefore.Contains(stop.Attempt);

    /// <summary>The job that it was stopped for was granted devices in the same step.</summary>
    private static bool IsServed(RandomPool pool, PoolEffect.Stop stop) => pool.Last.Result.Effects.OfType<PoolEffect.Dispatch>()
        .Any(dispatch => stop.Message.Contains($"job {dispatch.Order.Attempt.Job} ", StringComparison.Ordinal));
}
