using System.Text;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Engine;
using GpuScheduler.Core.Model;
using GpuScheduler.Core.Storage;
using GpuScheduler.Testing.Pools;

namespace GpuScheduler.Core.Tests.Engine;

/// <summary>Long scripts go to the store at once, and no user can fill memory and disk with what jobs say.</summary>
public sealed class LongScriptTests
{
    private static readonly string Long = "#!/bin/sh\n" + new string('#', 100_000);

    [Fact]
    public void A_long_script_goes_to_the_store_and_memory_has_its_hash()
    {
        var pool = new TestPool();
        var id = pool.Submit(Script(Long));

        var added = Assert.Single(pool.Last.Changes.OfType<StoreChange.JobsAdded>());
        Assert.Equal(Long, added.Script);
        Assert.Equal(("", KeptText.Of(Long)), (pool[id].Spec.Draft.Script, pool[id].Spec.Draft.KeptScript));
        Assert.Equal(Encoding.UTF8.GetByteCount(Long), pool[id].Spec.TextBytes);
    }

    [Fact]
    public void A_short_script_stays_with_its_job()
    {
        var pool = new TestPool();
        var id = pool.Submit(Script("#!/bin/sh\ntrue\n"));

        Assert.Null(Assert.Single(pool.Last.Changes.OfType<StoreChange.JobsAdded>()).Script);
        Assert.Equal("#!/bin/sh\ntrue\n", pool[id].Spec.Draft.Script);
    }

    [Fact]
    public void Jobs_without_a_name_are_of_one_family_when_their_long_scripts_are_equal()
    {
        var pool = new TestPool();
        var (first, same, other) = (pool.Submit(Script(Long)), pool.Submit(Script(Long)), pool.Submit(Script(Long + "\n")));

        Assert.Equal(JobFamily.Of(pool[first].Spec), JobFamily.Of(pool[same].Spec));
        Assert.NotEqual(JobFamily.Of(pool[first].Spec), JobFamily.Of(pool[other].Spec));
    }

    [Fact]
    public void A_user_at_the_limit_of_bytes_is_refused_in_words_until_a_job_has_ended_and_after_a_restart_too()
    {
        var pool = new TestPool(new PoolConfig { Quotas = new QuotaConfig { MibPerUser = 1 } });
        var script = "#!/bin/sh\n" + new string('#', 600_000);
        var first = pool.Submit(Script(script));

        Refused(pool);
        Assert.IsType<PoolReply.Submitted>(pool.TrySubmit(Script(script) with { User = "bob" }));
        pool.Restart();
        Refused(pool);

        pool.Step(new PoolInput.Cancel([$"{first}"], "ann", ""));
        Assert.IsType<PoolReply.Submitted>(pool.TrySubmit(Script(script)));

        void Refused(TestPool full)
        {
            var fault = Assert.Single(Assert.IsType<PoolReply.Rejected>(full.TrySubmit(Script(script))).Faults);
            Assert.Equal(("script", "600010 bytes"), (fault.Field, fault.Value[..12]));
            Assert.Contains("at most 1 MiB", fault.Allowed, StringComparison.Ordinal);
            Assert.Contains("quotas.bytesPerUser", fault.Allowed, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_user_at_the_limit_of_jobs_is_refused_and_jobs_of_one_request_count_together()
    {
        var pool = new TestPool(new PoolConfig { Quotas = new QuotaConfig { JobsPerUser = 3 } });
        pool.Submit(Drafts.Training() with { Array = "0-1" });

        var fault = Assert.Single(Assert.IsType<PoolReply.Rejected>(pool.TrySubmit(Drafts.Training(), Drafts.Training())).Faults);

        Assert.Equal("jobs[1].user", fault.Field);
        Assert.Contains("at most 3 jobs", fault.Allowed, StringComparison.Ordinal);
        Assert.IsType<PoolReply.Submitted>(pool.TrySubmit(Drafts.Training()));
    }

    private static JobDraft Script(string text) => Drafts.Job() with { Script = text, Command = [] };
}
