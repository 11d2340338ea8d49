using GpuScheduler.Core.Admission;
using GpuScheduler.Core.Config;
using GpuScheduler.Core.Devices;
using GpuScheduler.Core.Model;
using static GpuScheduler.Core.Tests.Admission.Drafts;

namespace GpuScheduler.Core.Tests.Admission;

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
    public void Nothing_to_run_is_refused() =>
        Assert.Contains(
            "a program after --, or a script", Assert.Single(Refuse(Plain with { Command = [] })).Allowed, StringComparison.Ordinal);

    [Fact]
    public void A_script_takes_the_command_as_its_arguments()
    {
        var spec = Admit(Plain with { Script = "#!/bin/sh\necho $1\n", Command = ["", "-x"] });

        Assert.Equal("script", spec.Name);
    }

    [Theory]
    [InlineData("echo hello", "interpreter")]
    [InlineData("#!/bin/sh\n\0", "NUL")]
    public void A_script_must_be_one(string script, string allowed) =>
        Assert.Contains(allowed, Assert.Single(Refuse(Plain with { Script = script })).Allowed, StringComparison.Ordinal);

    [Fact]
    public void A_script_of_100_MiB_is_refused_without_being_quoted()
    {
        var fault = Assert.Single(Refuse(Plain with { Script = "#!" + new string('x', 100 << 20) }));

        Assert.Equal(("script", "104857602 bytes"), (fault.Field, fault.Value));
    }

    [Fact]
    public void A_script_of_4_MiB_is_accepted() => Admit(Plain with { Script = "#!".PadRight(Limits.ScriptBytes, 'x') });

    [Fact]
    public void An_environment_above_1_MiB_is_refused_and_no_value_is_shown()
    {
        var environment = Enumerable.Range(0, 11).ToDictionary(i => $"V{i}", _ => new string('s', 100_000));

        var fault = Assert.Single(Refuse(Plain with { Environment = environment }));

        Assert.Equal("env", fault.Field);
        Assert.DoesNotContain("sss", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PATH", true)]
    [InlineData("_x1", true)]
    [InlineData("BASH_FUNC_module%%", true)]
    [InlineData("BASH_FUNC_module()", true)]
    [InlineData("my.var", true)]
    [InlineData("a-b", true)]
    [InlineData("ProgramFiles(x86)", true)]
    [InlineData("1A", true)]
    [InlineData("", false)]
    [InlineData("A=B", false)]
    [InlineData("A\0B", false)]
    public void Environment_names_are_checked(string name, bool accepted)
    {
        var draft = Plain with { Environment = new Dictionary<string, string> { [name] = "secret" } };

        if (accepted) Admit(draft);
        else Assert.DoesNotContain("secret", Assert.Single(Refuse(draft)).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "", true)]
    [InlineData(511, "nofile=1024 stack=unlimited", true)]
    [InlineData(512, "", false)]
    [InlineData(-1, "", false)]
    [InlineData(0, "nofile=many", false)]
    [InlineData(0, "nofile=-1", false)]
    [InlineData(0, "locks=1", false)]
    [InlineData(0, "nofile=1 nofile=2", false)]
    [InlineData(0, "nofile", false)]
    public void A_submitters_mask_and_limits_are_checked(int umask, string limits, bool accepted)
    {
        var draft = Plain with { Surroundings = new Surroundings { Umask = umask, SoftLimits = limits } };

        if (accepted) Admit(draft);
        else Assert.Contains(Assert.Single(Refuse(draft)).Field, new[] { "umask", "soft_limits" });
    }

    [Theory]
    [InlineData("python3 train.py --lr 1", "train.py")]
    [InlineData("/usr/bin/python3.12 -u -W ignore src/train.py", "train.py")]
    [InlineData("python -m pkg.train", "pkg.train")]
    [InlineData("python3 -c print(1)", "python3")]
    [InlineData("python3", "python3")]
    [InlineData("bash run.sh", "run.sh")]
    [InlineData("sh -c true", "sh")]
    [InlineData("./train --fast", "train")]
    [InlineData("python-config x", "python-config")]
    public void A_job_without_a_name_is_called_by_its_script(string command, string name) =>
        Assert.Equal(name, Admit(Plain with { Name = "", Command = command.Split(' ') }).Name);

    [Fact]
    public void An_argument_that_Linux_would_refuse_is_refused_here() =>
        Assert.Equal("command[1]", Assert.Single(Refuse(Plain with { Command = ["a", new string('x', Limits.ArgumentBytes + 1)] })).Field);

    [Theory]
    [InlineData("%x-%j_%A_%a.%u.%N.log", true)]
    [InlineData("100%%", true)]
    [InlineData("out%", false)]
    [InlineData("out-%z", false)]
    [InlineData("out-%%z", true)]
    public void Output_patterns_are_checked(string pattern, bool accepted)
    {
        if (accepted) Admit(Plain with { Output = pattern });
        else Assert.Equal("output", Assert.Single(Refuse(Plain with { Output = pattern })).Field);
    }

    [Theory]
    [InlineData("/dev/stdout", "", false)]
    [InlineData("/dev/stderr", "", false)]
    [InlineData("/dev/fd/1", "", false)]
    [InlineData("/proc/self/fd/%a", "", false)]
    [InlineData("//tmp/..//dev/./tty", "", false)]
    [InlineData("stdout", "/dev", false)]
    [InlineData("../proc/self/environ", "/data", false)]
    [InlineData("/dev/null", "", true)]
    [InlineData("/dev/shm/%j.out", "", true)]
    [InlineData("dev/stdout", "/data", true)]
    [InlineData("/data/dev/stdout", "", true)]
    [InlineData("/dev/../data/out", "", true)]
    public void Output_never_goes_into_the_systems_own_places(string path, string folder, bool accepted)
    {
        var draft = Plain with { Output = path, Error = path, WorkingDirectory = folder };
        if (accepted) Admit(draft);
        else
        {
            var faults = Refuse(draft);
            Assert.Equal(["output", "error"], faults.Select(fault => fault.Field));
            Assert.All(faults, fault => Assert.Contains("outside /proc and /dev, or /dev/null", fault.Allowed, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("", 255, true)]
    [InlineData("", 256, false)]
    [InlineData("logs/", 256, false)]
    [InlineData("%%", 254, true)]
    [InlineData("%%", 255, false)]
    [InlineData("%x", 254, true)]
    [InlineData("ä", 254, false)]
    public void A_name_longer_than_a_files_is_refused(string before, int more, bool accepted)
    {
        var path = before + new string('x', more);
        if (accepted)
        {
            Admit(Plain with { Output = path });
            return;
        }

        var fault = Assert.Single(Refuse(Plain with { Output = path }));
        Assert.Equal("output", fault.Field);
        Assert.Contains("at most 255 bytes", fault.Allowed, StringComparison.Ordinal);
        Assert.InRange(fault.Value.Length, 1, 200);
        Assert.Equal("workdir", Assert.Single(Refuse(Plain with { WorkingDirectory = "/" + path })).Field);
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
