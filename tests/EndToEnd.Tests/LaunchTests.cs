using GpuScheduler.EndToEnd.Tests.Harness;
using GpuScheduler.Protos.V1;

namespace GpuScheduler.EndToEnd.Tests;

/// <summary>Attempts of which nothing could be started, and what a job takes over from its submitter's shell.</summary>
public sealed class LaunchTests
{
    [Fact]
    public async Task NodeOnWhichNothingStarts_IsDrainedWithAReason_AndTheOtherDoesTheWork()
    {
        await using var lab = await Lab.Start();
        var attempts = await AttemptsFolder(await lab.StartWorker("bad", cores: 4), lab.In("worker-bad"));
        Directory.Delete(attempts, recursive: true);
        await File.WriteAllTextAsync(attempts, "no folder");
        await lab.StartWorker("good", cores: 2);
        // The good node is busy until the bad one is drained: else it does all the work while the bad one rests after its first failures.
        var busy = await lab.Submit(Busy("good", cores: 2, until: lab.In("go")));
        await lab.JobIs(busy, JobState.Running);

        var jobs = new List<string>();
        for (var i = 0; i < 8; i++) jobs.Add(await lab.Submit(Script("#!/bin/sh\nexit 0\n")));
        var bad = await lab.NodeIs("bad", node => node.State == NodeState.Fail, "drained by the system");
        await File.WriteAllTextAsync(lab.In("go"), "");

        foreach (var id in jobs)
        {
            var job = await lab.JobIs(id, JobState.Completed);
            Assert.Equal(("good", 0), (job.Node, job.Failures));
        }

        Assert.Contains("mend it, then: gpusched resume bad", bad.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FolderThatNoNodeHas_EndsTheJobOnTheSecond_AndEveryVerbSaysWhy()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab-a");
        await lab.StartWorker("lab-b");
        var spec = Lab.Shell("true");
        spec.WorkingDirectory = "/no/such/folder";

        var job = await lab.JobIs(await lab.Submit(spec), JobState.Failed);

        Assert.Equal((2, 0), (job.Attempt, job.Failures));
        Assert.Equal(2, job.Attempts.Select(attempt => attempt.Node).Distinct().Count());
        var explained = await lab.Cli("explain", job.Id);
        Assert.Contains("working directory '/no/such/folder' doesn't exist", explained.Output, StringComparison.Ordinal);
        var logs = await lab.Cli("logs", job.Id);
        Assert.NotEqual(0, logs.ExitCode);
        Assert.Contains($"attempt 2 of job {job.Id} wrote nothing, as nothing was started", logs.Error, StringComparison.Ordinal);
        Assert.Contains("/no/such/folder", logs.Error, StringComparison.Ordinal);
        var followed = await lab.Cli("logs", "-f", job.Id);
        Assert.Equal((0, ""), (followed.ExitCode, followed.Output));
        Assert.Contains($"job {job.Id}: attempt 2 wrote nothing, as nothing was started on lab", followed.Error, StringComparison.Ordinal);
        Assert.Contains("/no/such/folder", followed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JobThatRequeuesItself_FindsTheSchedulerAndTheCommandLine()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");

        var job = await lab.Submit(Lab.Shell(
            "[ -z \"$SLURM_RESTART_COUNT\" ] || exit 0; gpusched requeue $GPUSCHED_JOB_ID && sleep 1000"));

        Assert.Equal(2, (await lab.JobIs(job, JobState.Completed)).Attempt);
    }

    [Fact]
    public async Task ShellOfTheSubmitter_IsTheJobsInMaskLimitsAndEveryByte()
    {
        await using var lab = await Lab.Start();
        await lab.StartWorker("lab");
        const string script = """
            here=$(printf 'd\351j\340') && mkdir "$here" && cd "$here" || exit 9
            umask 027; ulimit -S -s 4096
            printf '#!/bin/sh\n{ umask; ulimit -S -s; pwd; printf %%s "$ACCENT" "$1"; } > ../seen # mod\350le\n' > job.sh
            env "ACCENT=$(printf '\344\366')" my.var=1 a-b=2 gpusched submit --wait --comment "$(printf '\374')" job.sh "$(printf '\377')"
            ended=$?
            cd .. && rm -r "$here"
            exit $ended
            """;

        var result = await CliResult.Shell(lab.Folder, lab.Server, script);

        Assert.Equal(0, result.ExitCode);
        byte[] expected = [.. "0027\n4096\n"u8, .. System.Text.Encoding.UTF8.GetBytes(lab.Folder), .. "/d"u8, 0xE9, (byte)'j', 0xE0,
            (byte)'\n', 0xE4, 0xF6, 0xFF];
        Assert.Equal(expected, await File.ReadAllBytesAsync(lab.In("seen")));
    }

    /// <summary>A node is connected a moment before its worker serves the store that answered: only then is the folder made.</summary>
    private static async Task<string> AttemptsFolder(ProcessHandle worker, string data)
    {
        await Eventually.Sees(
            "the worker to serve the store",
            () => Task.FromResult(worker.Output),
            output => output.Contains("Connected to the scheduler", StringComparison.Ordinal));
        return Directory.GetDirectories(Path.Combine(data, "stores"), "attempts", SearchOption.AllDirectories).Single();
    }

    /// <summary>A job that holds the cores of one node until a file is there.</summary>
    private static JobSpec Busy(string node, int cores, string until)
    {
        var spec = Lab.Shell($"until [ -e '{until}' ]; do sleep 0.1; done");
        (spec.NodeList, spec.Cpus) = (node, cores);
        return spec;
    }

    private static JobSpec Script(string text) =>
        new() { User = "ada", Tier = "preprocessing", Script = text, Memory = "64MiB", WorkingDirectory = "/tmp" };
}
