using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Engine.Moves;
using GpuScheduler.Core.Identity;
using GpuScheduler.Core.Leases;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.NodeHealth;
using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Rules;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>A worker's session begins: its inventory is taken over, and what it runs is compared with what it should run.</summary>
internal sealed class NodeJoining(DeviceCatalog catalog)
{
    public PoolReply Take(Turn turn, PoolInput.NodeJoined joined)
    {
        var faults = InventoryCheck.Faults(joined.Node, joined.Inventory, uuid => CardGuard.Refuse(turn, uuid, joined));
        if (faults.Count > 0) return new PoolReply.Rejected(faults);
        var devices = joined.Inventory.Devices.Select(catalog.Classify).ToList();
        faults = [.. PowerCheck.Faults(joined.Inventory.Power, devices), .. Identities(turn, joined)];
        if (faults.Count > 0) return new PoolReply.Rejected(faults);
        if (Meet(turn, joined) is { } otherStore) return otherStore;
        if (turn.State.Nodes.Count >= Limits.PoolNodes && turn.State.Map.Find(joined.Node) is null)
            return new PoolReply.Rejected(
                [new Fault("node", joined.Node.Name, $"one of the {Limits.PoolNodes} machines that the pool knows: it takes no more")]);
        var slot = turn.State.Map.Find(joined.Node) ?? turn.State.AddNode(new Node(joined.Node));
        var bootChanged = slot.Node.BootId.Length > 0 && slot.Node.BootId != joined.BootId;
        var lastSeen = slot.Node.SilentSince ?? turn.Now;
        Write(slot.Node, joined);
        turn.State.Hours.Assign(slot);
        turn.State.Silent.Remove(joined.Node);
        TakeCards(turn, slot, devices);
        Reconcile(turn, slot, joined, bootChanged, lastSeen);
        Elsewhere.Renew(turn, slot, joined.Kept);
        turn.State.Map.Refresh(slot);
        turn.Save(slot.Node);
        return new PoolReply.NodeAccepted(slot.Node.DurableSequence);
    }

    private static IEnumerable<Fault> Identities(Turn turn, PoolInput.NodeJoined joined)
    {
        var faults = ClaimCheck.Faults(joined.Served ?? StoreClaim.None, turn.State.Standing).Concat(KeptCheck.Faults(joined.Kept));
        if (joined.OnlyStore.Length > 0 && joined.OnlyStore != turn.State.Identity.Id)
            faults = faults.Append(new Fault(
                "store", joined.OnlyStore[..Math.Min(joined.OnlyStore.Length, 64)],
                "the only store that this worker joins (--store-file); this scheduler has another one"));
        if (turn.State.Map.Find(joined.Node) is not { } slot)
            return SameButForCase(turn, joined.Node) is { } fault ? faults.Append(fault) : faults;
        var refusal = NameGuard.Refuse(
            slot.Node, new(joined.Instance, joined.Folder, joined.BootId, joined.Peer), slot.Holds.Values.Any(hold => !hold.IsForeign),
            LeaseClock.ExpiresAt(slot.Node, turn.Config.Leases), turn.Now);
        return refusal is null ? faults : faults.Append(refusal);
    }

    /// <summary>People write names without regard to case. Stores that know two such names already keep both.</summary>
    private static Fault? SameButForCase(Turn turn, NodeId joining) => turn.State.Nodes
        .FirstOrDefault(node => string.Equals(node.Id.Name, joining.Name, StringComparison.OrdinalIgnoreCase)) is { } other
        ? new Fault(
            "node", joining.Name, $"a name that differs by more than case from {other.Id}, which the pool knows. Start this worker with "
                + $"--name {other.Id} if it is that machine, else with --name and another name")
        : null;

    /// <summary>What a worker holds for another store is not this one's, whatever its number: it changes its folder and comes
    /// again.</summary>
    private static PoolReply.OtherStore? Meet(Turn turn, PoolInput.NodeJoined joined)
    {
        if (joined.Served is not { } served) return null;
        var verdict = StoreMeeting.Judge(turn.State.Standing, served, joined.Held.Count > 0);
        if (verdict is StoreVerdict.Ours) return null;
        if (verdict is StoreVerdict.Restored restored)
        {
            turn.State.Raise(restored);
            turn.Raised(new StoreChange.GenerationRaised(restored.Generation, restored.NextJobNumber));
        }
        else KeepNumbersUnique(turn, served);

        return new PoolReply.OtherStore(turn.State.Identity, turn.State.TakesOldFolders);
    }

    /// <summary>A worker that was away when a backup was put back may have been given later jobs than those that were known then.</summary>
    private static void KeepNumbersUnique(Turn turn, StoreClaim served)
    {
        if (served.Id != turn.State.Identity.Id || served.JobNumber < turn.State.NextJobNumber) return;
        turn.State.NextJobNumber = served.JobNumber + 1;
        turn.Raised(new StoreChange.GenerationRaised(turn.State.Identity.Generation, turn.State.NextJobNumber));
    }

    private static void Write(Node node, PoolInput.NodeJoined joined)
    {
        node.Session = joined.Session;
        node.SilentSince = null;
        node.IsStopping = false;
        node.BootId = joined.BootId;
        node.Instance = joined.Instance;
        node.Folder = joined.Folder;
        node.Peer = joined.Peer;
        node.WorkerVersion = joined.WorkerVersion;
        node.CpuCores = joined.Inventory.CpuCores;
        node.MemoryMib = joined.Inventory.MemoryMib;
        node.ReservedCores = joined.Inventory.ReservedCores;
        node.Labels = joined.Inventory.Labels;
        node.Address = joined.Inventory.Address;
        node.Power = joined.Inventory.Power;
    }

    /// <summary>A card that a silent machine still claims has been moved: it belongs to the machine that has it now.</summary>
    private static void TakeCards(Turn turn, NodeSlot slot, List<Device> devices)
    {
        foreach (var other in
            devices.Select(device => turn.State.Map.OwnerOf(device.Uuid)).OfType<NodeSlot>().Where(other => other != slot).Distinct()
                .ToList())
        {
            turn.State.Map.SetDevices(other, [.. other.Node.Devices.Where(old => !devices.Exists(device => device.Uuid == old.Uuid))]);
            turn.Save(other.Node);
        }

        turn.State.Map.SetDevices(slot, devices);
    }

    private static void Reconcile(Turn turn, NodeSlot slot, PoolInput.NodeJoined joined, bool bootChanged, DateTimeOffset lastSeen)
    {
        var current = slot.Holds.Values.Where(hold => !hold.Fenced).Select(hold => turn.State.FindJob(hold.Attempt.Id.Job)!).ToList();
        var held = joined.Held.GroupBy(one => one.Attempt).ToDictionary(same => same.Key, same => same.Last());
        foreach (var job in current)
            Settle(
                turn, slot.Node.Id, job, Reconciliation.OfCurrent(job, held.GetValueOrDefault(job.Attempt!.Id), bootChanged, slot.Node.Id),
                lastSeen, joined.Kept);
        Fencing.Renew(turn, slot, Reconciliation.ToFence(joined.Held, current.Select(job => job.Attempt!.Id).ToHashSet()));
    }

    /// <summary>Granted before it was known that another store's attempt still has one of the cards.</summary>
    private static bool IsTaken(IReadOnlyList<KeptStore> kept, NodeShare share) =>
        kept.SelectMany(store => store.Attempts).Any(attempt => attempt.Devices.Any(device => share.Holds(device.Uuid)));

    private static void Settle(
        Turn turn, NodeId node, Job job, LeaseVerdict verdict, DateTimeOffset lastSeen, IReadOnlyList<KeptStore> kept)
    {
        var attempt = job.Attempt!;
        switch (verdict)
        {
            case LeaseVerdict.DispatchAgain when IsTaken(kept, attempt.Allocation.Nodes[attempt.Allocation.RankOf(node)]):
                Ending.EndUnreported(
                    turn, job, node, EndCause.NodeLost, $"an attempt of another store has its cards on node {node}", lastSeen);
                break;
            case LeaseVerdict.DispatchAgain:
                turn.Send(Granting.OrderFor(turn, job, attempt.Allocation.RankOf(node)));
                break;
            case LeaseVerdict.StopAgain:
                Stopping.Send(turn, node, job, job.Spec.Grace, job.ReasonText);
                break;
            case LeaseVerdict.NeverStarted:
                Ending.EndUnreported(turn, job, node, attempt.StopCause!.Value, $"stopped before node {node} had started it", lastSeen);
                break;
            case LeaseVerdict.Lost:
                Ending.EndUnreported(turn, job, node, EndCause.NodeLost, $"node {node} came back without it", lastSeen);
                break;
            case LeaseVerdict.LivesAfterAll:
                attempt.Ranks[attempt.Allocation.RankOf(node)].EndTime = null;
                turn.Save(job);
                Stopping.Send(turn, node, job, job.Spec.Grace, "it counted as lost, and its gang has failed");
                break;
            case LeaseVerdict.Keep:
            case LeaseVerdict.Fence:
                break;
        }
    }
}
