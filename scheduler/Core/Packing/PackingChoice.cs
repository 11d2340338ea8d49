namespace GpuScheduler.Core.Packing;

/// <summary>Where a request goes.</summary>
/// <param name="Card">The card it shares, by index; meaningless for requests of whole cards or none.</param>
public readonly record struct PackingChoice(PackingNode Node, int Card);
