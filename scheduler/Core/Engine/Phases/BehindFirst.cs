using GpuScheduler.Core.Engine.Moves;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine.Phases;

/// <summary>What has no room for the first of a lane has none for those behind it, but for two: those that are to have cards in this
/// round as it is, and those that are gone before a machine closes too soon for it. A bounded look, never at the whole line.</summary>
internal static class BehindFirst
{
    /// <summary>Of those whose turn it is.</summary>
    private const int MostTurns = 64;

    /// <summary>Of those that may need a machine for less time.</summary>
    private const int MostShorter = 16;

    public static void Serve(Turn turn, Contender contender, ref int looks)
    {
        if (contender.Lane.Count < 2) return;
        if (contender.Lane.First is { RoundPlace: > 0 } first && contender.PromiseTo(first) is { IsTakeover: true })
            TakeTurns(turn, contender, ref looks);
        if (turn.State.Map.HasHours && !turn.State.Rounds.Policy.Strict) StartShorter(turn, contender);
    }

    /// <summary>Each has room made for itself while the first waits for its own; one that has it starts.</summary>
    private static void TakeTurns(Turn turn, Contender contender, ref int looks)
    {
        foreach (var job in contender.Lane.Jobs.Skip(1).TakeWhile(job => job.RoundPlace > 0).Take(MostTurns).ToList())
        {
            if (!Preempting.TryFor(turn, contender, job, ref looks))
            {
                contender.Forget(job);
                return;
            }

            if (contender.PromiseTo(job) is { WaitsFor.Count: 0 }) Grant(turn, contender, job);
        }
    }

    private static void StartShorter(Turn turn, Contender contender)
    {
        var (hours, freed) = (turn.State.Hours, turn.State.Map.FreedVersion);
        var shortest = hours.Need(contender.Lane.First!.Spec);
        if (!hours.CloseTooSoonFor(shortest, turn.Now) || contender.NoneShorter(freed)) return;
        foreach (var job in contender.Lane.Jobs.Skip(1).Take(MostShorter).ToList())
        {
            if (hours.Need(job.Spec) is not { } need || need >= shortest) continue;
            if (!Grant(turn, contender, job)) shortest = need;
        }

        contender.NoteNoneShorter(turn.State.Map.FreedVersion);
    }

    private static bool Grant(Turn turn, Contender contender, Job job) =>
        Permits.Of(turn.State, contender, job) is { IsRefused: false } permit && PlacePhase.TryGrant(turn, contender, job, permit);
}
