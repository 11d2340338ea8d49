using GpuScheduler.Core.Model;
using GpuScheduler.Core.Packing;
using GpuScheduler.Core.Packing.Scores;

namespace GpuScheduler.Core.Placement.Scores;

/// <summary>What has been asked for lately, older requests fading: the mix by which fragmentation is judged. Volatile: a scheduler that
/// starts anew begins with the jobs that it finds.</summary>
internal sealed class LiveDemand
{
    private const int MostKinds = 64;

    /// <summary>The mix is renewed once this much more has been asked for.</summary>
    private const double Growth = 1.1;

    private const double Coverage = 0.95;

    /// <summary>Weights grow instead of old ones fading; before they outgrow a double all are brought down.</summary>
    private const double MostHalvings = 60;

    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(7);
    private readonly Dictionary<PackingRequest, double> _weights = [];
    private DateTimeOffset? _origin;
    private double _total;
    private double _totalThen;
    private FragmentationScore? _score;

    /// <summary>Grows when the mix was renewed.</summary>
    public long Version { get; private set; }

    /// <summary>Judges by the mix as it was renewed last; null: nothing with cards has been asked for.</summary>
    public FragmentationScore? Score => _score;

    /// <summary>So many jobs asked for this.</summary>
    public void Note(ResourceRequest request, int jobs, DateTimeOffset now)
    {
        if (request.Gpu is not { } gpu) return;
        var weight = jobs * WeightAt(now);
        var kind = new PackingRequest(0, 0, gpu.Alternatives[0].Count, gpu.Share?.Milli ?? PackingRequest.WholeGpu, ModelsOf(gpu));
        _weights[kind] = _weights.GetValueOrDefault(kind) + weight;
        _total += weight;
        if (_weights.Count > MostKinds) Drop();
        if (_total < _totalThen * Growth) return;
        (_totalThen, _score) = (_total, new FragmentationScore(WorkloadMix.Of(_weights, Coverage)));
        Version++;
    }

    private static ModelSet ModelsOf(GpuRequest gpu) =>
        gpu.Alternatives.All(one => one.Model is not null) ? ModelSet.Of(gpu.Alternatives.Select(one => one.Model!)) : ModelSet.Any;

    private double WeightAt(DateTimeOffset now)
    {
        var halvings = (now - (_origin ??= now)) / HalfLife;
        if (halvings > MostHalvings)
        {
            var scale = Math.Pow(2, -halvings);
            foreach (var kind in _weights.Keys.ToList()) _weights[kind] *= scale;
            (_total, _totalThen, _origin, halvings) = (_total * scale, _totalThen * scale, now, 0);
        }

        return Math.Pow(2, Math.Max(0, halvings));
    }

    private void Drop()
    {
        var (rarest, weight) = _weights.MinBy(pair => pair.Value);
        _weights.Remove(rarest);
        _total -= weight;
    }
}
