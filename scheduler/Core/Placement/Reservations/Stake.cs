namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>What a promise keeps on one node.</summary>
internal sealed class Stake(Promise promise, NodeSlot slot, Claim claim)
{
    public Promise Promise { get; } = promise;

    public NodeSlot Slot { get; } = slot;

    /// <summary>What it keeps; a part of a card of a certain one, once it is foretold.</summary>
    public Claim Claim { get; private set; } = claim;

    /// <summary>What is taken of the node when the job starts, itself included.</summary>
    public Load Load { get; private set; }

    /// <summary>How many attempts of the node end first.</summary>
    public int Waits { get; private set; }

    /// <summary>Takes over what the node's attempts now let expect.</summary>
    public void Expect(Forecast forecast, Load load) => (Claim, Load, Waits) = (Claim with { Part = forecast.Part }, load, forecast.Waits);

    /// <summary>True when a forecast breaks what was promised.</summary>
    public bool IsLater(Forecast forecast, DateTimeOffset now) =>
        Promise.At is { } at ? !(forecast.At <= (at > now ? at : now)) : forecast.At is null && forecast.Waits > Waits;

    /// <summary>True when another job's start can't make this one later: it ends in time, or leaves enough.</summary>
    /// <param name="claim">What the other takes of the same node: whole cards, as this one does.</param>
    /// <param name="run">When it has ended.</param>
    /// <param name="borrows">It has its cards on loan.</param>
    public bool Allows(Claim claim, RunEnd run, bool borrows) =>
        run.IsBefore(Promise) || Load.With(claim).FitsOn(Slot) || IsLent(claim, borrows);

    /// <summary>True when the other may have the cards on loan although it delays this one.</summary>
    public bool IsLent(Claim claim, bool borrows) => borrows && MayBeLent(claim);

    /// <summary>A moment that was told is kept to the second, so nothing is lent that would have to be fetched back first. Without one,
    /// cards would idle until the last is free.</summary>
    private bool MayBeLent(Claim claim) => Promise.At is null && claim.Cards is { } cards && Promise.TakesBack.Contains(cards.Kind.Class);

    /// <summary>False when the node is out of service, or no longer has such cards. One that is closed for the day stands.</summary>
    public bool Stands => Slot.IsInService && (Claim.Cards is not { } cards || Slot.Groups.Contains(cards));
}
