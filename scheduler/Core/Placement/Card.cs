using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement.Reservations;
using GpuScheduler.Core.Placement.Scores;

namespace GpuScheduler.Core.Placement;

/// <summary>A card and who has it: one job as a whole, or several in parts.</summary>
internal sealed class Card(Device device)
{
    public Device Device { get; set; } = device;

    /// <summary>Its place among the cards that its worker announced; those that are missing come last.</summary>
    public int Place { get; set; } = int.MaxValue;

    /// <summary>Cards of its kind on its node; null: its worker no longer announces it.</summary>
    public CardGroup? Group { get; set; }

    /// <summary>Attempts that have it as a whole: at most one, but for a fenced one that its worker has still to end.</summary>
    public int WholeHolds { get; private set; }

    /// <summary>Attempts that have parts of it.</summary>
    public int PartHolds { get; private set; }

    /// <summary>Attempts that have it, or parts of it.</summary>
    public int Holds => WholeHolds + PartHolds;

    /// <summary>Thousandths that are granted in parts.</summary>
    public int MilliUsed { get; private set; }

    /// <summary>Memory that is granted in parts, MiB.</summary>
    public long MemoryUsed { get; private set; }

    /// <summary>Most that it draws, W; 0: unknown.</summary>
    public int Watts => Device.Facts.Watts ?? 0;

    /// <summary>Taken out by an administrator.</summary>
    public bool Cordoned { get; set; }

    /// <summary>Its worker no longer announces it; kept only until the attempts that had it have ended.</summary>
    public bool Missing { get; set; }

    /// <summary>Its temperature, °C; null: not known.</summary>
    public int? Celsius { get; set; }

    /// <summary>Errors that it reported lately.</summary>
    public int RecentFaults { get; set; }

    /// <summary>The thousandths under which <see cref="CardKind.ByMilli"/> knows it.</summary>
    public int IndexedMilli { get; set; }

    /// <summary>How it is taken at the moment that the pool's <see cref="Outlook"/> looks at; read by nothing else.</summary>
    public CardFill Then { get; set; }

    /// <summary>How it is taken now.</summary>
    public CardFill Now => new(Holds, WholeHolds, MilliUsed, MemoryUsed);

    /// <summary>In service, held or not.</summary>
    public bool IsUsable => !Cordoned && !Missing;

    public bool IsFree => Holds == 0 && IsUsable;

    /// <summary>It is free, and no part of it is promised to any job.</summary>
    public bool IsOpen => IsFree && !PartClaim.IsKept(this, null);

    /// <summary>It is given out in parts, and more of them may follow.</summary>
    public bool IsShared => PartHolds > 0 && WholeHolds == 0 && IsUsable;

    /// <summary>Thousandths left on a card that is given out in parts; 0 for any other.</summary>
    public int MilliFree => IsShared ? Math.Max(0, DeviceShare.Whole - MilliUsed) : 0;

    /// <summary>True when a part fits beside those granted.</summary>
    public bool HasRoomBeside(CardShare share) =>
        MilliFree >= share.Milli && Device.MemoryMib - MemoryUsed >= share.MemoryOf(Device.MemoryMib);

    public void Take(DeviceShare part) => Count(part, 1);

    public void GiveBack(DeviceShare part) => Count(part, -1);

    private void Count(DeviceShare part, int sign)
    {
        if (part.IsWhole)
        {
            WholeHolds += sign;
            return;
        }

        PartHolds += sign;
        MilliUsed += sign * part.MilliGpu;
        MemoryUsed += sign * part.MemoryMib;
    }
}

/// <summary>What makes cards as good as one another.</summary>
internal readonly record struct KindKey(string Model, long MemoryMib, DeviceClass Class, string? Mig, CardFacts Facts)
{
    public static KindKey Of(Device device) => new(device.Model, device.MemoryMib, device.Class, device.Mig?.Profile, device.Facts);
}

/// <summary>
/// Cards that are as good as one another: same model, same memory, same class, same facts; whole, or parts of one profile.
/// </summary>
internal sealed class CardKind(KindKey key)
{
    public string Model { get; } = key.Model;

    public long MemoryMib { get; } = key.MemoryMib;

    public DeviceClass Class { get; } = key.Class;

    /// <summary>Kinds that differ in nothing that a job notices between machines, such as the driver, are one kind to a gang.</summary>
    public (string Model, long MemoryMib, DeviceClass Class, string? Mig) Twins { get; } = (key.Model, key.MemoryMib, key.Class, key.Mig);

    /// <summary>What requests call the model.</summary>
    public string Key => Traits.Key;

    /// <summary>What requests see of it.</summary>
    public CardTraits Traits { get; } = new(DeviceCatalog.KeyOf(key.Model), key.MemoryMib, key.Mig, key.Facts);

    /// <summary>Every node's cards of this kind, by how many of them are free.</summary>
    /// <remarks>Of equally many, those that stand best first.</remarks>
    public FreeIndex<CardGroup> ByFree { get; } = new(
        (x, y) => x.Points != y.Points ? y.Points.CompareTo(x.Points) : x.Slot.Node.Id.CompareTo(y.Slot.Node.Id));

    /// <summary>Cards of this kind that are given out in parts, by the thousandths left.</summary>
    public FreeIndex<Card> ByMilli { get; } = new(ByNode);

    private static int ByNode(Card x, Card y)
    {
        var byNode = x.Group!.Slot.Node.Id.CompareTo(y.Group!.Slot.Node.Id);
        return byNode != 0 ? byNode : string.CompareOrdinal(x.Device.Uuid, y.Device.Uuid);
    }
}

/// <summary>A node's cards of one kind.</summary>
internal sealed class CardGroup(NodeSlot slot, CardKind kind)
{
    public NodeSlot Slot { get; } = slot;

    public CardKind Kind { get; } = kind;

    /// <summary>Sorted by uuid.</summary>
    public List<Card> Cards { get; } = [];

    /// <summary>It is known of a card where in the machine it sits.</summary>
    public bool HasIslands { get; set; }

    /// <summary>When cards of it became free last: since then at least these have been idle.</summary>
    public DateTimeOffset FreedAt { get; set; }

    /// <summary>How they stand.</summary>
    public GroupScores Scores { get; private set; } = GroupScores.Best;

    /// <summary>What that counts.</summary>
    public long Points { get; private set; }

    /// <summary>The count under which <see cref="CardKind.ByFree"/> knows it.</summary>
    public int IndexedFree { get; set; }

    /// <summary>The index is ordered by how groups stand: one whose points change leaves it for a moment.</summary>
    public void Stand(GroupScores scores, ScoreConfig weights)
    {
        var (free, points) = (IndexedFree, scores.Under(weights));
        Scores = scores;
        if (points == Points) return;
        Kind.ByFree.Move(this, free, 0);
        Points = points;
        Kind.ByFree.Move(this, 0, free);
    }

    /// <summary>Cards that are free, and that the node's power budget lets work beside those that do.</summary>
    public int CountGrantable()
    {
        var free = CountFree();
        return Slot.Node.Power.CardWatts is { } budget && Kind.Traits.Facts.Watts is > 0 and var watts
            ? Math.Clamp((budget - Slot.WattsDrawn) / watts, 0, free)
            : free;
    }

    /// <summary>Cards that the idle node's power budget lets work together.</summary>
    public int MostFed =>
        Slot.Node.Power.CardWatts is { } budget && Kind.Traits.Facts.Watts is > 0 and var watts
            ? Math.Max(0, budget) / watts
            : int.MaxValue;

    public int CountFree()
    {
        var free = 0;
        foreach (var card in Cards) free += card.IsFree ? 1 : 0;
        return free;
    }

    /// <summary>Cards that could be granted to this kind of request now, as a whole or a part of one.</summary>
    public int CountFor(ResourceRequest request)
    {
        if (request.Gpu?.Share is not { } share) return Islands.CountFree(this, request);
        var fitting = 0;
        foreach (var card in Cards) fitting += card.HasRoomBeside(share) ? 1 : 0;
        return fitting + CountGrantable();
    }

    /// <summary>Cards that would be free if nothing ran.</summary>
    public int CountUsable()
    {
        var usable = 0;
        foreach (var card in Cards) usable += card.IsUsable ? 1 : 0;
        return usable;
    }

    /// <summary>Cards that its worker announces.</summary>
    public int CountPresent()
    {
        var present = 0;
        foreach (var card in Cards) present += card.Missing ? 0 : 1;
        return present;
    }
}
