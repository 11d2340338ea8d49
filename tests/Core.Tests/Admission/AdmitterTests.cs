using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;
using static GpuScheduler.Core.Tests.Admission.Drafts;

namespace GpuScheduler.Core.Tests.Admission;

/// <summary>A draft becomes a specification, or every fault of it is told.</summary>
public sealed class AdmitterTests
{
    [Fact]
    public void A_draft_that_says_little_gets_the_defaults()
    {
        var spec = Admit(Plain);

        Assert.Equal("train.py", spec.Name);
        Assert.Equal("preprocessing", spec.Tier);
        Assert.Equal("asks for no GPU and names no tier", spec.TierDerivedFrom);
        Assert.Equal((1, 1024L), (spec.Request.CpuCores, spec.Request.MemoryMib));
        Assert.Null(spec.Request.Gpu);
        Assert.Empty(spec.Request.Nodes);
        Assert.Equal(2, spec.Retries);
        Assert.Equal(TimeSpan.FromSeconds(30), spec.Grace);
        Assert.Null(spec.TimeLimit);
        Assert.Null(spec.Array);
        Assert.Null(spec.Dependency);
    }

    [Fact]
    public void A_draft_that_says_everything_is_read_whole()
    {
        var spec = Admit(Plain with
        {
            Name = "resnet",
            Tier = "Training",
            Gpus = "a100:2",
            Cpus = 8,
            Memory = "64G",
            TimeLimit = "1-0",
            Retries = 5,
            Grace = TimeSpan.FromMinutes(2),
            Array = "0-3%2",
            Dependency = "afterok:7",
            NodeList = "lab-[1-2]",
            Exclude = "lab-2",
            Checkpoint = new(true, "/ckpt", "sigusr1"),
            Output = "%x-%j.out",
            WorkingDirectory = "/home/ada",
            Priority = -5,
        });

        Assert.Equal(("resnet", "training", null), (spec.Name, spec.Tier, spec.TierDerivedFrom));
        Assert.Equal(new GpuAlternative("A100", 2, 0, null), Assert.Single(spec.Request.Gpu!.Alternatives));
        Assert.Equal((8, 65_536L), (spec.Request.CpuCores, spec.Request.MemoryMib));
        Assert.Equal(["lab-1", "lab-2"], spec.Request.Nodes);
        Assert.Equal(["lab-2"], spec.Request.ExcludedNodes);
        Assert.Equal((TimeSpan.FromDays(1), 5, TimeSpan.FromMinutes(2)), (spec.TimeLimit, spec.Retries, spec.Grace));
        Assert.Equal((4, 2), (spec.Array!.Indexes.Count, spec.Array.MaxRunning));
        Assert.Equal(new DependencyTerm(DependencyKind.AfterOk, new JobId(7)), Assert.Single(spec.Dependency!.Terms));
        Assert.Equal("USR1", spec.Draft.Checkpoint.Signal);
        Assert.Equal(-5, spec.Priority);
    }

    [Fact]
    public void Everything_wrong_is_told_at_once_under_the_users_names()
    {
        var faults = Refuse(
            new JobDraft
            {
                Name = "a\nb", User = "", Tier = "trainning", Gpus = "z100", Cpus = -1, Memory = "-5G", TimeLimit = "soon", Retries = 1001,
                Grace = TimeSpan.FromSeconds(-1), Array = "9-0", Dependency = "12", NodeList = "a b", Exclude = "[",
                WorkingDirectory = "here",
                Output = "%q", Error = "a\0", Checkpoint = new(false, "there", "KILL"), Environment = new Dictionary<string,
                string>
                { ["A=B"] = "" },
            },
            "jobs[3].");

        Assert.Equal(
            [
                "name", "user", "command", "env", "workdir", "output", "error", "checkpoint", "checkpoint-signal", "checkpoint-signal",
                "gpus", "cpus", "memory", "nodelist", "exclude", "tier", "time", "array", "dependency", "retries", "grace",
            ],
            faults.Select(fault => fault.Field["jobs[3].".Length..]));
        Assert.All(faults, fault => Faults.AssertNames(fault.Field, fault));
    }

    [Theory]
    [InlineData(-5, "-5s")]
    [InlineData(86_401, "86401s")]
    [InlineData(90_000, "25h")]
    public void A_span_is_told_as_people_write_it(int seconds, string told)
    {
        var fault = Assert.Single(Refuse(Plain with { Grace = TimeSpan.FromSeconds(seconds) }));

        Assert.Equal(("grace", told, "0s … 24h"), (fault.Field, fault.Value, fault.Allowed));
    }

    [Fact]
    public void A_number_of_elements_at_once_beyond_all_bounds_names_the_bound() => Assert.Contains(
        "1 … 2147483647", Assert.Single(Refuse(Plain with { Array = "0-3%99999999999" })).Allowed, StringComparison.Ordinal);

    [Fact]
    public void The_same_draft_gets_the_same_faults()
    {
        var draft = Plain with { Gpus = "z100", Environment = new Dictionary<string, string> { ["b="] = "", ["a="] = "" } };

        Assert.Equal(Refuse(draft), Refuse(draft));
    }

    [Fact]
    public void Cores_follow_the_cards_of_the_largest_alternative()
    {
        var admitter = new Admitter(new PoolConfig { Defaults = new() { CpusPerGpu = 3 } }, DeviceCatalog.BuiltIn);

        Assert.Equal(12, Admit(Plain with { Gpus = "[h100, rtx4090:4]" }, admitter).Request.CpuCores);
        Assert.Equal(2, Admit(Plain with { Gpus = "[h100, rtx4090:4]", Cpus = 2 }, admitter).Request.CpuCores);
    }

    [Fact]
    public void A_model_that_only_the_pool_knows_may_be_asked_for()
    {
        Assert.Equal("gpus", Assert.Single(Refuse(Plain with { Gpus = "x9000" })).Field);
        Assert.Equal("X9000", Admit(Plain with { Gpus = "x9000" }, null, "NVIDIA X9000").Request.Gpu!.Alternatives[0].Model);
    }

    [Fact]
    public void Excluding_every_node_of_the_list_is_refused() =>
        Assert.Equal("exclude", Assert.Single(Refuse(Plain with { NodeList = "a,b", Exclude = "b,a" })).Field);
}
