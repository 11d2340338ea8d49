using GpuScheduler.Core.Placement.Gangs;

namespace GpuScheduler.Core.Preemption;

/// <summary>Where a waiting job will have room, and who is to be stopped for it.</summary>
/// <param name="Spots">One a node, with what the job takes there; of a gang several.</param>
/// <param name="Victims">Each job once; empty: those who are being stopped already leave enough.</param>
internal sealed record Takeover(IReadOnlyList<Spot> Spots, IReadOnlyList<Victim> Victims);
