using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>Finds the jobs that people name, does something to each, and says what became of it.</summary>
internal static class JobSelection
{
    /// <summary>Acts on every job named, each once, in the order named; without ids on all that the filter means.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="asked">Which jobs.</param>
    /// <param name="verb">Past participle for an array's summary: "cancelled".</param>
    /// <param name="act">Acts on a live job; returns whether anything changed, and what to tell.</param>
    /// <param name="onEnded">The same for one that has ended.</param>
    public static PoolReply Apply(
        Turn turn, AskedJobs asked, string verb, Func<Job, JobOutcome> act, Func<JobId, JobState, JobOutcome>? onEnded = null)
    {
        if (Unknown(turn.State, asked.Filter?.Tier) is { } fault) return new PoolReply.Rejected([fault]);
        if (asked.Ids.Count == 0) return new PoolReply.Outcomes(ApplyToAll(turn, asked.Filter, verb, act));
        var outcomes = new List<JobOutcome>();
        foreach (var text in asked.Ids)
        {
            if (JobSelector.TryParse(text, "id", out var named, out var wrong))
                outcomes.AddRange(named.Select(id => ApplyTo(turn, id, asked.Filter, verb, act, onEnded ?? HasEnded)));
            else outcomes.Add(new JobOutcome(text, false, wrong.ToString(), Found: false));
        }

        return new PoolReply.Outcomes(outcomes);
    }

    /// <summary>A mistyped tier would find no job, as if all were well. One that a reload took away may still have jobs.</summary>
    private static Fault? Unknown(PoolState state, string? tier) =>
        tier is null || TierNames.Find(state.Config, tier) is not null || state.Jobs.Any(job => IsOf(tier, job))
            ? null
            : new Fault("tier", tier, TierNames.Allowed(state.Config, tier));

    private static bool IsOf(string tier, Job job) => job.Spec.Tier.Equals(tier, StringComparison.OrdinalIgnoreCase);

    /// <summary>All live jobs that a filter means, in submission order; an array's elements in one line.</summary>
    private static List<JobOutcome> ApplyToAll(Turn turn, JobFilter? filter, string verb, Func<Job, JobOutcome> act) =>
    [
        .. turn.State.Jobs.Where(job => filter is { IsGiven: true } && filter.Mismatch(job) is null).OrderBy(job => job.Id)
            .GroupBy(job => job.Id.Number).ToList()
            .Select(same => Of(new JobId(same.Key), same.First().Id.IsElement, verb, [.. same.Select(act)])),
    ];

    /// <summary>Jobs among those named that have ended, sorted.</summary>
    public static IReadOnlyList<JobId> EndedAmong(JobTable table, IReadOnlyList<string> ids) =>
    [
        .. ids.SelectMany(text => JobSelector.TryParse(text, "id", out var named, out _) ? named : [])
            .SelectMany(table.Expand).Where(id => table.EndOf(id) is not null).Distinct().Order(),
    ];

    private static JobOutcome ApplyTo(
        Turn turn, JobId id, JobFilter? filter, string verb, Func<Job, JobOutcome> act, Func<JobId, JobState, JobOutcome> onEnded)
    {
        var jobs = turn.State.Table.Expand(id);
        if (jobs.Count == 0) return new JobOutcome($"{id}", false, $"no such job: {id}{UnknownJob.Note(turn.State, id)}", Found: false);
        var outcomes = jobs.Select(
            one => turn.State.FindJob(one) is { } job
                ? Filtered(job, filter) ?? act(job)
                : onEnded(one, turn.State.Table.EndOf(one)!.Value)).ToList();
        return Of(id, !id.IsElement && turn.State.Table.ArrayOf(id.Number) is not null, verb, outcomes);
    }

    /// <summary>Null: the filter means it.</summary>
    public static JobOutcome? Filtered(Job job, JobFilter? filter) => filter?.Mismatch(job) is { } why
        ? new JobOutcome($"{job.Id}", false, $"job {job.Id} is left alone: {why}")
        : null;

    private static JobOutcome Of(JobId id, bool isArray, string verb, List<JobOutcome> outcomes) =>
        isArray ? Summary(id, verb, outcomes) : outcomes[0];

    private static JobOutcome HasEnded(JobId id, JobState state) => new($"{id}", false, $"job {id} has ended ({state.DisplayName()})");

    /// <summary>One line for a whole array: a hundred thousand would not help.</summary>
    private static JobOutcome Summary(JobId id, string verb, List<JobOutcome> elements)
    {
        var changed = elements.Count(element => element.Changed);
        var rest = elements.Find(element => !element.Changed);
        var text = $"{changed} of {elements.Count} elements {verb}";
        return new JobOutcome($"{id}", changed > 0, rest is null || changed > 0 ? text : $"{text}: {rest.Message}");
    }
}

/// <summary>The jobs that a call is about.</summary>
/// <param name="Ids">As users write them; empty: those of the filter.</param>
/// <param name="Filter">What they must be; null: whatever they are.</param>
internal readonly record struct AskedJobs(IReadOnlyList<string> Ids, JobFilter? Filter);
