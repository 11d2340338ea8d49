using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine;

/// <summary>One line of an explanation.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Count">Devices or nodes it applies to, or jobs ahead.</param>
/// <param name="Text">For people.</param>
public sealed record Explanation(Reason Reason, int Count, string Text);
