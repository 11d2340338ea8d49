namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>What a promise keeps on one node.</summary>
internal sealed class Stake(Promise promise, NodeSlot slot, Claim claim)
{
    public Promise Promise { get; } = promise;

    public NodeSlot Slot { get; } = slot;

    public Claim Claim { get; } = claim;

    /// <summary>What is taken of the node when the job starts, itself included.</summary>
    public Load Load { get; set; }

    /// <summary>True when another job's start can't make this one later: it ends in time, or leaves enough.</summary>
    /// <param name="claim">What the other takes of the same node.</param>
    /// <param name="endsBy">When it has ended at the latest; null: nobody knows.</param>
    /// <param name="tolerated">When it must have ended if the promise has no moment.</param>
    public bool Allows(Claim claim, DateTimeOffset? endsBy, DateTimeOffset tolerated) =>
        endsBy <= (Promise.At ?? tolerated) || Load.With(claim).FitsOn(Slot);

    /// <summary>False when the node is out of service, or no longer has such cards. One that is closed for the day stands.</summary>
    public bool Stands => Slot.IsInService && (Claim.Cards is not { } cards || Slot.Groups.Contains(cards));
}
