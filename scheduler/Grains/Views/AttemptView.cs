using GpuScheduler.Core.Model;

namespace GpuScheduler.Grains.Views;

/// <summary>An attempt as it stood when it was asked for.</summary>
[GenerateSerializer, Immutable, Alias("gpusched.AttemptView")]
public sealed record AttemptView
{
    [Id(0)] public required int Number { get; init; }

    [Id(1)] public required Allocation Allocation { get; init; }

    [Id(2)] public required DateTimeOffset? StartTime { get; init; }

    [Id(3)] public required DateTimeOffset? EndTime { get; init; }

    /// <summary>Why it ended, or why it is asked to stop; null for one that simply runs.</summary>
    [Id(4)] public required EndCause? Cause { get; init; }

    [Id(5)] public required int? ExitCode { get; init; }

    [Id(6)] public required int? Signal { get; init; }

    [Id(7)] public required long? ResumedFromStep { get; init; }

    [Id(8)] public required long? LastStep { get; init; }

    [Id(9)] public required TimeSpan? LostWork { get; init; }

    [Id(10)] public required string Message { get; init; }

    /// <summary>A copy of a live attempt.</summary>
    public static AttemptView Of(Attempt attempt) => new()
    {
        Number = attempt.Id.Number,
        Allocation = attempt.Allocation,
        StartTime = attempt.StartTime,
        EndTime = attempt.EndTime,
        Cause = attempt.EndCause ?? attempt.StopCause,
        ExitCode = attempt.ExitCode,
        Signal = attempt.Signal,
        ResumedFromStep = attempt.ResumedFromStep,
        LastStep = attempt.LastStep,
        LostWork = attempt.LostWork,
        Message = attempt.Message,
    };
}
