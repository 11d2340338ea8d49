using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>What a job would take of a node. Cards of a group are as good as one another: a count says it all.</summary>
/// <param name="Cards">The kind of card; null: none.</param>
/// <param name="Count">How many.</param>
/// <param name="Cores">Cores.</param>
/// <param name="MemoryMib">Host memory, MiB.</param>
internal readonly record struct Claim(CardGroup? Cards, int Count, int Cores, long MemoryMib)
{
    /// <summary>The part of a certain card that is being freed for it, beside those who stay there; null: <see cref="Count"/> whole cards,
    /// as which also a part counts that is promised no certain card.</summary>
    public PartClaim? Part { get; init; }

    /// <summary>What its cards draw at most, W.</summary>
    public int Watts => Cards is null ? 0 : Count * (Cards.Kind.Traits.Facts.Watts ?? 0);

    /// <summary>The whole node: also its cores that otherwise feed cards only.</summary>
    public bool Exclusive { get; init; }

    public static Claim Of(NodeSlot slot, ResourceRequest request, CardGroup? cards, int count, Card? partOf = null) =>
        new(cards, count, NodeFit.CoresOf(slot, request), NodeFit.MemoryOf(slot, request))
        {
            Exclusive = request.Exclusive,
            Part = partOf is null ? null : PartClaim.Of(partOf, request.Gpu!.Share!),
        };
}

/// <summary>What is taken of a node at some moment, counting one kind of its cards.</summary>
/// <param name="Kind">The kind that is counted; null: none.</param>
/// <param name="Cards">Cards of it.</param>
/// <param name="Cores">Cores.</param>
/// <param name="PlainCores">Of those, cores of jobs without a card.</param>
/// <param name="MemoryMib">Host memory, MiB.</param>
internal readonly record struct Load(CardGroup? Kind, int Cards, int Cores, int PlainCores, long MemoryMib)
{
    /// <summary>What cards draw at most, W.</summary>
    public int Watts { get; init; }

    /// <summary>What is taken now. Cards out of service are no cards.</summary>
    public static Load Of(NodeSlot slot, CardGroup? kind) =>
        new(kind, kind is null ? 0 : kind.CountUsable() - kind.CountFree(), slot.CpuUsed, slot.CpuUsedWithoutCards, slot.MemoryUsed) { Watts = slot.WattsHeld };

    /// <summary>With what a claim takes; cards of which it takes a part are the caller's to count.</summary>
    public Load With(Claim claim) => this with
    {
        Cards = Cards + (claim.Part is null && claim.Cards == Kind ? claim.Count : 0),
        Cores = Cores + claim.Cores,
        PlainCores = PlainCores + (claim.Cards is null && !claim.Exclusive ? claim.Cores : 0),
        MemoryMib = MemoryMib + claim.MemoryMib,
        Watts = Watts + claim.Watts,
    };

    /// <summary>With the cores, memory and watts that an attempt holds; its cards are the caller's to count.</summary>
    public Load With(Hold hold) => this with
    {
        Cores = Cores + hold.Share.CpuCores,
        PlainCores = PlainCores + (hold.Share.Devices.Count == 0 ? hold.Share.CpuCores : 0),
        MemoryMib = MemoryMib + hold.Share.MemoryMib,
        Watts = Watts + hold.Watts,
    };

    /// <summary>Without what an attempt holds.</summary>
    /// <param name="hold">What it holds.</param>
    /// <param name="cards">How many of the cards counted here become free by its end.</param>
    public Load Without(Hold hold, int cards) => this with
    {
        Cards = Cards - cards,
        Cores = Cores - hold.Share.CpuCores,
        PlainCores = PlainCores - (hold.Share.Devices.Count == 0 ? hold.Share.CpuCores : 0),
        MemoryMib = MemoryMib - hold.Share.MemoryMib,
        Watts = Watts - hold.Watts,
    };

    /// <summary>No more is taken than the node has.</summary>
    public bool FitsOn(NodeSlot slot) =>
        Cores <= slot.Node.CpuCores && PlainCores <= slot.Node.CpuCores - slot.Node.ReservedCores
        && MemoryMib <= slot.Node.MemoryMib && !(Watts > slot.Node.Power.CardWatts) && (Kind is null || Cards <= Kind.CountUsable());
}
