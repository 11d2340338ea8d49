using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Lifecycle;

/// <summary>The checkpoints that a job is known to have.</summary>
internal static class CheckpointList
{
    /// <summary>More would only be carried about: a worker needs the last valid one, and torn ones are rare.</summary>
    public const int Most = 8;

    /// <summary>Adds a finished checkpoint as the newest. False when it is known already. A step written anew replaces the older
    /// file of that step, whose hash no longer holds.</summary>
    public static bool TryAdd(Job job, Checkpoint checkpoint)
    {
        if (job.Checkpoints.Contains(checkpoint)) return false;
        var kept = job.Checkpoints.Where(known => known.Step != checkpoint.Step).Append(checkpoint);
        job.Checkpoints = [.. kept.TakeLast(Most)];
        return true;
    }

    /// <summary>The highest step of any checkpoint known, or null.</summary>
    public static long? BestStep(Job job) => job.Checkpoints.Count == 0 ? null : job.Checkpoints.Max(checkpoint => checkpoint.Step);
}
