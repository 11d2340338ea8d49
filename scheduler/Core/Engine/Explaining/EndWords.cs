using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Core.Engine.Explaining;

/// <summary>Why a job ended: the verdict and its hint, then its attempts, then what was lost and what is saved.</summary>
internal static class EndWords
{
    private const int MostAttempts = 8;

    /// <summary>Never empty.</summary>
    public static IReadOnlyList<Explanation> Of(StoredJob stored) => stored.Job.State.IsEnded()
        ? [Verdict(stored), .. Attempts(stored.Attempts), .. Lost(stored)]
        : [new Explanation(stored.Job.Reason ?? Reason.PendingEvaluation, 1, "the scheduler is reading its state anew; ask again")];

    private static Explanation Verdict(StoredJob stored) =>
        new(stored.Job.Reason ?? Reason.Ended, 1, stored.Job.ReasonText is { Length: > 0 } text ? text : Plain(stored));

    private static string Plain(StoredJob stored) => stored.Job.State switch
    {
        JobState.Cancelled => "cancelled",
        JobState.Preempted => "stopped for a more important job, and it may not be queued again",
        _ => stored.Attempts.Count > 0 ? AttemptWords.HowItEnded(stored.Attempts[^1]) : "it ended without an attempt",
    };

    /// <summary>Newest first.</summary>
    private static IEnumerable<Explanation> Attempts(IReadOnlyList<Attempt> attempts)
    {
        foreach (var attempt in attempts.Reverse().Take(MostAttempts))
            yield return new Explanation(Reason.Attempt, 1, AttemptWords.Of(attempt));
        if (attempts.Count > MostAttempts)
            yield return new Explanation(Reason.Attempt, attempts.Count - MostAttempts, "earlier ones: see 'gpusched show'");
    }

    private static IEnumerable<Explanation> Lost(StoredJob stored)
    {
        var lost = stored.Attempts.Where(attempt => attempt.LostWork >= TimeSpan.FromSeconds(1)).ToList();
        var sum = TimeSpan.FromTicks(lost.Sum(attempt => attempt.LostWork!.Value.Ticks));
        var saved = Saved(stored.Job);
        if (lost.Count > 0) yield return new Explanation(Reason.WorkLost, lost.Count, $"{Words.Span(sum)} of work lost in all{saved}");
        else if (saved.Length > 0) yield return new Explanation(Reason.WorkLost, 1, $"nothing lost{saved}");
    }

    private static string Saved(Job job) => job.State != JobState.Completed && job.Checkpoints.Count > 0
        ? $"; step {job.Checkpoints[^1].Step} is saved: 'gpusched requeue {job.Id}' goes on from there"
        : "";
}
