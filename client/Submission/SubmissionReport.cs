using GpuScheduler.Client.Output;
using GpuScheduler.Client.Output.Json;
using GpuScheduler.Client.Parsing;
using GpuScheduler.Common.Text;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.Client.Submission;

/// <summary>Says what became of a submission: ids to standard output, everything else to standard error.</summary>
internal sealed class SubmissionReport(Call call, bool parsable, bool json)
{
    /// <summary>To standard error, so also said where the output is for programs.</summary>
    public void LeftOut(VariablesLeftOut names)
    {
        if (names.Secret.Count > 0)
            call.Remark($"not handed to the job, as the names look secret: {string.Join(", ", names.Secret)} (--env NAME hands one on)");
        if (names.OfCards.Count > 0)
            call.Remark($"not handed to the job, which sees the cards it is granted: {string.Join(", ", names.OfCards)}");
    }

    public void Accepted(IReadOnlyList<SubmitJobResponse> jobs, IReadOnlyList<SubmissionDraft> drafts)
    {
        if (json)
        {
            call.Out.WriteLine(JsonText.Of(new SubmissionsJson([.. jobs.Select(ToJson)])));
            return;
        }

        foreach (var job in jobs)
            call.Out.WriteLine(parsable ? job.Id : $"Submitted batch job {job.Id}");

        if (parsable)
            return;

        foreach (var remark in jobs.SelectMany(job => Remarks(job, call.Context.Moments)).Distinct())
            call.Error.WriteLine(PlainText.OneLine(remark));

        if (jobs is [{ HistoryKeep: { } keep }, ..]
            && drafts.Any(draft => draft.Spec.Checkpoint is { Enabled: true, Directory: "" }))
            call.Error.WriteLine(Kept(keep.ToTimeSpan()));
    }

    private static string Kept(TimeSpan keep) =>
        $"checkpoints: on the disk of the node where it runs, kept {keep.TotalDays:0.#} days after the job completes while that disk has "
        + "room, a week after another end; '--checkpoint DIR' keeps them in a directory of yours";

    private static IEnumerable<string> Remarks(SubmitJobResponse job, Moments moments)
    {
        // Of the last jobs of a large batch the scheduler tells ids alone.
        if (job.Tier.Length == 0)
            yield break;

        yield return job.TierDerived ? $"tier: {job.Tier} (derived: {job.TierReason})" : $"tier: {job.Tier}";

        if (job.Deadline is { } deadline)
            yield return $"deadline: {moments.Text(deadline)}";

        if (job.MayBeStopped.Length > 0)
            yield return job.MayBeStopped;

        foreach (var warning in job.Warnings)
            yield return $"warning: {warning}";
    }

    private static SubmittedJson ToJson(SubmitJobResponse job) => new(
        job.Id,
        job.Tier,
        job.TierDerived,
        job.TierReason.Length > 0 ? job.TierReason : null,
        job.MayBeStopped.Length > 0 ? job.MayBeStopped : null,
        [.. job.Warnings],
        job.ElementCount);
}
