namespace GpuScheduler.Core.Engine;

/// <summary>When a node takes work.</summary>
/// <param name="Hours">As its administrator wrote it, with the time zone: <c>22:00-07:00 Europe/Berlin</c>.</param>
/// <param name="IsOpen">It does now.</param>
/// <param name="ChangesAt">When it opens or closes next; null: never.</param>
/// <param name="Text">For people: <c>closed until 22:00 Europe/Berlin</c>, in the node's own time.</param>
public sealed record NodeAvailability(string Hours, bool IsOpen, DateTimeOffset? ChangesAt, string Text);
