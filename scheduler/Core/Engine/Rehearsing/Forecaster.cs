using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine.Rehearsing;

/// <summary>Looks ahead for one waiting job. Costs a few copies of the pool: for people who ask, not for cycles.</summary>
internal static class Forecaster
{
    /// <summary>Waiting jobs that are played along at most.</summary>
    private const int MostRivals = 400;

    private const string Nowhere = "no node of the pool could hold it: it waits until one that can joins";
    private const string TooFew = "too few nodes of the pool could hold it together: it waits until more join";

    public static StartForecast Of(PoolEngine engine, PoolState state, Job job, DateTimeOffset now)
    {
        if (job.Seat is not (AccountLine or BackoffShelf)) return new StartForecast(null, "it waits for something other than room", [], []);
        var rivals = Rivals.Of(state, job, MostRivals, out var all);
        if (state.ReasonOf(job, now)?.Reason == Reason.BadConstraints)
        {
            var changes = ChangeSearch.Of(engine, state, job, rivals, now);
            return new StartForecast(null, job.Spec.Request.IsGang ? TooFew : Nowhere, [], changes);
        }

        var (lined, asked) = (rivals.Select(rival => Rehearsal.Waiting(rival)).ToList(), Rehearsal.Waiting(job));
        var start = StartSearch.Of(Rehearsal.Of(engine, state, [.. lined, asked], now), asked);
        if (!all) start = start with { At = null };
        var ahead = lined.Where(rival => start.At is null || WentFirst(state, rival, start)).ToList();
        var blockers = Blockers.Of(state, job, start, start.At is null ? FirstOf(state, job, ahead, now) : ahead, now);
        return new StartForecast(start.At, Basis(state, job, start, all, now), blockers, ChangeSearch.Of(engine, state, job, rivals, now));
    }

    /// <summary>Played to start before it: one that starts at the same moment, such as a node's opening, keeps it from nothing.</summary>
    private static bool WentFirst(PoolState state, Job rival, PlayedStart start) =>
        rival.AttemptNumber > state.FindJob(rival.Id)!.AttemptNumber && rival.Attempt!.GrantTime < start.At;

    /// <summary>Where no start could be played, those of its own line; a job that fits nowhere is in no other's way.</summary>
    private static IReadOnlyList<Job> FirstOf(PoolState state, Job job, IReadOnlyList<Job> ahead, DateTimeOffset now) =>
    [
        .. ahead.Where(rival => rival.Spec.Tier == job.Spec.Tier && RankOf(state, rival).CompareTo(RankOf(state, job)) < 0
            && state.ReasonOf(state.FindJob(rival.Id)!, now)?.Reason != Reason.BadConstraints),
    ];

    private static Rank RankOf(PoolState state, Job job) => state.Room.Ready.Ranking.Of(job, state.Accounting.Accounts.Of(job.Spec.Draft));

    /// <summary>Such as <c>an estimate: 1 of 2 jobs that run or go first has no time limit; learned from 5 runs</c>.</summary>
    private static string Learned(IReadOnlyList<int> runs, int ended) =>
        $"an estimate: {runs.Count} of {ended} jobs that run or go first {(runs.Count == 1 ? "has" : "have")} no time limit; learned from "
            + $"{(runs.Min() == runs.Max() ? $"{runs[0]}" : $"{runs.Min()} to {runs.Max()}")} earlier runs of "
            + $"{(runs.Count == 1 ? "its" : "their")} kind";

    private static string Basis(PoolState state, Job job, PlayedStart start, bool all, DateTimeOffset now) =>
        (start.At, start.Ended.Count) switch
        {
            (not null, var ended) when all && start.Learned.Count > 0 => Learned(start.Learned, ended),
            _ when !all => $"more than {MostRivals} jobs may go first: too many to look ahead",
            _ when OpensFirst(state, start) is { } node => $"when {node} opens",
            (null, _) when state.ReasonOf(job, now)?.Reason == Reason.ReqNodeNotAvail => state.Map.HasHours
                ? "what could hold it takes no work now, or closes too soon for it: it is not known when there is room"
                : "what could hold it takes no work now: it is not known when it does again",
            (null, _) when state.Map.HasHours =>
                "jobs without a time limit hold what it needs, or nodes close too soon for it: it is not known when there is room",
            (null, _) => "jobs without a time limit hold what it needs: it is not known when they end",
            (_, 0) => "nothing that runs has to end first",
            (_, 1) => "by the time limit of a job that runs",
            var (_, many) => $"by the time limits of {many} jobs that run or go first",
        };

    /// <summary>A node on which it was played to start, and that is closed now; null: none is.</summary>
    private static NodeId? OpensFirst(PoolState state, PlayedStart start) => start.Granted?.Nodes.Select(share => share.Node)
        .Where(node => state.Map.Find(node)?.Hours is { IsOpen: false }).Cast<NodeId?>().FirstOrDefault();
}
