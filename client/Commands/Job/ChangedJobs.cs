using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>What a call did to jobs.</summary>
/// <param name="Outcomes">One a job, or an array; of very many jobs not all of them.</param>
/// <param name="ChangedLeftOut">Further jobs that were changed.</param>
/// <param name="UnchangedLeftOut">Further jobs that were not.</param>
internal sealed record ChangedJobs(IReadOnlyList<JobOutcome> Outcomes, int ChangedLeftOut, int UnchangedLeftOut)
{
    public bool IsWhole => UnchangedLeftOut == 0 && Outcomes.All(outcome => outcome.Changed);
}
