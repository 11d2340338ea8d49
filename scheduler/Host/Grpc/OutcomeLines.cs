using GpuScheduler.Protos.V1;

namespace GpuScheduler.Host.Grpc;

/// <summary>What a call did to each job, as much of it as an answer holds: a filter may mean a million jobs. Those that were not changed
/// come first where not all fit, as somebody has to look after them.</summary>
/// <param name="Told">What the answer tells.</param>
/// <param name="Changed">Changed jobs that it leaves out.</param>
/// <param name="Unchanged">The same of others.</param>
internal sealed record OutcomeLines(IReadOnlyList<JobOutcome> Told, int Changed, int Unchanged)
{
    public static OutcomeLines Of(IEnumerable<JobOutcome> all)
    {
        var outcomes = all.ToList();
        var told = AnswerSize.First(outcomes);
        if (told.Count < outcomes.Count) told = AnswerSize.First(outcomes.OrderBy(outcome => outcome.Changed));
        var changed = outcomes.Count(outcome => outcome.Changed) - told.Count(outcome => outcome.Changed);
        return new OutcomeLines(told, changed, outcomes.Count - told.Count - changed);
    }

    public CancelJobsResponse Cancelled() =>
        new() { Outcomes = { Told }, ChangedLeftOut = Changed, UnchangedLeftOut = Unchanged };

    public HoldJobsResponse Held() => new() { Outcomes = { Told }, ChangedLeftOut = Changed, UnchangedLeftOut = Unchanged };

    public ReleaseJobsResponse Released() =>
        new() { Outcomes = { Told }, ChangedLeftOut = Changed, UnchangedLeftOut = Unchanged };

    public RequeueJobsResponse Requeued() =>
        new() { Outcomes = { Told }, ChangedLeftOut = Changed, UnchangedLeftOut = Unchanged };
}
