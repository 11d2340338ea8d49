namespace GpuScheduler.Core.Model;

/// <summary>What an attempt holds: a share of each of its nodes, all granted and given back as one.</summary>
/// <param name="Nodes">In the order of the ranks, at least one, each node once; the first is the head, rank 0.</param>
public sealed record Allocation(IReadOnlyList<NodeShare> Nodes)
{
    /// <summary>
    /// The port of the head's machine on which a gang's processes meet; 0: it is none, or was granted before ports were kept.
    /// </summary>
    public int MeetingPort { get; init; }

    /// <summary>Rank 0: what speaks for the attempt where one node has to.</summary>
    public NodeShare Head => Nodes[0];

    /// <summary>True when it spans several nodes.</summary>
    public bool IsGang => Nodes.Count > 1;

    /// <summary>The share of one node alone.</summary>
    public static Allocation Of(NodeShare only) => new([only]);

    /// <summary>Every card of every node, rank by rank.</summary>
    public IReadOnlyList<DeviceShare> AllDevices() => IsGang ? [.. Nodes.SelectMany(share => share.Devices)] : Head.Devices;

    /// <summary>For people: the nodes' names, commas between.</summary>
    public string NodeNames() => IsGang ? string.Join(",", Nodes.Select(share => share.Node)) : Head.Node.Name;

    /// <summary>The rank that runs on a node; -1: none does.</summary>
    public int RankOf(NodeId node)
    {
        for (var rank = 0; rank < Nodes.Count; rank++)
        {
            if (Nodes[rank].Node == node) return rank;
        }

        return -1;
    }
}

/// <summary>What an attempt holds on one node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Devices">Cards, sorted by uuid; empty for CPU work.</param>
/// <param name="CpuCores">Cores.</param>
/// <param name="MemoryMib">Host memory, MiB.</param>
public sealed record NodeShare(NodeId Node, IReadOnlyList<DeviceShare> Devices, int CpuCores, long MemoryMib)
{
    /// <summary>True when a card is among what it holds, whole or in part.</summary>
    public bool Holds(string uuid)
    {
        for (var i = 0; i < Devices.Count; i++)
        {
            if (string.Equals(Devices[i].Uuid, uuid, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}

/// <summary>A card, or a part of one.</summary>
/// <param name="Uuid">The card.</param>
/// <param name="MilliGpu">Thousandths of its computing power: 1 … <see cref="Whole"/>.</param>
/// <param name="MemoryMib">Of the card's memory, MiB; 0: all of it.</param>
public readonly record struct DeviceShare(string Uuid, int MilliGpu, long MemoryMib)
{
    /// <summary>The thousandths of a whole card.</summary>
    public const int Whole = 1000;

    /// <summary>No other job may have a part of it.</summary>
    public bool IsWhole => MilliGpu == Whole;

    /// <summary>A card with all it has.</summary>
    public static DeviceShare Of(string uuid) => new(uuid, Whole, 0);
}
