using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Engine.Moves;

/// <summary>Ties an array that wants comparable runs to the card that its first element got. Durable with the specification: the
/// elements that come later may do so after a restart, when those that ran are long forgotten.</summary>
internal static class SameCards
{
    /// <summary>The first grant decides for all.</summary>
    public static void Tie(Turn turn, Job job, Allocation allocation)
    {
        var number = job.Spec.Request.SameCardAs;
        if (number == 0 || turn.State.Map.PinOf(number) is not null || allocation.Head.Devices.Count == 0) return;
        var card = turn.State.Map.Find(allocation.Head.Node)!.Cards[allocation.Head.Devices[0].Uuid].Device;
        var pin = new CardPin(card.Model, card.MemoryMib, card.Mig?.Profile);
        turn.State.Map.SetPin(number, pin);
        turn.Narrowed(new StoreChange.SpecSaved(number, job.Spec with { Pin = pin }));
    }

    /// <summary>After a restart.</summary>
    public static void Remember(PoolState state, Job job)
    {
        if (job.Spec.Pin is { } pin && state.Map.PinOf(job.Id.Number) is null) state.Map.SetPin(job.Id.Number, pin);
    }

    /// <summary>No element of the array is left that could need it.</summary>
    public static void Forget(Turn turn, Job job)
    {
        if (job.Spec.Request.SameCardAs != 0 && turn.State.Table.ArrayOf(job.Id.Number) is not { Live.Count: > 0 })
            turn.State.Map.SetPin(job.Id.Number, null);
    }
}
