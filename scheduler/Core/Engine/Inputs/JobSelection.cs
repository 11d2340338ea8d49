using GpuScheduler.Core.Admission.Expressions;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine.Inputs;

/// <summary>Finds the jobs that people name, does something to each, and says what became of it.</summary>
internal static class JobSelection
{
    /// <summary>Acts on every job named, each once, in the order named.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="ids">As users write them.</param>
    /// <param name="verb">Past participle for an array's summary: "cancelled".</param>
    /// <param name="act">Acts on a live job; returns whether anything changed, and what to tell.</param>
    /// <param name="onEnded">The same for one that has ended.</param>
    public static PoolReply.Outcomes Apply(
        Turn turn, IReadOnlyList<string> ids, string verb, Func<Job, JobOutcome> act, Func<JobId, JobState, JobOutcome>? onEnded = null)
    {
        var outcomes = new List<JobOutcome>();
        foreach (var text in ids)
        {
            if (JobSelector.TryParse(text, "id", out var named, out var fault))
                outcomes.AddRange(named.Select(id => ApplyTo(turn, id, verb, act, onEnded ?? HasEnded)));
            else outcomes.Add(new JobOutcome(text, false, fault.ToString(), Found: false));
        }

        return new PoolReply.Outcomes(outcomes);
    }

    /// <summary>Jobs among those named that have ended, sorted.</summary>
    public static IReadOnlyList<JobId> EndedAmong(JobTable table, IReadOnlyList<string> ids) =>
    [
        .. ids.SelectMany(text => JobSelector.TryParse(text, "id", out var named, out _) ? named : [])
            .SelectMany(table.Expand).Where(id => table.EndOf(id) is not null).Distinct().Order(),
    ];

    private static JobOutcome ApplyTo(
        Turn turn, JobId id, string verb, Func<Job, JobOutcome> act, Func<JobId, JobState, JobOutcome> onEnded)
    {
        var jobs = turn.State.Table.Expand(id);
        if (jobs.Count == 0) return new JobOutcome($"{id}", false, $"no such job: {id}", Found: false);
        var outcomes = jobs.Select(one => turn.State.FindJob(one) is { } job ? act(job) : onEnded(one, turn.State.Table.EndOf(one)!.Value))
            .ToList();
        return id.IsElement || turn.State.Table.ArrayOf(id.Number) is null ? outcomes[0] : Summary(id, verb, outcomes);
    }

    private static JobOutcome HasEnded(JobId id, JobState state) => new($"{id}", false, $"job {id} has ended ({state.DisplayName()})");

    /// <summary>One line for a whole array: a hundred thousand would help nobody.</summary>
    private static JobOutcome Summary(JobId id, string verb, List<JobOutcome> elements)
    {
        var changed = elements.Count(element => element.Changed);
        var rest = elements.Find(element => !element.Changed);
        var text = $"{changed} of {elements.Count} elements {verb}";
        return new JobOutcome($"{id}", changed > 0, rest is null || changed > 0 ? text : $"{text}: {rest.Message}");
    }
}
