using GpuScheduler.Core.Model;

namespace GpuScheduler.Grains.Views;

/// <summary>A job as it stood when it was asked for.</summary>
[GenerateSerializer, Immutable, Alias("gpusched.JobView")]
public sealed record JobView
{
    [Id(0)] public required JobId Id { get; init; }

    [Id(1)] public required JobSpec Spec { get; init; }

    [Id(2)] public required JobState State { get; init; }

    /// <summary>Null only where the state says all.</summary>
    [Id(3)] public required Reason? Reason { get; init; }

    [Id(4)] public required string ReasonText { get; init; }

    [Id(5)] public required DateTimeOffset SubmitTime { get; init; }

    [Id(6)] public required DateTimeOffset? StartTime { get; init; }

    [Id(7)] public required DateTimeOffset? EndTime { get; init; }

    [Id(8)] public required int? ExitCode { get; init; }

    [Id(9)] public required int? Signal { get; init; }

    /// <summary>The newest; null before the first.</summary>
    [Id(10)] public required AttemptView? Attempt { get; init; }

    /// <summary>The newest checkpoint reported.</summary>
    [Id(11)] public required Checkpoint? Checkpoint { get; init; }

    [Id(12)] public required int Failures { get; init; }

    /// <summary>It runs on cards that its tier has only on loan.</summary>
    [Id(13)] public required bool OnLoan { get; init; }

    /// <summary>What people did to it, oldest first.</summary>
    [Id(14)] public required IReadOnlyList<Act> Acts { get; init; }
}
