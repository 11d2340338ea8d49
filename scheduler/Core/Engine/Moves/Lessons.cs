using GpuScheduler.Core.Learning;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Moves;

/// <summary>Where an attempt's steps stood before a report.</summary>
/// <param name="Step">The newest step, or the one it began from.</param>
/// <param name="Time">When it stood there; null: its start is not known.</param>
/// <param name="IsStart">No checkpoint of its own yet.</param>
internal readonly record struct StepMark(long Step, DateTimeOffset? Time, bool IsStart)
{
    public static StepMark Of(Attempt attempt) => attempt.LastStep is { } step
        ? new(step, attempt.LastStepTime, false)
        : new(attempt.ResumedFromStep ?? 0, attempt.StartTime, true);
}

/// <summary>Remembers what a job's run shows of its family.</summary>
internal static class Lessons
{
    /// <summary>A checkpoint was reported: so many steps in so much time.</summary>
    public static void FromCheckpoint(Turn turn, Job job, StepMark before)
    {
        var (steps, seconds) = (job.Attempt!.LastStep - before.Step, (job.Attempt.LastStepTime - before.Time)?.TotalSeconds);
        if (!(steps > 0) || !(seconds > 0)) return;
        var cards = CardsOf(turn.State, job.Attempt.Allocation);
        if (cards == CardsUsed.Unclear) return;
        var facts = FactsOf(turn.State, job);
        Keep(turn, facts, facts.With(cards, steps.Value, seconds.Value, before.IsStart, turn.Now));
    }

    /// <summary>A job ended well: so its work took as long as this.</summary>
    public static void FromEnd(Turn turn, Job job)
    {
        if (WholeRun(job.Attempt!) is not { } seconds) return;
        var facts = FactsOf(turn.State, job);
        Keep(turn, facts, facts.With(new RunFact(CardsOf(turn.State, job.Attempt!.Allocation), seconds), turn.Now));
    }

    /// <summary>A job was stopped because its machine closed: where nothing but an estimate let it start there, such work takes longer
    /// than that. So each night that it is cut off asks for a longer one, and what no night is long enough for is soon left
    /// alone.</summary>
    public static void FromClosing(Turn turn, Job job)
    {
        if (job.Attempt is not { StopCause: EndCause.Closed, StartTime: { } start } attempt || !turn.State.Hours.IsEstimated(job.Spec))
            return;
        var facts = FactsOf(turn.State, job);
        Keep(turn, facts, facts.With(new RunFact(CardsUsed.Unclear, Math.Max(1, (turn.Now - start).TotalSeconds)), turn.Now));
    }

    /// <summary>s; null: it is not known, for what came before it was resumed was not timed by it.</summary>
    private static double? WholeRun(Attempt attempt)
    {
        if (attempt.EndTime - attempt.StartTime is not { } ran || ran <= TimeSpan.Zero) return null;
        if (attempt.ResumedFromStep is not { } resumed || resumed <= 0) return ran.TotalSeconds;
        var (steps, seconds) = (attempt.LastStep - resumed, (attempt.LastStepTime - attempt.StartTime)?.TotalSeconds);
        return steps > 0 && seconds > 0 ? ran.TotalSeconds + (resumed * seconds / steps) : null;
    }

    private static FamilyFacts FactsOf(PoolState state, Job job) =>
        state.Families.Of(job.Spec) ?? FamilyFacts.Nothing(JobFamily.Of(job.Spec));

    private static void Keep(Turn turn, FamilyFacts old, FamilyFacts facts)
    {
        if (ReferenceEquals(old, facts)) return;
        if (turn.State.Families.Put(facts) is { } forgotten) turn.Forget(forgotten);
        turn.State.Room.Ready.Learned(facts.Family, RunTimes.Cautious(old));
        turn.Save(facts.Family);
    }

    private static CardsUsed CardsOf(PoolState state, Allocation allocation)
    {
        var model = "";
        var count = 0;
        foreach (var share in allocation.Nodes)
        {
            foreach (var part in share.Devices)
            {
                if (!part.IsWhole || state.Map.Find(share.Node)?.Cards.GetValueOrDefault(part.Uuid)?.Group?.Kind.Key is not { } key)
                    return CardsUsed.Unclear;
                if (count++ > 0 && key != model) return CardsUsed.Unclear;
                model = key;
            }
        }

        return count == 0 ? CardsUsed.Unclear : new CardsUsed(model, count);
    }
}
