using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Queueing;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Queueing;

/// <summary>Ranks of many users' lines are renewed some in each step: late by a bounded time, and nobody is passed over.</summary>
public sealed class RankSweepTests
{
    private const int Users = 1_200;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>After so long everybody is overdue: a rank that was not renewed since doesn't know it.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(50);

    private readonly TestPool _pool = new(new PoolConfig { Order = new OrderConfig { MaxWait = MaxWait } });

    public RankSweepTests() => _pool.TrySubmit([.. Enumerable.Range(0, Users).Select(i => Of($"user-{i}"))]);

    private RankSweep Lines => _pool.State.Room.Ready.Ranking.Lines;

    [Fact]
    public void A_renewal_goes_on_over_the_next_steps_until_everybody_had_his_turn()
    {
        Pass(59);
        Assert.Equal((0, 0), (Lines.Left, Overdue()));

        var left = Enumerable.Range(0, 3).Select(_ => Pass(1)).ToList();

        Assert.Equal([Users - RankSweep.AtOnce, Users - (2 * RankSweep.AtOnce), 0], left);
        Assert.Equal(Users, Overdue());
    }

    [Fact]
    public void After_a_pause_of_a_minute_everybody_is_renewed_at_once()
    {
        _pool.After(TimeSpan.FromMinutes(1));

        Assert.Equal((0, Users), (Lines.Left, Overdue()));
    }

    [Fact]
    public void Newcomers_begin_a_renewal_anew_in_each_step_and_still_nobody_is_passed_over()
    {
        Pass(50);
        for (var i = 0; i < 3; i++)
        {
            _pool.TrySubmit(Of($"newcomer-{i}"));
            Pass(1);
        }

        Assert.Equal(Users, Overdue());
    }

    [Fact]
    public void Who_came_first_stays_first_although_his_rank_is_an_hour_older()
    {
        var ranking = _pool.State.Room.Ready.Ranking;
        var older = _pool[new JobId(1)];
        var before = RankOf(older);
        _pool.After(TimeSpan.FromSeconds(10));
        var younger = _pool[_pool.Submit(Of("somebody"))];

        Assert.True(before.CompareTo(RankOf(younger)) < 0);

        Rank RankOf(Job job) => ranking.Of(job, _pool.State.Accounting.Accounts.Of(job.Spec.Draft)) with { OverdueSince = long.MaxValue };
    }

    private static JobDraft Of(string user) => Drafts.Training() with { User = user };

    /// <summary>A step a second; returns the lines that are still to be renewed.</summary>
    private int Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++) _pool.After(Second);
        return Lines.Left;
    }

    private int Overdue() => _pool.State.Jobs.Count(job => ((AccountLine)job.Seat!).Rank.IsOverdue);
}
