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
    private readonly int[] _places = request.Gpu is { } gpu ? Preference.PlacesOf(gpu) : [];
    private int _kindsSeen = -1;
    private CardPin? _pinSeen;
    private PlacementOption[] _options = [];

    public ResourceRequest Request { get; } = request;

    /// <summary>Open classes, best first.</summary>
    public IReadOnlyList<DeviceClass> Classes { get; } = classes;

    /// <summary>Ways to meet the request with the kinds of card that the pool has: by rank, then least memory.</summary>
    public ReadOnlySpan<PlacementOption> Options(PoolMap map)
    {
        var pin = Request.SameCardAs == 0 ? null : map.PinOf(Request.SameCardAs);
        if (_kindsSeen == map.Kinds.Count && ReferenceEquals(pin, _pinSeen)) return _options;
        (_kindsSeen, _pinSeen) = (map.Kinds.Count, pin);
        var fitting = map.Kinds.Where(kind => RankOf(kind.Class) >= 0 && CardMatch.FitsPin(pin, kind)).SelectMany(Fitting).ToList();
        _options = [.. fitting.Select(pair => OptionOf(pair.Alternative, pair.Kind, fitting)).OrderBy(option => option.Rank).ThenBy(option => option.Kind.MemoryMib)
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

    private IEnumerable<(int Alternative, CardKind Kind)> Fitting(CardKind kind)
    {
        for (var i = 0; i < Request.Gpu?.Alternatives.Count; i++)
        {
            if (CardMatch.Fits(Request.Gpu.Alternatives[i], kind)) yield return (i, kind);
        }
    }

    private PlacementOption OptionOf(int alternative, CardKind kind, IReadOnlyList<(int Alternative, CardKind Kind)> fitting)
    {
        var wanted = Request.Gpu!.Alternatives[alternative];
        var weakness = wanted.Needs.Precision is { } precision
            ? Preference.WeaknessOf(kind.Traits.Facts.Rates.Of(precision), fitting.Max(pair => pair.Kind.Traits.Facts.Rates.Of(precision)) ?? 0)
            : 0;
        return new PlacementOption(Preference.RankOf(_places[alternative], Classes.Count, RankOf(kind.Class), weakness), kind, wanted.Count);
    }
}
