namespace GpuScheduler.Core.Packing;

/// <summary>One kind of request and how often it comes.</summary>
/// <param name="Share">Of all requests of the mix, above 0, at most 1.</param>
public sealed record MixEntry(PackingRequest Request, double Share);

/// <summary>The kinds of requests that are expected, most frequent first; shares add up to 1.</summary>
/// <remarks>Known, not learned: in a replay it is taken from the list of pods that the arrivals are drawn from, which tells a
/// policy what tends to come, and nothing of the order it comes in. Published results for FGD rest on the same knowledge.</remarks>
public sealed class WorkloadMix
{
    private WorkloadMix(IReadOnlyList<MixEntry> entries) => Entries = entries;

    public IReadOnlyList<MixEntry> Entries { get; }

    /// <summary>Of kinds that have been counted already.</summary>
    /// <param name="weights">How often each kind comes; above 0, at least one.</param>
    /// <param name="coverage">As below.</param>
    public static WorkloadMix Of(IReadOnlyDictionary<PackingRequest, double> weights, double coverage)
    {
        var kinds = weights.OrderByDescending(kind => kind.Value).ThenBy(kind => $"{kind.Key}", StringComparer.Ordinal).ToList();
        var (kept, covered, all) = (0, 0.0, weights.Values.Sum());
        while (kept < kinds.Count && covered < coverage * all)
            covered += kinds[kept++].Value;

        return new([.. kinds.Take(kept).Select(kind => new MixEntry(kind.Key, kind.Value / covered))]);
    }

    /// <summary>Requests that differ only in host memory count as one kind: memory is not what runs short.</summary>
    /// <param name="coverage">How much of the requests the kinds kept must account for, above 0, at most 1; rare ones are left out.</param>
    public static WorkloadMix Of(IReadOnlyCollection<PackingRequest> requests, double coverage)
    {
        var kinds = requests
            .GroupBy(request => request with { MemoryMib = 0 })
            .Select(group => (Request: group.Key, Count: group.Count()))
            .OrderByDescending(kind => kind.Count)
            .ToList();
        var (kept, covered) = (0, 0);
        while (kept < kinds.Count && covered < coverage * requests.Count)
            covered += kinds[kept++].Count;

        return new([.. kinds.Take(kept).Select(kind => new MixEntry(kind.Request, (double)kind.Count / covered))]);
    }
}
