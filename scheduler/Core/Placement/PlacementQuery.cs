using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Placement;

/// <summary>One way to meet a request: so many cards of one kind.</summary>
/// <param name="Rank">Lower is preferred; equal ranks compete on fit.</param>
/// <param name="Kind">The kind of card.</param>
/// <param name="Count">Cards.</param>
internal readonly record struct PlacementOption(int Rank, CardKind Kind, int Count);

/// <summary>A request and the device classes open to it, best first; worked out once for all jobs that are alike.</summary>
internal sealed class PlacementQuery(ResourceRequest request, IReadOnlyList<DeviceClass> classes)
{
    private int _kindsSeen = -1;
    private PlacementOption[] _options = [];

    public ResourceRequest Request { get; } = request;

    /// <summary>Open classes, best first.</summary>
    public IReadOnlyList<DeviceClass> Classes { get; } = classes;

    /// <summary>Ways to meet the request with the kinds of card that the pool has: by rank, then least memory.</summary>
    public ReadOnlySpan<PlacementOption> Options(PoolMap map)
    {
        if (_kindsSeen == map.Kinds.Count) return _options;
        _kindsSeen = map.Kinds.Count;
        _options = [.. map.Kinds.SelectMany(OptionsOf).OrderBy(option => option.Rank).ThenBy(option => option.Kind.MemoryMib)
            .ThenBy(option => option.Kind.Model, StringComparer.Ordinal).ThenBy(option => option.Count)];
        return _options;
    }

    /// <summary>How much a class is preferred: 0 is best; -1: not open.</summary>
    public int RankOf(DeviceClass deviceClass)
    {
        for (var i = 0; i < Classes.Count; i++)
        {
            if (Classes[i] == deviceClass) return i;
        }

        return -1;
    }

    private IEnumerable<PlacementOption> OptionsOf(CardKind kind)
    {
        var rank = RankOf(kind.Class);
        if (rank < 0 || Request.Gpu is not { } gpu) yield break;
        for (var i = 0; i < gpu.Alternatives.Count; i++)
        {
            if (!CardMatch.Fits(gpu.Alternatives[i], kind)) continue;
            yield return new PlacementOption(gpu.Ordered ? (i * Classes.Count) + rank : rank, kind, gpu.Alternatives[i].Count);
        }
    }
}
