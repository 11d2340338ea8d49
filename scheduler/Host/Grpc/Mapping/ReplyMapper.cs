using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using Grpc.Core;
using Wire = GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc.Mapping;

/// <summary>Answers to calls that changed something.</summary>
internal static class ReplyMapper
{
    public static Wire.SubmitJobResponse ToWire(AdmittedJob job, TimeSpan historyKeep) => ToWire(job, Duration.FromTimeSpan(historyKeep));

    private static Wire.SubmitJobResponse ToWire(AdmittedJob job, Duration historyKeep) => new()
    {
        Id = IdOf(job),
        Tier = job.Tier,
        TierDerived = job.TierDerivedFrom is not null,
        TierReason = job.TierDerivedFrom ?? "",
        MayBeStopped = job.MayBeStopped,
        ElementCount = job.Elements,
        Warnings = { job.Warnings },
        HistoryKeep = historyKeep,
        Deadline = job.Deadline?.ToTimestamp(),
    };

    /// <summary>All of a batch. Where their texts would fill the answer, the last ones have ids alone.</summary>
    public static Wire.SubmitJobsResponse ToWire(IReadOnlyList<AdmittedJob> jobs, TimeSpan historyKeep)
    {
        var (answer, size, keep) = (new Wire.SubmitJobsResponse(), 0, Duration.FromTimeSpan(historyKeep));
        foreach (var job in jobs)
        {
            var one = size < AnswerSize.Most
                ? ToWire(job, keep)
                : new Wire.SubmitJobResponse { Id = IdOf(job), ElementCount = job.Elements };
            if (size >= AnswerSize.Most) answer.IdsOnly++;
            else size += one.CalculateSize();
            answer.Jobs.Add(one);
        }

        return answer;
    }

    private static string IdOf(AdmittedJob job) => job.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>One outcome a job; when none of the jobs named exists, the call as a whole fails.</summary>
    public static IEnumerable<Wire.JobOutcome> ToWire(PoolReply.Outcomes outcomes)
    {
        if (outcomes.Jobs.Count > 0 && outcomes.Jobs.All(job => !job.Found))
            throw NoneOf(outcomes.Jobs);
        return outcomes.Jobs.Select(job => new Wire.JobOutcome { Id = job.Id, Changed = job.Changed, Message = job.Message });
    }

    /// <summary>What is no id at all is refused, as every other call refuses it; ids of jobs that aren't there are not found.</summary>
    private static RpcException NoneOf(IReadOnlyList<JobOutcome> jobs)
    {
        var text = string.Join('\n', jobs.Select(job => job.Message));
        var faults = jobs.Select(job => JobSelector.TryParse(job.Id, "id", out _, out var fault) ? null : fault).OfType<Fault>().ToList();
        var absent = jobs.Select(job => job.Id).Where(id => faults.All(fault => fault.Value != id));
        return faults.Count > 0 ? BadRequest.Of(faults, text, absent) : BadRequest.NotFound("job", absent, text);
    }
}
