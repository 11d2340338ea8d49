using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;

namespace GpuScheduler.Grains.Views;

/// <summary>Lists effective priorities.</summary>
internal static class PriorityViews
{
    /// <summary>Priorities in one message.</summary>
    public const int PageSize = 10_000;

    /// <summary>Reckons no list for a moment longer ago: its reader has gone.</summary>
    private static readonly TimeSpan LongestRead = TimeSpan.FromDays(1);

    /// <param name="state">The pool.</param>
    /// <param name="query">Which jobs; of them the highest.</param>
    /// <param name="behind">Where the page begins; null: with the highest.</param>
    /// <param name="isAdmitted">False: the job does not count yet.</param>
    /// <param name="now">The present.</param>
    public static PriorityPage Of(
        PoolState state, JobQuery query, PriorityMark? behind, Func<Job, bool> isAdmitted, DateTimeOffset now)
    {
        var time = behind is not null && behind.Time <= now && now - behind.Time <= LongestRead ? behind.Time : now;
        var ranks = Ranks.Of(state);
        var first = behind is null ? (Rank?)null : ranks.Of(behind.Tier, behind.Overdue, behind.Total, behind.Job);
        var (size, more) = (Math.Min(query.Limit, PageSize), false);
        var kept = new PriorityQueue<JobPriority, Rank>(Comparer<Rank>.Create(static (left, right) => right.CompareTo(left)));
        foreach (var job in JobSelection.All(state, query with { States = [JobState.Pending] }).Where(isAdmitted))
        {
            if (state.PriorityOf(job, time) is not { } priority) continue;
            var rank = ranks.Of(priority.Tier, priority.Overdue, priority.Total, priority.Job);
            if (first is { } mark && rank.CompareTo(mark) <= 0) continue;
            kept.Enqueue(priority, rank);
            if (kept.Count <= size) continue;
            kept.Dequeue();
            more = true;
        }

        var page = new JobPriority[kept.Count];
        for (var at = page.Length - 1; at >= 0; at--) page[at] = kept.Dequeue();
        return new PriorityPage(page, more, time);
    }

    /// <summary>Places in the order of serving.</summary>
    private sealed class Ranks(IReadOnlyList<string> tiers)
    {
        public static Ranks Of(PoolState state) => new([.. state.Config.Tiers.Select(tier => tier.Name)]);

        public Rank Of(string tier, bool overdue, double total, JobId job)
        {
            var place = 0;
            while (place < tiers.Count && tiers[place] != tier) place++;
            return new Rank(place, overdue, total, job);
        }
    }

    private readonly record struct Rank(int Tier, bool Overdue, double Total, JobId Job)
    {
        public int CompareTo(Rank other) => (Tier, other.Overdue, other.Total, Job).CompareTo((other.Tier, Overdue, Total, other.Job));
    }
}
