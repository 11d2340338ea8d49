using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine;

/// <summary>What is granted on a node, with what attempts still hold there that are to be stopped because newer ones exist.</summary>
/// <param name="CpuCores">Cores granted.</param>
/// <param name="MemoryMib">Host memory granted, MiB.</param>
/// <param name="JobsByDevice">Jobs on each card, by uuid; cards without one are left out.</param>
/// <param name="Jobs">All jobs on the node, sorted.</param>
public sealed record NodeUse(
    int CpuCores, long MemoryMib, IReadOnlyDictionary<string, IReadOnlyList<JobId>> JobsByDevice, IReadOnlyList<JobId> Jobs);
