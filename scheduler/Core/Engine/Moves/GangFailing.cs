using GpuScheduler.Core.Lifecycle;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Moves;

/// <summary>One rank of a gang has ended before the others: if it failed, they are stopped; the attempt ends when all have.</summary>
internal static class GangFailing
{
    public static void OnRankEnded(Turn turn, Job job, int rank)
    {
        var attempt = job.Attempt!;
        turn.Save(job);
        if (attempt.StopCause is not null || !GangVerdict.Fails(attempt.Ranks[rank])) return;
        Stopping.Ask(turn, job, EndCause.RankFailed, job.Spec.Grace, $"rank {rank} on {attempt.Allocation.Nodes[rank].Node} failed");
    }
}
