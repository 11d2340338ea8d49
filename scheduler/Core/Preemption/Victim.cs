using GpuScheduler.Core.Model;
using GpuScheduler.Core.Placement;

namespace GpuScheduler.Core.Preemption;

/// <summary>An attempt that may be stopped for a waiting job.</summary>
/// <param name="Job">Whose it is.</param>
/// <param name="Hold">What it holds on the node looked at; of a gang, one of its shares.</param>
/// <param name="Kind">Why it gives way.</param>
/// <param name="Cost">Card-seconds that stopping it loses.</param>
internal readonly record struct Victim(Job Job, Hold Hold, YieldKind Kind, long Cost);

/// <summary>Victims that are stopped together or not at all.</summary>
/// <param name="Members">At least one.</param>
internal sealed record VictimSet(IReadOnlyList<Victim> Members)
{
    /// <summary>Card-seconds that stopping all of them loses.</summary>
    public long Cost { get; } = Members.Sum(victim => victim.Cost);
}

/// <summary>What stopping an attempt loses.</summary>
internal static class LossOf
{
    /// <summary>Seconds worked since the last checkpoint (else since the start) and to start again, for each card of the whole
    /// attempt, a part of a card as such a part of a second; work without a card counts as if it had one. A clock ahead of ours counts as
    /// nothing lost.</summary>
    public static long Stopping(Attempt attempt, DateTimeOffset now, TimeSpan restartCost)
    {
        var since = attempt.LastStepTime ?? attempt.StartTime;
        var lost = since is { } time && time < now ? now - time : TimeSpan.Zero;
        var milli = attempt.Allocation.AllDevices().Sum(device => (long)device.MilliGpu);
        return (long)((lost + restartCost).TotalSeconds * (milli == 0 ? DeviceShare.Whole : milli) / DeviceShare.Whole);
    }
}
