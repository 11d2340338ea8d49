using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>Equality of requests by what they ask for; the records' own compares their lists by reference.</summary>
internal sealed class RequestComparer : IEqualityComparer<ResourceRequest>
{
    public static RequestComparer Instance { get; } = new();

    public bool Equals(ResourceRequest? x, ResourceRequest? y) =>
        ReferenceEquals(x, y)
        || (x is not null && y is not null && x.CpuCores == y.CpuCores && x.MemoryMib == y.MemoryMib
            && x.NodeCount == y.NodeCount && x.MixedCards == y.MixedCards && x.NvLink == y.NvLink && x.Exclusive == y.Exclusive
            && x.SameCardAs == y.SameCardAs
            && Equal(x.Gpu, y.Gpu) && x.Nodes.SequenceEqual(y.Nodes) && x.ExcludedNodes.SequenceEqual(y.ExcludedNodes));

    public int GetHashCode(ResourceRequest obj)
    {
        var hash = default(HashCode);
        hash.Add(obj.CpuCores);
        hash.Add(obj.MemoryMib);
        hash.Add(obj.NodeCount);
        hash.Add(obj.SameCardAs);
        hash.Add(obj.Gpu?.Ordered);
        hash.Add(obj.Gpu?.Share);
        for (var i = 0; i < obj.Gpu?.Alternatives.Count; i++) hash.Add(obj.Gpu.Alternatives[i]);
        for (var i = 0; i < obj.Nodes.Count; i++) hash.Add(obj.Nodes[i], StringComparer.Ordinal);
        for (var i = 0; i < obj.ExcludedNodes.Count; i++) hash.Add(obj.ExcludedNodes[i], StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    private static bool Equal(GpuRequest? x, GpuRequest? y) =>
        ReferenceEquals(x, y)
        || (x is not null && y is not null && x.Ordered == y.Ordered && x.Share == y.Share && x.Alternatives.SequenceEqual(y.Alternatives));
}
