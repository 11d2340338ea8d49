using GpuScheduler.Core.Packing;

namespace GpuScheduler.Simulation.Openb;

/// <summary>Packing at rising load: work arrives one by one, nothing leaves, nothing is tried twice.</summary>
internal static class OpenbReplay
{
    public static OpenbResult Run(
        PackingCluster cluster, IReadOnlyList<PackingRequest> pods, IEnumerable<int> arrivals, IPackingPolicy policy, int seed)
    {
        var curve = new AllocationCurve(cluster.GpuMilliTotal);
        var (placed, turnedAway, arrived) = (0, 0, 0L);
        foreach (var row in arrivals)
        {
            var request = pods[row];
            arrived += request.GpuMilli;
            if (cluster.TryPlace(request, policy))
                placed++;
            else
                turnedAway++;

            curve.Add(arrived, cluster.GpuMilliTaken);
        }

        return new(policy.Name, seed, curve, placed, turnedAway);
    }
}
