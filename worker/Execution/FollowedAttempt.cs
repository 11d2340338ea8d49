using GpuScheduler.Protos.V1;

namespace GpuScheduler.Worker.Execution;

/// <summary>An attempt of which nothing is left.</summary>
/// <param name="Stop">The order that brought its end about; null: it ended by itself.</param>
internal sealed record FollowedAttempt(ExitRecord Exit, StopAttempt? Stop, AttemptUsage Usage);
