using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Commands;

/// <summary>What a call did to jobs.</summary>
/// <param name="Outcomes">One a job, or an array; of very many jobs not all of them.</param>
/// <param name="ChangedLeftOut">Further jobs that were changed.</param>
/// <param name="UnchangedLeftOut">Further jobs that were not.</param>
internal sealed record ChangedJobs(IReadOnlyList<JobOutcome> Outcomes, int ChangedLeftOut, int UnchangedLeftOut)
{
    /// <summary>Of jobs that were named each must have changed. Of those that a filter found some may be as they were to be, such as
    /// running ones that can't be held: it is enough that one changed, or that there was none.</summary>
    public bool IsDone(bool areNamed) =>
        (!areNamed && (ChangedLeftOut > 0 || Outcomes.Any(outcome => outcome.Changed)))
        || (UnchangedLeftOut == 0 && Outcomes.All(outcome => outcome.Changed));
}
