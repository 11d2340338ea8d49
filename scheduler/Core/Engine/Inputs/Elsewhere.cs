using GpuScheduler.Core.Identity;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>
/// Attempts of other stores on a node. They hold what they hold until their worker says that they have ended; this pool may not stop
/// them. Each is a fenced hold with a job number below 0, which no job of this store can have.
/// </summary>
internal static class Elsewhere
{
    public static PoolReply? Take(Turn turn, PoolInput.StoresKept kept)
    {
        if (turn.State.Map.Find(kept.Node) is not { } slot || slot.Node.Session != kept.Session) return null;
        Fault[] faults = [.. KeptCheck.Faults(kept.Kept)];
        if (faults.Length > 0) return new PoolReply.Rejected(faults);
        Renew(turn, slot, kept.Kept);
        return null;
    }

    /// <summary>Makes what other stores hold on a node that which its worker says.</summary>
    public static void Renew(Turn turn, NodeSlot slot, IReadOnlyList<KeptStore> kept)
    {
        foreach (var old in slot.Holds.Values.Where(hold => hold.IsForeign).ToList()) turn.State.Map.Release(slot, old.Attempt.Id);
        var number = 0L;
        foreach (var attempt in kept.SelectMany(store => store.Attempts)) turn.State.Map.Take(slot, HoldOf(turn, slot, attempt, --number));
        slot.Node.KeptStores = kept;
        turn.Show(slot.Node);
    }

    /// <summary>Cards that attempts of other stores hold.</summary>
    public static IReadOnlySet<string> CardsOf(NodeSlot slot) => slot.Holds.Values.Where(hold => hold.IsForeign)
        .SelectMany(hold => hold.Share.Devices).Select(device => device.Uuid).ToHashSet(StringComparer.Ordinal);

    private static Hold HoldOf(Turn turn, NodeSlot slot, KeptAttempt attempt, long number)
    {
        var share = new NodeShare(slot.Node.Id, attempt.Devices, attempt.CpuCores, attempt.MemoryMib);
        return new Hold(new Attempt(new AttemptId(new JobId(number), 1), Allocation.Of(share), turn.Now), share, Fenced: true);
    }
}
