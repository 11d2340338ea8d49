using System.Diagnostics.Metrics;
using GpuScheduler.Core.Model;
using GpuScheduler.Grains.Views;
using GpuScheduler.Host.Pools;

namespace GpuScheduler.Host.Observability;

/// <summary>What the pool holds, by tier, state and class; asked for when somebody reads the metrics.</summary>
public sealed class PoolGauges
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "GpuScheduler.Host";

    /// <summary>What a card can be; the cores of machines are no cards.</summary>
    private static readonly IReadOnlyList<DeviceClass> CardClasses =
        [.. Enum.GetValues<DeviceClass>().Where(grade => grade != DeviceClass.Cpu)];

    /// <summary>Who asks for metrics waits for seconds only: a pool that is stuck must show in the age of its last beat.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly PoolClient _pool;
    private readonly TimeProvider _clock;
    private volatile PoolView? _view;

    public PoolGauges(IMeterFactory meters, PoolClient pool, TimeProvider clock)
    {
        (_pool, _clock) = (pool, clock);
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("gpusched.jobs", Jobs, "{job}", "Jobs that have not ended, by tier and state.");
        meter.CreateObservableGauge("gpusched.nodes", Nodes, "{node}", "Nodes, by state.");
        meter.CreateObservableGauge("gpusched.devices", Devices, "{device}", "Cards, by class and state.");
        meter.CreateObservableGauge("gpusched.cores", Cores, "{core}", "Cores of the machines, by state.");
        meter.CreateObservableGauge(
            "gpusched.pool.refusing_work", () => _view?.RefusingWork is null ? 0 : 1, null, "1 while new work is refused.");
    }

    /// <summary>Looks at the pool; the gauges show what was seen until the next look. Never throws: where the pool doesn't answer, all
    /// that doesn't come from it is worth reading more than ever.</summary>
    public async Task Refresh()
    {
        try
        {
            _view = await _pool.Pool.GetPool().WaitAsync(Patience, _clock);
        }
        catch (Exception)
        {
            // Why it doesn't answer is in the log already.
        }
    }

    private IEnumerable<Measurement<int>> Jobs() => (_view?.Counts ?? [])
        .SelectMany(tier => Enum.GetValues<JobState>().Where(state => !state.IsEnded()), (tier, state) => new Measurement<int>(
            tier.Jobs.GetValueOrDefault(state), Tag("state", Snake.Case(state.ToString())), Tag("tier", tier.Tier)));

    private IEnumerable<Measurement<int>> Nodes() => Enum.GetValues<NodeCondition>().Select(condition => new Measurement<int>(
        _view?.Nodes.Count(node => node.Condition == condition) ?? 0, Tag("state", Snake.Case(condition.ToString()))));

    private IEnumerable<Measurement<int>> Devices()
    {
        var counts = (_view?.Nodes ?? []).SelectMany(node => node.Devices, (node, card) => (card.Device.Class, SupplyStates.Of(node, card)))
            .CountBy(key => key).ToDictionary();
        return CardClasses.SelectMany(_ => SupplyStates.All, (grade, state) => new Measurement<int>(
            counts.GetValueOrDefault((grade, state)), Tag("class", Snake.Case(grade.ToString())), Tag("state", state)));
    }

    private IEnumerable<Measurement<int>> Cores()
    {
        var counts = (_view?.Nodes ?? []).SelectMany(SupplyStates.OfCores).ToLookup(part => part.State, part => part.Cores);
        return SupplyStates.All.Select(state => new Measurement<int>(counts[state].Sum(), Tag("state", state)));
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
