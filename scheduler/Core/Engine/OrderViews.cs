using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;

namespace GpuScheduler.Core.Engine;

/// <summary>Shows people what the order rests on.</summary>
internal static class OrderViews
{
    /// <summary>Null for a job that doesn't wait for room.</summary>
    public static JobPriority? Of(PoolState state, Job job, DateTimeOffset now)
    {
        if (job.Seat is not AccountLine line) return null;
        var ranking = state.Room.Ready.Ranking;
        var factors = ranking.FactorsOf(job, line.Account, now);
        return new JobPriority(
            job.Id, job.Spec.User, job.Spec.Draft.Project, job.Spec.Tier, factors.Total, factors.Priority, factors.Age, factors.FairShare,
            factors.Deadline,
            ranking.Of(job, line.Account).IsOverdue);
    }

    /// <summary>Projects and users that have jobs or use, sorted: each project before its users.</summary>
    public static IReadOnlyList<AccountShare> Shares(PoolState state, DateTimeOffset now)
    {
        var accounts = state.Accounting.Accounts;
        return
        [
            .. accounts.All.Where(account => account.Live > 0 || account.Use.At(now, accounts.Decay) > 0)
                .Select(account => (account, standing: accounts.Standing(account, now)))
                .Select(pair => new AccountShare(
                    pair.account.Id, pair.account.Shares, pair.standing.Share, pair.standing.Use, pair.standing.EffectiveUse,
                    pair.standing.Factor,
                    pair.account.Use.Rate, pair.account.Live))
                .OrderBy(share => share.Account.Project, StringComparer.Ordinal).ThenBy(
                    share => share.Account.User, StringComparer.Ordinal),
        ];
    }
}
