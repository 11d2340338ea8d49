using System.Globalization;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;

namespace GpuScheduler.Grains.Views;

/// <summary>Makes <see cref="NodeView"/>s.</summary>
public static class NodeViews
{
    /// <summary>A node and what is granted on it.</summary>
    public static NodeView Of(PoolState state, Node node, DateTimeOffset now)
    {
        var (use, availability) = (state.UseOf(node.Id), state.AvailabilityOf(node.Id, now));
        var numbers = CardNumbers.Of(node.Devices);
        var condition = ConditionOf(node, use, availability, state.Config.Leases.Lease, now);
        return new NodeView
        {
            Name = node.Id.Name,
            Condition = condition,
            Why = KeptWords.Beside(Why(node, condition, availability, numbers), node.KeptStores),
            CpuCores = node.CpuCores,
            CpuFree = node.CpuCores - use.CpuCores,
            ReservedCores = node.ReservedCores,
            MemoryMib = node.MemoryMib,
            MemoryFreeMib = node.MemoryMib - use.MemoryMib,
            Devices = [.. node.Devices.Select(device => Of(state, device, numbers[device.Uuid], node, use))],
            Jobs = [.. use.Jobs],
            WorkerVersion = node.WorkerVersion,
            LastSeen = node.SilentSince ?? now,
            Availability = availability,
            Acts = node.Acts,
            KeptStores = [.. node.KeptStores],
            CpuElsewhere = use.CpuElsewhere,
            MemoryElsewhereMib = use.MemoryElsewhereMib,
        };
    }

    /// <summary>Silence outweighs a cordon, a cordon outweighs hours, hours outweigh use.</summary>
    private static NodeCondition ConditionOf(Node node, NodeUse use, NodeAvailability? availability, TimeSpan lease, DateTimeOffset now)
    {
        if (node.Session is null) return now - node.SilentSince > lease ? NodeCondition.Down : NodeCondition.Unknown;
        if (node.Cordon is { User.Length: 0 }) return NodeCondition.Fail;
        if (node.Cordon is not null || node.IsStopping) return use.Jobs.Count > 0 ? NodeCondition.Draining : NodeCondition.Drained;
        if (availability is { IsOpen: false }) return NodeCondition.Reserved;
        if (use.Jobs.Count == 0 && node.KeptStores.All(store => store.Attempts.Count == 0)) return NodeCondition.Idle;
        return IsFull(node, use) ? NodeCondition.Allocated : NodeCondition.Mixed;
    }

    private static bool IsFull(Node node, NodeUse use) =>
        use.CpuCores >= node.CpuCores
        || (node.Devices.Count > 0 && node.Devices.All(device =>
            use.JobsByDevice.ContainsKey(device.Uuid) || use.Elsewhere.Contains(device.Uuid)));

    private static string Why(
        Node node, NodeCondition condition, NodeAvailability? availability, IReadOnlyDictionary<string, int> numbers) =>
        condition switch
        {
            NodeCondition.Unknown => "not connected; its attempts count as running until the lease runs out",
            NodeCondition.Down => "not connected for longer than the lease",
            NodeCondition.Draining or NodeCondition.Drained or NodeCondition.Fail =>
                node.Cordon is { } cordon ? Why(cordon) : "its worker is stopping",
            NodeCondition.Idle or NodeCondition.Mixed or NodeCondition.Allocated or NodeCondition.Reserved =>
                string.Join("; ", DrainedCards(node, numbers).Prepend(Now(node, availability)).Where(text => text.Length > 0)),
        };

    private static string Now(Node node, NodeAvailability? availability) =>
        node.RestsUntil is null ? availability?.Text ?? "" : "rests, as a launch has just failed there";

    /// <summary>Such as <c>cards 0, 1 drained: fan broken</c>; a card that is gone is named by its uuid.</summary>
    private static IEnumerable<string> DrainedCards(Node node, IReadOnlyDictionary<string, int> numbers) => node.DeviceCordons
        .Select(pair => (Card: numbers.TryGetValue(pair.Key, out var number) ? $"{number}" : pair.Key, Why: Why(pair.Value)))
        .GroupBy(pair => pair.Why, pair => pair.Card, StringComparer.Ordinal)
        .Select(same => (Cards: same.Distinct().Order(StringComparer.Ordinal).ToList(), Why: same.Key))
        .OrderBy(same => same.Cards[0], StringComparer.Ordinal)
        .Select(same => $"card{(same.Cards.Count > 1 ? "s" : "")} {string.Join(", ", same.Cards)} drained"
            + (same.Why.Length > 0 ? $": {same.Why}" : ""));

    /// <summary>A system's cordon names no user.</summary>
    private static string Why(Cordon cordon) => cordon switch
    {
        { User.Length: 0 } => cordon.Why,
        { Why.Length: 0 } => $"by {cordon.User} at {At(cordon)}",
        _ => $"{cordon.Why} (by {cordon.User} at {At(cordon)})",
    };

    private static string At(Cordon cordon) => cordon.Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    private static DeviceView Of(PoolState state, Device device, int number, Node node, NodeUse use)
    {
        var jobs = use.JobsByDevice.GetValueOrDefault(device.Uuid, []);
        return new(
            device,
            number,
            node.CordonOf(device),
            [.. jobs],
            use.Granted.GetValueOrDefault(device.Uuid, new DeviceShare(device.Uuid, 0, 0)),
            jobs.Any(id => state.FindJob(id) is { } job && state.IsOnLoan(job)),
            use.Elsewhere.Contains(device.Uuid));
    }
}
