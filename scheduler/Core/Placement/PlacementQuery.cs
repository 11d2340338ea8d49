using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement.Scores;

namespace GpuScheduler.Core.Placement;

/// <summary>One way to meet a request: so many cards of one kind.</summary>
/// <param name="Place">In the job's own order: lower comes first, whatever the scores.</param>
/// <param name="ClassRank">Place of its class in the tier's order; 0 is the first choice.</param>
/// <param name="Rank">By place, then by the scores of its kind: lower is preferred, equal ones compete on fit.</param>
/// <param name="Kind">The kind of card.</param>
/// <param name="Count">Cards.</param>
/// <param name="Scores">Its points.</param>
internal readonly record struct PlacementOption(int Place, int ClassRank, int Rank, CardKind Kind, int Count, OptionScores Scores);

/// <summary>A request and the device classes open to it, best first; worked out once for all jobs that are alike.</summary>
internal sealed class PlacementQuery(ResourceRequest request, IReadOnlyList<DeviceClass> classes)
{
    private readonly int[] _places = request.Gpu is { } gpu ? Preference.PlacesOf(gpu) : [];
    private Basis _basis;
    private PlacementOption[] _options = [];

    public ResourceRequest Request { get; } = request;

    /// <summary>Open classes, best first.</summary>
    public IReadOnlyList<DeviceClass> Classes { get; } = classes;

    /// <summary>The job whose turn it is; set before each search.</summary>
    public Asker Asker { get; set; } = Asker.Anybody;

    /// <summary>Behind the last search: the best place and the next best; null: it found none, or chose otherwise than by scores.</summary>
    public (Candidate Chosen, Candidate? RunnerUp)? Choice { get; set; }

    /// <summary>Ways to meet the request with the kinds of card that the pool has: by rank, then least memory.</summary>
    public ReadOnlySpan<PlacementOption> Options(PoolMap map)
    {
        var basis = new Basis(map.Kinds.Count, Request.SameCardAs == 0 ? null : map.PinOf(Request.SameCardAs), Asker.Facts, map.Scores);
        if (basis == _basis) return _options;
        _basis = basis;
        var fitting = map.Kinds.Where(kind => RankOf(kind.Class) >= 0 && CardMatch.FitsPin(basis.Pin, kind)).SelectMany(Fitting).ToList();
        return _options = fitting.Count == 0 ? [] : Ranked(Scored(fitting, map));
    }

    /// <summary>The way in which so many cards of a kind meet the request; they must.</summary>
    public PlacementOption OptionFor(PoolMap map, CardKind kind, int count)
    {
        foreach (var option in Options(map))
        {
            if (option.Kind == kind && option.Count == count) return option;
        }

        throw new InvalidOperationException($"{count} × {kind.Model} do not meet the request");
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

    private IEnumerable<(int Alternative, CardKind Kind)> Fitting(CardKind kind)
    {
        for (var i = 0; i < Request.Gpu?.Alternatives.Count; i++)
        {
            if (CardMatch.Fits(Request.Gpu.Alternatives[i], kind)) yield return (i, kind);
        }
    }

    private IEnumerable<PlacementOption> Scored(List<(int Alternative, CardKind Kind)> fitting, PoolMap map)
    {
        var gpu = Request.Gpu!;
        var scores = KindScores.Of([.. fitting.Select(one => (one.Kind, gpu.Alternatives[one.Alternative].Count, RankOf(one.Kind.Class)))], Request, Classes.Count, Asker.Facts);
        return fitting.Select((one, i) => new PlacementOption(
            _places[one.Alternative],
            RankOf(one.Kind.Class),
            0,
            one.Kind,
            gpu.Alternatives[one.Alternative].Count,
            new OptionScores(one.Kind, gpu.Alternatives[one.Alternative].Count, gpu.Share, scores[i], map.Scores, map.Demand)));
    }

    private static PlacementOption[] Ranked(IEnumerable<PlacementOption> options)
    {
        PlacementOption[] sorted = [.. options.OrderBy(option => option.Place).ThenByDescending(option => option.Scores.Kind).ThenBy(option => option.Kind.MemoryMib)
            .ThenBy(option => option.Kind.Model, StringComparer.Ordinal).ThenBy(option => option.Count)];
        var rank = 0;
        for (var i = 1; i < sorted.Length; i++)
        {
            var (one, before) = (sorted[i], sorted[i - 1]);
            if (one.Place != before.Place || one.Scores.Kind != before.Scores.Kind) rank++;
            sorted[i] = one with { Rank = rank };
        }

        return sorted;
    }

    /// <summary>What the options rest on: as long as it is the same, so are they.</summary>
    private readonly record struct Basis(int Kinds, CardPin? Pin, Learning.FamilyFacts? Facts, ScoreConfig? Scores)
    {
        public bool Equals(Basis other) => Kinds == other.Kinds && ReferenceEquals(Pin, other.Pin)
            && ReferenceEquals(Facts, other.Facts) && ReferenceEquals(Scores, other.Scores);

        public override int GetHashCode() => Kinds;
    }
}
