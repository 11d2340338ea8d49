using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>Nodes by what people call them: a list that was written before a machine joined may spell its name otherwise.</summary>
internal sealed class SlotNames
{
    private readonly Dictionary<NodeId, NodeSlot> _byName = [];
    private readonly Dictionary<string, List<NodeSlot>> _byFirstPart = new(StringComparer.OrdinalIgnoreCase);

    public void Add(NodeSlot slot)
    {
        _byName.Add(slot.Node.Id, slot);
        var first = NodeSpelling.FirstPart(slot.Node.Id.Name);
        if (!_byFirstPart.TryGetValue(first, out var same)) _byFirstPart[first] = same = [];
        same.Add(slot);
        foreach (var one in same) one.IsAloneByFirstPart = same.Count == 1;
    }

    public NodeSlot? Find(NodeId id) => _byName.GetValueOrDefault(id);

    /// <summary>The one machine that is meant; null: there is none, or more than one.</summary>
    public NodeSlot? Find(string asked) =>
        Find(new NodeId(asked)) ?? (_byFirstPart.GetValueOrDefault(NodeSpelling.FirstPart(asked)) is [var one] && one.IsCalled(asked)
            ? one
            : null);
}
