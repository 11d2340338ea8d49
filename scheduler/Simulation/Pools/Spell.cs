namespace GpuScheduler.Simulation.Pools;

/// <summary>When a machine, or one of its cards, was there and took no work; s from the start of the replay.</summary>
/// <param name="Node">The machine.</param>
/// <param name="Card">The card's uuid; empty: all of the machine.</param>
/// <param name="Start">From when on.</param>
/// <param name="End">Until when.</param>
/// <param name="IsClosed">By its hours; false: it was broken.</param>
internal sealed record Spell(string Node, string Card, double Start, double End, bool IsClosed);
