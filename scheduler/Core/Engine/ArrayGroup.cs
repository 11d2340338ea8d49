using GpuScheduler.Core.Model;

namespace GpuScheduler.Core.Engine;

/// <summary>Elements of an array that are in the same state for the same reason.</summary>
/// <param name="State">Theirs.</param>
/// <param name="Reason">Why they wait; null where the state says all.</param>
/// <param name="Count">How many, 1 or more.</param>
/// <param name="First">The first few by index.</param>
/// <param name="Text">The reason of the first of them, for people; empty: none.</param>
public sealed record ArrayGroup(JobState State, Reason? Reason, int Count, IReadOnlyList<JobId> First, string Text);
