using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Queueing;

/// <summary>Order within a tier: higher priority first, then submission order. Total: ids are unique.</summary>
internal sealed class JobOrder : IComparer<Job>
{
    public static JobOrder Instance { get; } = new();

    public int Compare(Job? x, Job? y)
    {
        var byPriority = y!.Spec.Priority.CompareTo(x!.Spec.Priority);
        return byPriority != 0 ? byPriority : x.Id.CompareTo(y.Id);
    }
}
