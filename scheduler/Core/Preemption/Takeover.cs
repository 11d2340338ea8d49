using GpuScheduler.Core.Placement;
using GpuScheduler.Core.Placement.Reservations;

namespace GpuScheduler.Core.Preemption;

/// <summary>Where a waiting job will have room, and who is to be stopped for it.</summary>
/// <param name="Slot">The node.</param>
/// <param name="Claim">What the job takes of it.</param>
/// <param name="Victims">Sorted by cost; empty: those who are being stopped already leave enough.</param>
internal sealed record Takeover(NodeSlot Slot, Claim Claim, IReadOnlyList<Victim> Victims);
