using GpuScheduler.Core.Policies.Interleaving;
using GpuScheduler.Core.Policies.Lookahead;

namespace GpuScheduler.Core.Policies;

/// <summary>The policies by the names that people write.</summary>
public static class SharingPolicies
{
    private static readonly Dictionary<string, Func<ISharingPolicy>> s_byName = new(StringComparer.Ordinal)
    {
        ["fifo"] = () => new RankedPolicy("fifo", needsRunTimes: false, job => job.Arrival) { Strict = true, Preempts = false },
        ["sjf"] = () => new RankedPolicy("sjf", needsRunTimes: true, job => job.RemainingTime) { Preempts = false },
        ["srtf"] = () => new RankedPolicy("srtf", needsRunTimes: true, job => job.RemainingTime),
        ["srsf"] = () => new RankedPolicy("srsf", needsRunTimes: true, job => job.RemainingTime * job.Devices),
        ["las"] = () => new LeastAttainedService(LeastAttainedService.UsualLimits),
        ["default"] = () => new LookaheadPolicy(),
    };

    public static IReadOnlyCollection<string> Names => s_byName.Keys;

    /// <exception cref="ArgumentException">There is no such policy.</exception>
    public static ISharingPolicy Create(string name) => s_byName.TryGetValue(name, out var create)
        ? create()
        : throw new ArgumentException($"policy is '{name}'; allowed: {string.Join(", ", Names)}");

    /// <summary>The default policy where jobs may take turns on the same cards.</summary>
    /// <param name="slowdown">What taking turns costs beyond the stages themselves: for 2, 3, 4 … jobs on the same cards.</param>
    public static ISharingPolicy Interleaving(IReadOnlyList<double> slowdown) => new InterleavingPolicy(new SharedPace(slowdown));
}
