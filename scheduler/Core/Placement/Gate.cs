namespace GpuScheduler.Core.Placement;

/// <summary>Whether the job being placed may use a node that has room for it: what is free may be kept for others.</summary>
/// <param name="slot">The node.</param>
/// <param name="cards">The kind of card it would use there; null: none.</param>
/// <param name="count">How many of them.</param>
/// <param name="part">The card of which it would have a part; null: whole ones.</param>
internal delegate bool Gate(NodeSlot slot, CardGroup? cards, int count, Card? part);
