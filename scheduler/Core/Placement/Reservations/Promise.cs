using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement.Gangs;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>
/// Room that is kept for a waiting job: on one node, or for a gang on several, all for the same moment. Volatile: a scheduler that
/// starts anew makes its promises anew.
/// </summary>
internal sealed class Promise
{
    public Promise(Job job, IReadOnlyList<Spot> spots)
    {
        Job = job;
        Stakes =
        [
            .. spots.Select(spot => new Stake(this, spot.Slot, Claim.Of(spot.Slot, job.Spec.Request, spot.Cards, spot.Count, spot.PartOf))),
        ];
    }

    public Job Job { get; }

    /// <summary>One a node, in the order of the ranks.</summary>
    public IReadOnlyList<Stake> Stakes { get; }

    /// <summary>When the job starts at the latest, by time limits; null: it is not known.</summary>
    public DateTimeOffset? At { get; private set; }

    /// <summary>When the job starts if those without limits take no longer than earlier runs let expect; null: it is not known. Equal to
    /// <see cref="At"/> where limits alone tell.</summary>
    public DateTimeOffset? Expected { get; private set; }

    /// <summary>Jobs that must end first.</summary>
    public IReadOnlyList<JobId> WaitsFor { get; private set; } = [];

    /// <summary>False while its moment can't be foretold and the job has not waited for long: then nothing is kept.</summary>
    public bool Binds { get; set; }

    /// <summary>Others are being stopped for it: the node is kept whatever the depth of backfill.</summary>
    public bool IsTakeover { get; init; }

    /// <summary>
    /// Classes of cards that the job takes back from borrowers the moment it can start with them: until then they may be lent.
    /// </summary>
    public IReadOnlyList<DeviceClass> TakesBack { get; set; } = [];

    /// <summary>When all nodes were last compared.</summary>
    public DateTimeOffset SearchedAt { get; set; }

    /// <summary>The pass of a cycle that made it good, or renewed it.</summary>
    public long Pass { get; set; }

    /// <summary>Room on this node is a part of it.</summary>
    public bool Covers(NodeSlot slot)
    {
        for (var i = 0; i < Stakes.Count; i++)
        {
            if (Stakes[i].Slot == slot) return true;
        }

        return false;
    }

    /// <summary>Exactly the room that is granted now.</summary>
    public bool Is(Allocation allocation) => Stakes.Count == allocation.Nodes.Count
        && Stakes.All(stake => allocation.RankOf(stake.Slot.Node.Id) is >= 0 and var rank
            && allocation.Nodes[rank].Devices.Count == stake.Claim.Count
            && (stake.Claim.Part is not { } part || allocation.Nodes[rank].Holds(part.Card.Device.Uuid)));

    /// <summary>Takes over what the nodes' attempts now let expect.</summary>
    public void Expect(DateTimeOffset? at, DateTimeOffset? expected, IReadOnlyList<JobId> waitsFor) =>
        (At, Expected, WaitsFor) = (at, expected, waitsFor);
}
