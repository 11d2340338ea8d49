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
    /// <param name="run">When it has ended.</param>
    /// <param name="borrows">It has its cards on loan.</param>
    public bool Allows(Claim claim, RunEnd run, bool borrows) =>
        run.IsBefore(Promise) || Load.With(claim).FitsOn(Slot) || (borrows && MayBeLent(claim));

    /// <summary>A moment that was told is kept to the second, so nothing is lent that would have to be fetched back first. Without one,
    /// cards would idle until the last is free.</summary>
    private bool MayBeLent(Claim claim) => Promise.At is null && claim.Cards is { } cards && Promise.TakesBack.Contains(cards.Kind.Class);

    /// <summary>False when the node is out of service, or no longer has such cards, or the card of which it keeps a part. One that is closed for the day stands.</summary>
    public bool Stands => Slot.IsInService && (Claim.Cards is not { } cards || Slot.Groups.Contains(cards)) && Claim.Part is not { Card: { Missing: true } or { Cordoned: true } };
}
