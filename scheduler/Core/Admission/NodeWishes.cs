using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Admission;

/// <summary>Ties the names in a job's node lists to the machines of the pool.</summary>
internal static class NodeWishes
{
    /// <summary>Most names that a warning tells.</summary>
    private const int Told = 3;

    /// <summary>The same request by the machines' own spelling; what no machine is called stays as written, for one that joins
    /// later.</summary>
    public static ResourceRequest Resolve(ResourceRequest request, IReadOnlyList<Node> nodes)
    {
        if (request.Nodes.Count == 0 && request.ExcludedNodes.Count == 0) return request;
        var known = Known(nodes);
        return request with { Nodes = Resolve(request.Nodes, known), ExcludedNodes = Resolve(request.ExcludedNodes, known) };
    }

    /// <summary>What names no machine: a list that waits for none, or excludes none, is most likely misspelt.</summary>
    public static IEnumerable<string> Warnings(ResourceRequest request, IReadOnlyList<Node> nodes)
    {
        if (nodes.Count == 0 || (request.Nodes.Count == 0 && request.ExcludedNodes.Count == 0)) yield break;
        var known = Known(nodes);
        if (Strangers(request.Nodes, known) is { Length: > 0 } wanted) yield return $"nodelist: no node of the pool is called {wanted}";
        if (Strangers(request.ExcludedNodes, known) is { Length: > 0 } shunned)
            yield return $"exclude: no node of the pool is called {shunned}";
    }

    private static KnownNodes Known(IReadOnlyList<Node> nodes) => new(nodes.Select(node => node.Id.Name));

    private static IReadOnlyList<string> Resolve(IReadOnlyList<string> names, KnownNodes known) =>
        [.. names.Select(name => known.Find(name) ?? name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string Strangers(IReadOnlyList<string> names, KnownNodes known)
    {
        var strangers = names.Where(name => known.Find(name) is null).ToList();
        var told = string.Join(", ", strangers.Take(Told).Select(name => $"'{name}'{known.Hint(name)}"));
        return strangers.Count > Told ? $"{told} and {strangers.Count - Told} more" : told;
    }
}
