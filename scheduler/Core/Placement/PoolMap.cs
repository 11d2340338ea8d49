using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement.Scores;

namespace GpuScheduler.Core.Placement;

/// <summary>
/// Every node of a pool and everything granted on it, indexed by kind of card and by what is free, so that finding room doesn't
/// walk the pool.
/// </summary>
internal sealed class PoolMap
{
    private readonly SlotNames _slots = new();
    private readonly List<NodeSlot> _sorted = [];
    private readonly Dictionary<string, NodeSlot> _owners = new(StringComparer.Ordinal);
    private readonly CardKinds _kinds = new();
    private readonly Dictionary<long, CardPin> _pins = [];

    /// <summary>Nodes, sorted by name.</summary>
    public IReadOnlyList<NodeSlot> Slots => _sorted;

    /// <summary>Kinds of card ever seen. Only grows.</summary>
    public IReadOnlyList<CardKind> Kinds => _kinds.All;

    /// <summary>Machines without cards, by cores free for jobs without a card.</summary>
    public FreeIndex<NodeSlot> CpuNodes { get; } = new(ByName);

    /// <summary>Machines with cards, by cores free for jobs without a card.</summary>
    public FreeIndex<NodeSlot> CardNodes { get; } = new(ByName);

    /// <summary>Grows whenever something becomes free: what didn't fit may fit now.</summary>
    public long FreedVersion { get; private set; } = 1;

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; } = 1;

    /// <summary>Grows when nodes or cards come, go, or change.</summary>
    public long ShapeVersion { get; private set; } = 1;

    /// <summary>Attempts in the pool whose end is bounded by a time limit, or expected by earlier runs.</summary>
    public int ForeseenHolds { get; private set; }

    /// <summary>The present, as the step says it.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>Some nodes take work only at certain hours.</summary>
    public bool HasHours { get; set; }

    /// <summary>What each score counts.</summary>
    public ScoreConfig Scores { get; private set; } = new();

    /// <summary>What has been asked for lately.</summary>
    public LiveDemand Demand { get; } = new();

    /// <summary>Nodes where an attempt might be stopped for others, by name.</summary>
    public SortedSet<NodeSlot> Yielding { get; } = new(Comparer<NodeSlot>.Create(ByName));

    /// <summary>What was kept for a job is kept no longer: what didn't fit may fit now.</summary>
    public void NoteUnreserved()
    {
        FreedVersion++;
        Version++;
    }

    /// <summary>The cards to which arrays are tied, by number.</summary>
    public IReadOnlyDictionary<long, CardPin> Pins => _pins;

    /// <summary>The card to which an array is tied; null: none yet.</summary>
    public CardPin? PinOf(long number) => _pins.GetValueOrDefault(number);

    /// <summary>Ties an array to a card, or, with null, forgets it.</summary>
    public void SetPin(long number, CardPin? pin)
    {
        Version++;
        if (pin is null) _pins.Remove(number);
        else _pins[number] = pin;
    }

    public NodeSlot? Find(NodeId id) => _slots.Find(id);

    /// <summary>By what people call it; null: no machine, or more than one, is meant.</summary>
    public NodeSlot? FindCalled(string asked) => _slots.Find(asked);

    /// <summary>The node that announced a card last; null: none has.</summary>
    public NodeSlot? OwnerOf(string uuid) => _owners.GetValueOrDefault(uuid);

    public NodeSlot Add(Node node)
    {
        var slot = new NodeSlot(node);
        _slots.Add(slot);
        _sorted.Insert(~_sorted.BinarySearch(slot, Comparer<NodeSlot>.Create(ByName)), slot);
        SetDevices(slot, node.Devices);
        return slot;
    }

    /// <summary>Gives a node its cards. One that vanished stays, as missing, while an attempt holds it.</summary>
    public void SetDevices(NodeSlot slot, IReadOnlyList<Device> devices)
    {
        Withdraw(slot);
        foreach (var device in slot.Node.Devices) _owners.Remove(device.Uuid);
        foreach (var device in devices) _owners[device.Uuid] = slot;
        slot.Node.Devices = devices;
        NodeCards.Replace(slot, devices);
        slot.Regroup(_kinds);
        Refresh(slot);
    }

    /// <summary>Brings the indexes in line after a node's session, cordons or use changed.</summary>
    public void Refresh(NodeSlot slot)
    {
        ShapeVersion++;
        foreach (var card in slot.Cards.Values) card.Cordoned = slot.Node.IsCordoned(card.Device);
        Reindex(slot);
    }

    /// <summary>Grants: from now on the attempt has all that its share names.</summary>
    public void Take(NodeSlot slot, Hold hold)
    {
        slot.Holds.Add(hold.Attempt.Id, hold);
        if ((hold.Longest ?? hold.Expected) is not null) ForeseenHolds++;
        if (hold.MayYield) Yielding.Add(slot);
        slot.Hours?.NoteGrace(hold.Grace);
        foreach (var device in hold.Share.Devices) NodeCards.Of(slot, device.Uuid).Take(device);
        slot.Count(hold.Share, 1);
        Reindex(slot, frees: false);
    }

    /// <summary>Gives back what an attempt held; nothing when it held nothing.</summary>
    public Hold? Release(NodeSlot slot, AttemptId attempt)
    {
        if (slot.Strangers.Remove(attempt)) Reindex(slot);
        if (!slot.Holds.Remove(attempt, out var hold)) return null;
        if ((hold.Longest ?? hold.Expected) is not null) ForeseenHolds--;
        if (hold.MayYield && slot.Holds.Values.All(other => !other.MayYield)) Yielding.Remove(slot);
        foreach (var device in hold.Share.Devices) GiveBack(slot, device);
        slot.Count(hold.Share, -1);
        Reindex(slot);
        return hold;
    }

    /// <summary>Other weights are in force.</summary>
    public void Rescore(ScoreConfig scores)
    {
        Scores = scores;
        foreach (var slot in _sorted) Reindex(slot);
    }

    /// <summary>A worker read its cards' sensors.</summary>
    public void Read(NodeSlot slot, IReadOnlyList<CardReading> readings)
    {
        foreach (var reading in readings)
        {
            if (slot.Cards.TryGetValue(reading.Uuid, out var card))
                (card.Celsius, card.RecentFaults) = (reading.Celsius, reading.RecentFaults);
        }

        Reindex(slot);
    }

    /// <summary>Finds out anew who might be stopped for others: the rules have changed.</summary>
    public void Reclassify(Func<NodeSlot, Hold, bool> mayYield)
    {
        Yielding.Clear();
        foreach (var slot in _sorted)
        {
            foreach (var hold in slot.Holds.Values.ToList())
            {
                var renewed = hold with { MayYield = mayYield(slot, hold) };
                slot.Holds[hold.Attempt.Id] = renewed;
                slot.Releases.Forget();
                if (renewed.MayYield) Yielding.Add(slot);
            }
        }
    }

    private static int ByName(NodeSlot x, NodeSlot y) => x.Node.Id.CompareTo(y.Node.Id);

    private static void GiveBack(NodeSlot slot, DeviceShare part)
    {
        var card = slot.Cards[part.Uuid];
        card.GiveBack(part);
        if (card.Holds > 0 || !card.Missing) return;
        slot.Cards.Remove(part.Uuid);
        foreach (var group in slot.Groups) group.Cards.Remove(card);
    }

    private void Withdraw(NodeSlot slot)
    {
        foreach (var group in slot.Groups)
        {
            Move(group, 0);
            foreach (var card in group.Cards) Move(card, group.Kind, 0, frees: false);
        }

        MoveCores(slot, 0);
    }

    /// <summary>Brings the indexes in line.</summary>
    /// <param name="slot">The node.</param>
    /// <param name="frees">False for a grant: a card of which a part is left has not become freer by it.</param>
    private void Reindex(NodeSlot slot, bool frees = true)
    {
        Version++;
        slot.Releases.Forget();
        var open = slot.IsOpen;
        slot.WattsDrawn = slot.Node.Power.CardWatts is null ? 0 : slot.Cards.Values.Sum(card => card.Holds > 0 ? card.Watts : 0);
        foreach (var group in slot.Groups)
        {
            group.Stand(GroupScores.Of(group, Now), Scores);
            Move(group, open ? group.CountGrantable() : 0);
            foreach (var card in group.Cards) Move(card, group.Kind, open ? card.MilliFree : 0, frees);
        }

        MoveCores(slot, open ? Math.Max(0, slot.CpuFreeWithoutCards) : 0);
        NoteFreed(slot, open);
    }

    private void Move(CardGroup group, int free)
    {
        if (free > group.IndexedFree) (FreedVersion, group.FreedAt) = (FreedVersion + 1, Now);
        group.Kind.ByFree.Move(group, group.IndexedFree, free);
        group.IndexedFree = free;
    }

    private void Move(Card card, CardKind kind, int milli, bool frees)
    {
        if (milli == card.IndexedMilli) return;
        if (frees && milli > card.IndexedMilli) FreedVersion++;
        kind.ByMilli.Move(card, card.IndexedMilli, milli);
        card.IndexedMilli = milli;
    }

    private void MoveCores(NodeSlot slot, int cores)
    {
        if (cores > slot.IndexedCores) FreedVersion++;
        (slot.HasCards ? CardNodes : CpuNodes).Move(slot, slot.IndexedCores, cores);
        slot.IndexedCores = cores;
    }

    private void NoteFreed(NodeSlot slot, bool open)
    {
        var (cores, memory) = open ? (slot.CpuFree, slot.MemoryFree) : (0, 0);
        if (cores > slot.IndexedFreeCores || memory > slot.IndexedMemory) FreedVersion++;
        (slot.IndexedFreeCores, slot.IndexedMemory) = (cores, memory);
    }
}
