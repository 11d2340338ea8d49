using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine;

/// <summary>What is granted on a node, with what attempts still hold there that are to be stopped because newer ones exist.</summary>
/// <param name="CpuCores">Cores granted.</param>
/// <param name="MemoryMib">Host memory granted, MiB.</param>
/// <param name="JobsByDevice">Jobs on each card, by uuid; cards without one are left out.</param>
/// <param name="Jobs">All jobs on the node, sorted.</param>
public sealed record NodeUse(
    int CpuCores, long MemoryMib, IReadOnlyDictionary<string, IReadOnlyList<JobId>> JobsByDevice, IReadOnlyList<JobId> Jobs)
{
    /// <summary>Cards that attempts of other stores hold, by uuid.</summary>
    public IReadOnlySet<string> Elsewhere { get; init; } = new HashSet<string>();

    /// <summary>Cores, among those granted, that attempts of other stores hold.</summary>
    public int CpuElsewhere { get; init; }

    /// <summary>Host memory, among that granted, that attempts of other stores hold, MiB.</summary>
    public long MemoryElsewhereMib { get; init; }

    /// <summary>How much of each card is granted, by uuid; cards that no job has are left out. Of a fenced attempt and a newer one
    /// that both have a card, the card counts once.</summary>
    public IReadOnlyDictionary<string, DeviceShare> Granted { get; init; } = new Dictionary<string, DeviceShare>();
}
