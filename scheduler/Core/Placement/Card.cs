using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>A card and who has it.</summary>
internal sealed class Card(Device device)
{
    public Device Device { get; set; } = device;

    /// <summary>Attempts that have it: at most one, but for a fenced one that its worker has still to end.</summary>
    public int Holds { get; set; }

    /// <summary>Taken out by an administrator.</summary>
    public bool Cordoned { get; set; }

    /// <summary>Its worker no longer announces it; kept only until the attempt that had it has ended.</summary>
    public bool Missing { get; set; }

    public bool IsFree => Holds == 0 && !Cordoned && !Missing;
}

/// <summary>Cards that are as good as one another: same model, same memory, same class.</summary>
internal sealed class CardKind(string model, long memoryMib, DeviceClass deviceClass)
{
    public string Model { get; } = model;

    /// <summary>What requests call the model.</summary>
    public string Key { get; } = DeviceCatalog.KeyOf(model);

    public long MemoryMib { get; } = memoryMib;

    public DeviceClass Class { get; } = deviceClass;

    /// <summary>Every node's cards of this kind, by how many of them are free.</summary>
    public FreeIndex<CardGroup> ByFree { get; } = new((x, y) => x.Slot.Node.Id.CompareTo(y.Slot.Node.Id));
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

    /// <summary>The count under which <see cref="CardKind.ByFree"/> knows it.</summary>
    public int IndexedFree { get; set; }

    public int CountFree()
    {
        var free = 0;
        foreach (var card in Cards) free += card.IsFree ? 1 : 0;
        return free;
    }

    /// <summary>Cards that would be free if nothing ran.</summary>
    public int CountUsable()
    {
        var usable = 0;
        foreach (var card in Cards) usable += card.Missing || card.Cordoned ? 0 : 1;
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
