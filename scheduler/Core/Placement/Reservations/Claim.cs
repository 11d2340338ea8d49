using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement.Reservations;

/// <summary>What a job would take of a node. Cards of a group are as good as one another: a count says it all, but for a part of
/// a card.</summary>
/// <param name="Cards">The kind of card; null: none.</param>
/// <param name="Count">How many.</param>
/// <param name="Cores">Cores.</param>
/// <param name="MemoryMib">Host memory, MiB.</param>
internal readonly record struct Claim(CardGroup? Cards, int Count, int Cores, long MemoryMib)
{
    /// <summary>A part of one card; null: <see cref="Count"/> whole cards.</summary>
    public CardShare? Share { get; init; }

    /// <summary>The card of which it has that part; null: any of <see cref="Cards"/>, and whole cards always.</summary>
    public PartClaim? Part { get; init; }

    /// <summary>
    /// What its cards draw at most, W; a card of which it takes a part is its user's to count, who knows who else is on it.
    /// </summary>
    public int Watts => Cards is null || Share is not null ? 0 : Count * (Cards.Kind.Traits.Facts.Watts ?? 0);

    /// <summary>The whole node: also its cores that otherwise feed cards only.</summary>
    public bool Exclusive { get; init; }

    public static Claim Of(NodeSlot slot, ResourceRequest request, CardGroup? cards, int count, Card? partOf = null) =>
        new(cards, count, NodeFit.CoresOf(slot, request), NodeFit.MemoryOf(slot, request))
        {
            Exclusive = request.Exclusive,
            Share = cards is null ? null : request.Gpu?.Share,
            Part = partOf is null ? null : PartClaim.Of(partOf, request.Gpu!.Share!),
        };
}

/// <summary>What is taken of a node at some moment, counting one kind of its cards.</summary>
/// <param name="Kind">The kind that is counted; null: none.</param>
/// <param name="Cards">Cards of it of which something is taken.</param>
/// <param name="Cores">Cores.</param>
/// <param name="PlainCores">Of those, cores of jobs without a card.</param>
/// <param name="MemoryMib">Host memory, MiB.</param>
internal readonly record struct Load(CardGroup? Kind, int Cards, int Cores, int PlainCores, long MemoryMib)
{
    /// <summary>What cards draw at most, W: each once, however many have parts of it. Counted where the node has a budget.</summary>
    public int Watts { get; init; }

    /// <summary>What is taken now. Cards out of service are no cards.</summary>
    public static Load Of(NodeSlot slot, CardGroup? kind) =>
        new(kind, kind is null ? 0 : kind.CountUsable() - kind.CountFree(), slot.CpuUsed, slot.CpuUsedWithoutCards, slot.MemoryUsed)
        {
            Watts = slot.WattsDrawn,
        };

    /// <summary>With what a claim takes; a card of which it takes a part is the caller's to count.</summary>
    public Load With(Claim claim) => this with
    {
        Cards = Cards + (claim.Share is null && claim.Cards == Kind ? claim.Count : 0),
        Cores = Cores + claim.Cores,
        PlainCores = PlainCores + (claim.Cards is null && !claim.Exclusive ? claim.Cores : 0),
        MemoryMib = MemoryMib + claim.MemoryMib,
        Watts = Watts + claim.Watts,
    };

    /// <summary>With a card that was untouched (1), or without one that is so again (-1).</summary>
    public Load Count(Card card, int sign) => this with
    {
        Cards = Cards + (card.Group == Kind && Kind is not null && card.IsUsable ? sign : 0),
        Watts = Watts + (sign * card.Watts),
    };

    /// <summary>With the cores and memory that an attempt holds (1), or without (-1); its cards are the caller's to count.</summary>
    public Load Count(NodeShare share, int sign) => this with
    {
        Cores = Cores + (sign * share.CpuCores),
        PlainCores = PlainCores + (share.Devices.Count == 0 ? sign * share.CpuCores : 0),
        MemoryMib = MemoryMib + (sign * share.MemoryMib),
    };

    /// <summary>No more is taken than the node has.</summary>
    public bool FitsOn(NodeSlot slot) =>
        Cores <= slot.Node.CpuCores && PlainCores <= slot.Node.CpuCores - slot.Node.ReservedCores
        && MemoryMib <= slot.Node.MemoryMib && !(Watts > slot.Node.Power.CardWatts) && (Kind is null || Cards <= Kind.CountUsable());
}
