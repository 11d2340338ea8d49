using GpuScheduler.Core.Engine.Explaining;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Preemption;

namespace GpuScheduler.Core.Engine.Moves;

/// <summary>Has room made for a waiting job: those who have it are asked to save, then stopped within their grace, and queued again.
/// What they free is kept for the job until it starts.</summary>
internal static class Preempting
{
    /// <summary>True when room is being made: the job is promised it.</summary>
    public static bool TryFor(Turn turn, Contender contender, Job job, ref int looks)
    {
        var state = turn.State;
        if (state.Promises.Renew(contender.PromiseTo(job), job, turn.Now) is not null) return true;
        if (looks == 0 || state.Map.Yielding.Count == 0 || contender.NothingToTake(job, state.Map.Version)) return false;
        looks--;
        var search = new VictimSearch(turn.Config, state.Table, state.Map, job, contender.Query, turn.Now).Run();
        state.LookAgainBy(search.LookAgainAt);
        if (search.Best is { } takeover && Take(turn, contender, job, takeover)) return true;
        contender.NoteNothingToTake(job, state.Map.Version);
        return false;
    }

    private static bool Take(Turn turn, Contender contender, Job job, Takeover takeover)
    {
        foreach (var victim in takeover.Victims)
        {
            var why = PreemptionWords.WhyStopped(victim, job);
            Stopping.Ask(turn, victim.Job, EndCause.Preempted, victim.Job.Spec.Grace, why);
            victim.Job.ReasonText = why;
        }

        if (turn.State.Promises.Reserve(job, takeover.Spots, turn.Now) is not { } promise) return false;
        contender.SetTakeover(job, promise);
        return true;
    }
}
