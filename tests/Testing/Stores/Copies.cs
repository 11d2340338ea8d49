using GpuScheduler.Core.Model;

namespace GpuScheduler.Testing.Stores;

/// <summary>Copies of the model's mutable objects, as a store's disk would keep them. The store contract's round trips show a
/// forgotten field.</summary>
internal static class Copies
{
    /// <summary>Without its attempt, which is stored by itself.</summary>
    public static Job Of(Job job) => Of(job, job.Spec);

    /// <summary>
    /// With another specification: what a store remembers of the submission may be narrower than what the job began with.
    /// </summary>
    public static Job Of(Job job, JobSpec spec) => new(job.Id, spec, job.SubmitTime)
    {
        State = job.State,
        Reason = job.Reason,
        ReasonText = job.ReasonText,
        EligibleTime = job.EligibleTime,
        AttemptNumber = job.AttemptNumber,
        Failures = job.Failures,
        LaunchFailures = job.LaunchFailures,
        Checkpoints = [.. job.Checkpoints],
        StartTime = job.StartTime,
        EndTime = job.EndTime,
        ExitCode = job.ExitCode,
        Signal = job.Signal,
        Acts = job.Acts,
    };

    public static Attempt Of(Attempt attempt)
    {
        var copy = Plain(attempt);
        for (var rank = 0; rank < copy.Ranks.Count; rank++) Copy(attempt.Ranks[rank], copy.Ranks[rank]);
        return copy;
    }

    private static void Copy(GangRank from, GangRank to)
    {
        (to.StartTime, to.EndTime, to.EndCause) = (from.StartTime, from.EndTime, from.EndCause);
        (to.ExitCode, to.Signal, to.Message) = (from.ExitCode, from.Signal, from.Message);
    }

    private static Attempt Plain(Attempt attempt) => new(attempt.Id, attempt.Allocation, attempt.GrantTime)
    {
        StartTime = attempt.StartTime,
        EndTime = attempt.EndTime,
        ResumedFromStep = attempt.ResumedFromStep,
        LastStep = attempt.LastStep,
        LastStepTime = attempt.LastStepTime,
        StopCause = attempt.StopCause,
        EndCause = attempt.EndCause,
        ExitCode = attempt.ExitCode,
        Signal = attempt.Signal,
        LostWork = attempt.LostWork,
        Message = attempt.Message,
        Origin = attempt.Origin,
    };

    /// <summary>Without its session.</summary>
    public static Node Of(Node node) => new(node.Id)
    {
        CpuCores = node.CpuCores,
        MemoryMib = node.MemoryMib,
        ReservedCores = node.ReservedCores,
        Devices = node.Devices,
        Labels = node.Labels,
        Address = node.Address,
        BootId = node.BootId,
        Instance = node.Instance,
        WorkerVersion = node.WorkerVersion,
        DurableSequence = node.DurableSequence,
        Cordon = node.Cordon,
        DeviceCordons = new Dictionary<string, Cordon>(node.DeviceCordons),
        Acts = node.Acts,
        LaunchFailures = node.LaunchFailures,
        RestsUntil = node.RestsUntil,
        Faults = node.Faults,
        Power = node.Power,
    };
}
