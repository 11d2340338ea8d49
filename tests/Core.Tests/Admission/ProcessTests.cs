using GpuScheduler.Core.Config;
using GpuScheduler.Core.Model;
using static GpuScheduler.Core.Tests.Admission.Drafts;

namespace GpuScheduler.Core.Tests.Admission;

/// <summary>What a job runs, and what its processes are given.</summary>
public sealed class ProcessTests
{
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
}
