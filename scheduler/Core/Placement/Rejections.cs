using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>Why each card and node of the pool is no place for a request now, counted.</summary>
internal sealed class Rejections
{
    /// <summary>From what can never change to what changes all the time.</summary>
    private static readonly Reason[] Order =
    [
        Reason.NodeNotRequested, Reason.CardTypeMismatch, Reason.CardInsufficientMemory, Reason.CardComputeCapability, Reason.CardNoEcc,
        Reason.CardPrecision, Reason.CardDriver, Reason.SameCardUnavailable, Reason.CardClassNotAllowed, Reason.ReqNodeNotAvail,
        Reason.NodeClosed, Reason.NodeClosing,
        Reason.CardNotHealth, Reason.CardCordoned, Reason.CardSpillDelay, Reason.CardHeldElsewhere, Reason.CardInUse,
        Reason.ExclusiveDeviceAllocateConflict, Reason.CardInsufficientShare,
        Reason.NodeInsufficientCards, Reason.NodePowerBudget, Reason.NodeNotIdle, Reason.NodeInsufficientCpu, Reason.NodeInsufficientMemory,
    ];

    private readonly Dictionary<Reason, int> _counts = [];
    private readonly PlacementQuery _now;
    private readonly PlacementQuery _later;
    private readonly CardPin? _pin;

    private readonly Predicate<NodeSlot> _lets;

    private Rejections(PlacementQuery now, PlacementQuery later, CardPin? pin, Predicate<NodeSlot> lets) =>
        (_now, _later, _pin, _lets) = (now, later, pin, lets);

    /// <summary>Counts, structural reasons first.</summary>
    /// <param name="map">The pool.</param>
    /// <param name="now">With the classes open now.</param>
    /// <param name="later">With all classes that open some time.</param>
    /// <param name="spec">The job: how long it runs counts where nodes have hours.</param>
    public static IReadOnlyList<(Reason Reason, int Count)> Of(PoolMap map, PlacementQuery now, PlacementQuery later, JobSpec spec)
    {
        var rejections = new Rejections(now, later, map.PinOf(now.Request.SameCardAs), slot => slot.Lets(spec, map.Now));
        foreach (var slot in map.Slots) rejections.Look(slot);
        return [.. Order.Where(rejections._counts.ContainsKey).Select(reason => (reason, rejections._counts[reason]))];
    }

    private void Look(NodeSlot slot)
    {
        if (!NodeFit.IsRequested(slot, _now.Request)) Add(Reason.NodeNotRequested);
        else if (!slot.IsInService) Add(Reason.ReqNodeNotAvail);
        else if (!slot.IsOpen) Add(Reason.NodeClosed);
        else if (!_lets(slot)) Add(Reason.NodeClosing);
        else if (_now.Request.Gpu is not { } gpu || HasCards(slot, gpu)) LookAtMachine(slot);
    }

    private void LookAtMachine(NodeSlot slot)
    {
        if (_now.Request.Exclusive) AddIf(slot.Holds.Count > 0, Reason.NodeNotIdle);
        else if (NodeFit.FreeCores(slot, _now.Request) < _now.Request.CpuCores) Add(Reason.NodeInsufficientCpu);
        else if (slot.MemoryFree < _now.Request.MemoryMib) Add(Reason.NodeInsufficientMemory);
    }

    private bool HasCards(NodeSlot slot, GpuRequest gpu)
    {
        var (enough, some, fed) = (false, false, false);
        foreach (var group in slot.Groups)
        {
            var usable = group.Cards.Count(card => IsUsable(card, group.Kind, gpu));
            some |= usable > 0;
            enough |= gpu.Alternatives.Any(
                wanted => CardMatch.Fits(wanted, group.Kind) && usable >= wanted.Count && HoldsTogether(group, wanted.Count));
            fed |= gpu.Alternatives.Any(wanted => CardMatch.Fits(wanted, group.Kind) && group.CountFor(_now.Request) >= wanted.Count);
        }

        if (some && !enough) Add(Reason.NodeInsufficientCards);
        else if (some && !fed) Add(Reason.NodePowerBudget);
        return enough && fed;
    }

    /// <summary>Linked as asked for, whatever the node's power budget leaves.</summary>
    private bool HoldsTogether(CardGroup group, int count) => !_now.Request.NvLink || Islands.CountLinked(group) >= count;

    private bool IsUsable(Card card, CardKind kind, GpuRequest gpu)
    {
        var rejection = gpu.Alternatives.Select(wanted => OfKind(wanted, kind)).MaxBy(
            reason => reason is { } some ? Array.IndexOf(Order, some) : int.MaxValue)
            ?? OfCard(card, gpu.Share);
        if (rejection is { } reason) Add(reason);
        return rejection is null;
    }

    private Reason? OfKind(GpuAlternative wanted, CardKind kind)
    {
        if (CardFit.Misfit(wanted, kind.Traits) is { } misfit) return misfit;
        if (!CardMatch.FitsPin(_pin, kind)) return Reason.SameCardUnavailable;
        if (_later.RankOf(kind.Class) < 0) return Reason.CardClassNotAllowed;
        return _now.RankOf(kind.Class) < 0 ? Reason.CardSpillDelay : null;
    }

    private static Reason? OfCard(Card card, CardShare? share) => card switch
    {
        { Missing: true } => Reason.CardNotHealth,
        { Cordoned: true } => Reason.CardCordoned,
        _ when IsElsewhere(card) => Reason.CardHeldElsewhere,
        { WholeHolds: > 0 } => Reason.CardInUse,
        { PartHolds: > 0 } when share is null => Reason.ExclusiveDeviceAllocateConflict,
        { PartHolds: > 0 } when !card.HasRoomBeside(share) => Reason.CardInsufficientShare,
        _ => null,
    };

    /// <summary>An attempt of another store has it.</summary>
    private static bool IsElsewhere(Card card) => card.Holds > 0
        && card.Group?.Slot.Holds.Values.Any(hold => hold.IsForeign && hold.Share.Holds(card.Device.Uuid)) == true;

    private void AddIf(bool holds, Reason reason)
    {
        if (holds) Add(reason);
    }

    private void Add(Reason reason) => _counts[reason] = _counts.GetValueOrDefault(reason) + 1;
}
