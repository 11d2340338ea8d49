using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>What users, projects and tiers may have at once.</summary>
public sealed class QuotaTests
{
    [Fact]
    public void A_user_at_the_limit_of_cards_waits_and_lets_others_pass()
    {
        var pool = Pool(Users(new QuotaRule("*", Cards("any", 2))));
        pool.Submit(Drafts.Training("2"));
        var hers = pool.Submit(Drafts.Training());
        var his = pool.Submit(Drafts.Training() with { User = "bob" });

        Assert.Equal(
            (Reason.QOSMaxGRESPerUser, "user ann holds 2 of at most 2 cards, and the job needs 1"),
            pool.State.ReasonOf(pool[hers], pool.Now));
        Assert.NotEqual("-", pool.PlaceOf(his));
    }

    [Fact]
    public void The_next_job_starts_when_one_under_the_limit_ends()
    {
        var pool = Pool(Users(new QuotaRule("ann", new QuotaLimits { Running = 1 })));
        var first = pool.Submit(Drafts.Training());
        var second = pool.Submit(Drafts.Training());
        Assert.Equal(
            (Reason.QOSMaxJobsPerUserLimit, "user ann has 1 jobs running of at most 1"), pool.State.ReasonOf(pool[second], pool.Now));

        pool.Start(first);
        pool.Exit(first);

        Assert.NotEqual("-", pool.PlaceOf(second));
    }

    [Fact]
    public void A_rule_of_ones_own_takes_the_place_of_everybodys()
    {
        var pool = Pool(Users(new QuotaRule("*", Cards("any", 1)), new QuotaRule("ann", Cards("any", 3))));
        var hers = Enumerable.Range(0, 4).Select(_ => pool.Submit(Drafts.Training())).ToList();

        Assert.Equal(3, hers.Count(id => pool.PlaceOf(id) != "-"));
    }

    [Fact]
    public void A_limit_of_a_model_leaves_the_others()
    {
        var pool = Pool(Users(new QuotaRule("*", Cards("A100", 1))), new Machine("studio").With(2, Machine.Rtx6000Ada, 48));
        var hers = Enumerable.Range(0, 4).Select(_ => pool.Submit(Drafts.Training())).ToList();

        Assert.Equal(["lab", "studio", "studio", "-"], hers.Select(id => pool.PlaceOf(id).Split(':')[0]));
        Assert.Equal(Reason.QOSMaxGRESPerUser, pool.ReasonOf(hers[3]));
        // Bob may still have an A100: the lane is not closed to him.
        Assert.StartsWith("lab", pool.PlaceOf(pool.Submit(Drafts.Training() with { User = "bob" })), StringComparison.Ordinal);
    }

    [Fact]
    public void An_ended_job_is_not_queued_again_beyond_the_limit_of_jobs()
    {
        var pool = Pool(Users(new QuotaRule("*", new QuotaLimits { Submitted = 2 })));
        var (first, second) = (pool.Submit(Drafts.Training()), pool.Submit(Drafts.Training()));
        foreach (var id in (JobId[])[first, second])
        {
            pool.Start(id);
            pool.End(id, EndCause.TimeLimit);
        }

        var hers = pool.Submit(Drafts.Training());
        var again = new PoolInput.Requeue([$"{first}", $"{second}"], "ann") { Revived = [pool.Store.Read(first), pool.Store.Read(second)] };
        var outcomes = Assert.IsType<PoolReply.Outcomes>(pool.Step(again).Replies[0]).Jobs;

        Assert.Equal([true, false], outcomes.Select(outcome => outcome.Changed));
        Assert.Equal(
            $"job {second} is not queued again: user ann may have at most 2 jobs that have not ended (QOSMaxSubmitJobPerUserLimit), and "
                + "has 2", outcomes[1].Message);
        Assert.Equal([hers, first], pool.State.Jobs.Select(job => job.Id).OrderDescending());
    }

    [Fact]
    public void A_project_is_limited_with_all_its_users()
    {
        var pool = Pool(new QuotaConfig { Projects = [new QuotaRule("vision", Cards("datacenter", 2))] });
        pool.Submit(Drafts.Training("2") with { Project = "vision" });
        var colleague = pool.Submit(Drafts.Training() with { Project = "vision", User = "bob" });
        var elsewhere = pool.Submit(Drafts.Training() with { User = "bob" });

        Assert.Equal(
            (Reason.AssocGrpGRES, "project vision holds 2 of at most 2 datacenter cards, and the job needs 1"),
            pool.State.ReasonOf(pool[colleague], pool.Now));
        Assert.NotEqual("-", pool.PlaceOf(elsewhere));
    }

    [Fact]
    public void A_tier_is_limited_with_all_its_jobs()
    {
        var config = new PoolConfig();
        var pool = new TestPool(config with { Tiers = [config.Tiers[0] with { Limits = Cards("any", 3) }, .. config.Tiers.Skip(1)] })
            .Join(Lab);
        var ids = Enumerable.Range(0, 5).Select(i => pool.Submit(Drafts.Training() with { User = $"user{i}" })).ToList();

        Assert.Equal(3, ids.Count(id => pool.PlaceOf(id) != "-"));
        Assert.Equal(
            (Reason.QOSGrpGRES, "tier 'training' holds 3 of at most 3 cards, and the job needs 1"),
            pool.State.ReasonOf(pool[ids[4]], pool.Now));
        Assert.Equal(Reason.QOSGrpGRES, pool.ReasonOf(ids[3]));
    }

    [Fact]
    public void A_request_above_the_limit_by_itself_is_refused_at_once()
    {
        var pool = Pool(Users(new QuotaRule("*", Cards("datacenter", 2))));

        var refused = Assert.IsType<PoolReply.Rejected>(pool.TrySubmit(Drafts.Training("A100:3")));

        var fault = Assert.Single(refused.Faults);
        Assert.Equal(
            ("gpus", "A100:3", "at most 2 datacenter cards at once for user ann (QOSMaxGRESPerUser)"),
            (fault.Field, fault.Value, fault.Allowed));
        Assert.Empty(pool.State.Jobs);
        // Of any model: professional cards are not limited, so there is a way.
        Assert.IsType<PoolReply.Submitted>(pool.TrySubmit(Drafts.Training("3")));
    }

    [Fact]
    public void Jobs_beyond_the_number_allowed_are_refused_all_or_none()
    {
        var pool = Pool(Users(new QuotaRule("*", new QuotaLimits { Submitted = 5 })));
        pool.Submit(Drafts.Training() with { Array = "0-2" });

        var refused = Assert.IsType<PoolReply.Rejected>(pool.TrySubmit(Drafts.Training(), Drafts.Training(), Drafts.Training()));

        Assert.Equal(
            "jobs[2].user: 'ann': at most 5 jobs that have not ended (QOSMaxSubmitJobPerUserLimit); there are 5, and this adds 1",
            $"{Assert.Single(refused.Faults)}");
        Assert.IsType<PoolReply.Submitted>(pool.TrySubmit(Drafts.Training() with { Array = "0-1" }));
        Assert.IsType<PoolReply.Submitted>(pool.TrySubmit(Drafts.Training() with { User = "bob" }));
    }

    [Fact]
    public void Limits_count_on_after_a_restart_and_change_with_a_reload()
    {
        var pool = Pool(Users(new QuotaRule("*", Cards("any", 1))));
        pool.Submit(Drafts.Training());
        var second = pool.Submit(Drafts.Training());
        pool.Restart().Join(Lab);
        Assert.Equal(Reason.QOSMaxGRESPerUser, pool.ReasonOf(second));

        pool.Step(new PoolInput.Reload(pool.Config with { Quotas = Users(new QuotaRule("*", Cards("any", 2))) }));

        Assert.NotEqual("-", pool.PlaceOf(second));
    }

    private static Machine Lab => new Machine("lab").With(8, Machine.A100, 80);

    private static QuotaConfig Users(params QuotaRule[] rules) => new() { Users = rules };

    private static QuotaLimits Cards(string kind, int count) => new()
    {
        Gpus = [kind switch
        {
            "any" => new GpuCap(null, null, count * 1000),
            "datacenter" => new GpuCap(DeviceClass.Datacenter, null, count * 1000),
            _ => new GpuCap(null, kind, count * 1000),
        }],
    };

    private static TestPool Pool(QuotaConfig quotas, params Machine[] more) =>
        new TestPool(new PoolConfig { Quotas = quotas }).Join([Lab, .. more]);
}
