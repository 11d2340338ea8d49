using GpuScheduler.Client.Tests.Support;

namespace GpuScheduler.Client.Tests;

/// <summary>Where flags and variables come from: the command line, a script, the environment; and which of them wins.</summary>
public sealed class SubmitSourcesTests : Submitting
{
    [Fact]
    public async Task A_scripts_flags_stay_its_own()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder.FullName, "job.sh"), "#!/bin/bash\n#SBATCH -G 1\necho $1\n");

        await NewCli().RunAsync("submit", "--cpus", "2", "job.sh", "--gpus", "7", "-x");

        Assert.Equal(("job.sh", "1", 2), (Sent.Name, Sent.Gpus, Sent.Cpus));
        Assert.Equal(["--gpus", "7", "-x"], Sent.ScriptArguments);
        Assert.StartsWith("#!/bin/bash\n", Sent.Script, StringComparison.Ordinal);
        Assert.Empty(Sent.Command);
    }

    [Fact]
    public async Task Later_sources_win_over_earlier_ones()
    {
        await File.WriteAllTextAsync(
            Path.Combine(Folder.FullName, "job.sh"), "#!/bin/sh\n#GPUSCHED --time 3\n#SBATCH --time 1 --mem 1G --gpus 1 --job-name s\n");
        var cli = NewCli();
        cli.Environment["SBATCH_GPUS"] = "2";
        cli.Environment["GPUSCHED_GPUS"] = "3";
        cli.Environment["SBATCH_TIMELIMIT"] = "2";

        await cli.RunAsync("submit", "--gpus", "4", "job.sh");

        Assert.Equal(("4", "2", "1G", "s"), (Sent.Gpus, Sent.TimeLimit, Sent.Memory, Sent.Name));
    }

    [Fact]
    public async Task Own_directives_win_over_slurms()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder.FullName, "job.sh"), "#!/bin/sh\n#GPUSCHED --time 3\n#SBATCH --time 1\n");

        await NewCli().RunAsync("submit", "job.sh");

        Assert.Equal("3", Sent.TimeLimit);
    }

    [Fact]
    public async Task Inside_a_job_its_own_variables_are_no_wishes()
    {
        var cli = NewCli();
        cli.Environment["GPUSCHED_JOB_ID"] = "5";
        cli.Environment["GPUSCHED_TIER"] = "training";

        await cli.RunAsync("submit", "--", "true");

        Assert.Equal("", Sent.Tier);
    }

    [Fact]
    public async Task Secrets_and_session_variables_stay_here_unless_named()
    {
        var cli = NewCli();
        cli.Environment["CONDA_PREFIX"] = "/opt/conda";
        cli.Environment["HF_TOKEN"] = "x";
        cli.Environment["AWS_SECRET_ACCESS_KEY"] = "y";
        cli.Environment["SSH_CONNECTION"] = "z";

        var result = await cli.RunAsync("submit", "--env", "HF_TOKEN", "--", "true");

        Assert.Equal(["CONDA_PREFIX", "HF_TOKEN", "HOME", "PATH"], Sent.Environment.Keys.Order());
        Assert.Contains("AWS_SECRET_ACCESS_KEY", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("HF_TOKEN", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_by_name_hands_on_nothing_else()
    {
        await NewCli().RunAsync("submit", "--export", "HOME,SEED=3", "--", "true");

        Assert.Equal(new Dictionary<string, string> { ["HOME"] = "/home/anna", ["SEED"] = "3" }, Sent.Environment);
    }

    [Fact]
    public async Task A_percent_sign_in_the_directorys_name_is_no_pattern()
    {
        var folder = Folder.CreateSubdirectory("100%done");
        var cli = new Cli(Scheduler) { WorkingDirectory = folder.FullName };

        await cli.RunAsync("submit", "-o", "%j.out", "-e", "/data/%x", "--", "true");

        Assert.Equal($"{Folder.FullName}/100%%done/%j.out", Sent.Output);
        Assert.Equal(("/data/%x", folder.FullName), (Sent.Error, Sent.WorkingDirectory));
    }
}
