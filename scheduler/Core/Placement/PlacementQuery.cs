using GpuScheduler.Core.Config;
using GpuScheduler.Core.Learning;
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
    private Fitting[] _fitting = [];
    private FamilyFacts? _facts;
    private Speed[] _speeds = [];
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
        Renew(map);
        if (_fitting.Length == 0 || (_options.Length > 0 && ReferenceEquals(_facts, Asker.Facts))) return _options;
        // A family learns something with every run, but seldom how fast it goes.
        var speeds = KindSpeeds.Of([.. _fitting.Select(one => (one.Kind, one.Count))], Request, Asker.Facts);
        _facts = Asker.Facts;
        if (_options.Length > 0 && speeds.AsSpan().SequenceEqual(_speeds)) return _options;
        _speeds = speeds;
        return _options = Ranked(Scored(map.Scores));
    }

    /// <summary>False: too few nodes have as much free as is asked for, whatever is kept for others. Costs less than a search, and most
    /// of those who wait are told so in most cycles.</summary>
    public bool MayFit(PoolMap map)
    {
        if (Request.Gpu is not { } gpu) return true;
        Renew(map);
        var left = Request.NodeCount;
        foreach (var one in _fitting)
        {
            left -= one.Kind.ByFree.CountFrom(one.Count, left);
            if (gpu.Share is { } share) left -= one.Kind.ByMilli.CountFrom(share.Milli, 1);
            if (left <= 0) return true;
        }

        return false;
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

    /// <summary>Begins anew where the kinds of card to choose from, or the weights, are not what they were.</summary>
    private void Renew(PoolMap map)
    {
        var basis = new Basis(map.Kinds.Count, Request.SameCardAs == 0 ? null : map.PinOf(Request.SameCardAs), map.Scores);
        if (basis != _basis) (_basis, _options, _fitting) = (basis, [], FittingOf(map, basis.Pin));
    }

    private Fitting[] FittingOf(PoolMap map, CardPin? pin) =>
    [
        .. map.Kinds.Where(kind => RankOf(kind.Class) >= 0 && CardMatch.FitsPin(pin, kind)).SelectMany(kind => FittingOf(kind, map)),
    ];

    private IEnumerable<Fitting> FittingOf(CardKind kind, PoolMap map)
    {
        for (var i = 0; i < Request.Gpu?.Alternatives.Count; i++)
        {
            var wanted = Request.Gpu.Alternatives[i];
            if (CardMatch.Fits(wanted, kind))
                yield return new Fitting(
                    i, kind, wanted.Count, new FragmentationTable(kind, wanted.Count, Request.Gpu.Share, map.Scores, map.Demand));
        }
    }

    private IEnumerable<PlacementOption> Scored(ScoreConfig weights)
    {
        var scores = KindScores.Of([.. _fitting.Select(one => (one.Kind, RankOf(one.Kind.Class)))], _speeds, Classes.Count);
        return _fitting.Select((one, i) => new PlacementOption(
            _places[one.Alternative], RankOf(one.Kind.Class), 0, one.Kind, one.Count, new OptionScores(scores[i], weights, one.Leftovers)));
    }

    private static PlacementOption[] Ranked(IEnumerable<PlacementOption> options)
    {
        PlacementOption[] sorted =
        [
            .. options.OrderBy(option => option.Place).ThenByDescending(option => option.Scores.Kind)
                .ThenBy(option => option.Kind.MemoryMib).ThenBy(option => option.Kind.Model, StringComparer.Ordinal)
                .ThenBy(option => option.Count),
        ];
        var rank = 0;
        for (var i = 1; i < sorted.Length; i++)
        {
            var (one, before) = (sorted[i], sorted[i - 1]);
            if (one.Place != before.Place || one.Scores.Kind != before.Scores.Kind) rank++;
            sorted[i] = one with { Rank = rank };
        }

        return sorted;
    }

    /// <summary>A kind of card that meets the request.</summary>
    private readonly record struct Fitting(int Alternative, CardKind Kind, int Count, FragmentationTable Leftovers);

    /// <summary>What that rests on: as long as it is the same, so are they.</summary>
    private readonly record struct Basis(int Kinds, CardPin? Pin, ScoreConfig? Scores)
    {
        public bool Equals(Basis other) => Kinds == other.Kinds && ReferenceEquals(Pin, other.Pin) && ReferenceEquals(Scores, other.Scores);

        public override int GetHashCode() => Kinds;
    }
}
