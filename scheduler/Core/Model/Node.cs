using System.Collections.Immutable;
using GpuScheduler.Core.Identity;

namespace GpuScheduler.Core.Model;

/// <summary>
/// A machine of the pool. Durable: everything but <see cref="Session"/>, <see cref="IsStopping"/>, <see cref="Folder"/>,
/// <see cref="Peer"/>, <see cref="KeptStores"/> and <see cref="SilentSince"/>, which start anew with the scheduler. Owned by
/// <c>PoolState</c>, changed only inside a step.
/// </summary>
public sealed class Node
{
    /// <summary>A node as first seen.</summary>
    public Node(NodeId id) => Id = id;

    /// <summary>Its name.</summary>
    public NodeId Id { get; }

    /// <summary>Cores of the machine.</summary>
    public int CpuCores { get; set; }

    /// <summary>Host memory, MiB.</summary>
    public long MemoryMib { get; set; }

    /// <summary>Cores kept to feed the cards.</summary>
    public int ReservedCores { get; set; }

    /// <summary>Cards, in the order in which the worker announced them.</summary>
    public IReadOnlyList<Device> Devices { get; set; } = [];

    /// <summary>What its administrator says of it.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Host name or address at which other nodes reach it; empty: its name.</summary>
    public string Address { get; set; } = "";

    /// <summary>Identifies the machine's boot.</summary>
    public string BootId { get; set; } = "";

    /// <summary>Identifies the data directory of its worker; empty: it is older than such ids.</summary>
    public string Instance { get; set; } = "";

    /// <summary>Tells that directory from its copies on the same machine; empty: not known since the scheduler started.</summary>
    public string Folder { get; set; } = "";

    /// <summary>For display.</summary>
    public string WorkerVersion { get; set; } = "";

    /// <summary>Reports up to this number are durable.</summary>
    public long DurableSequence { get; set; }

    /// <summary>No new work, by an administrator's word.</summary>
    public Cordon? Cordon { get; set; }

    /// <summary>Cards that take no new work, by uuid; that of a card cut into parts means all of its parts.</summary>
    public IReadOnlyDictionary<string, Cordon> DeviceCordons { get; set; } = new Dictionary<string, Cordon>();

    /// <summary>What people did to it and its cards, oldest first; at most <see cref="Act.MostKept"/>.</summary>
    public IReadOnlyList<Act> Acts { get; set; } = [];

    /// <summary>What it can feed.</summary>
    public NodePower Power { get; set; } = NodePower.Unbounded;

    /// <summary>Launches that failed lately.</summary>
    public FaultTally Faults { get; set; }

    /// <summary>Launch failures in a row; the node is cordoned when they reach the limit.</summary>
    public int LaunchFailures { get; set; }

    /// <summary>It takes no new work until then, as a launch has just failed there; null: it does.</summary>
    public DateTimeOffset? RestsUntil { get; set; }

    /// <summary>The current session; null while no worker is connected.</summary>
    public string? Session { get; set; }

    /// <summary>Its worker ends its attempts and then stops: it takes no new work until a worker joins again.</summary>
    public bool IsStopping { get; set; }

    /// <summary>Where the worker calls from; empty: it has not called since the scheduler started.</summary>
    public string Peer { get; set; } = "";

    /// <summary>What its worker keeps for other stores.</summary>
    public IReadOnlyList<KeptStore> KeptStores { get; set; } = [];

    /// <summary>When the session was lost, or the scheduler started without one; null while connected.</summary>
    public DateTimeOffset? SilentSince { get; set; }

    /// <summary>True when a card takes no new work, by its own cordon or that of the card of which it is a part.</summary>
    public bool IsCordoned(Device device) => DeviceCordons.Count > 0 && CordonsOf(device).Any();

    /// <summary>Its own, and that of the card of which it is a part.</summary>
    internal IEnumerable<Cordon> CordonsOf(Device device)
    {
        if (DeviceCordons.TryGetValue(device.Uuid, out var own)) yield return own;
        if (device.Mig is { } slice && DeviceCordons.TryGetValue(slice.Parent, out var whole)) yield return whole;
    }

    /// <summary>The cordon of a card: its own, else that of the card of which it is a part; null: it is in service.</summary>
    public Cordon? CordonOf(Device device) => DeviceCordons.Count > 0 ? CordonsOf(device).FirstOrDefault() : null;

    /// <summary>As it stands: what becomes of the copy does not touch the node.</summary>
    internal Node Copy() => (Node)MemberwiseClone();
}

/// <summary>Why a node or card takes no new work.</summary>
/// <param name="Why">For people.</param>
/// <param name="User">Who said so; empty: the system.</param>
/// <param name="Since">When.</param>
/// <param name="Deadline">What runs there is stopped by then; null: it may finish.</param>
public sealed record Cordon(string Why, string User, DateTimeOffset Since, DateTimeOffset? Deadline);
