using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Client.Tests.Support;
using GpuScheduler.Protos.V1;
using Grpc.Core;

namespace GpuScheduler.Client.Tests;

/// <summary>What a submission sends, and what it says afterwards.</summary>
public sealed class SubmitTests : Submitting
{
    [Fact]
    public async Task Flags_about_cards_reach_the_spec_as_written()
    {
        await NewCli().RunAsync(
            "submit", "--gpus", "[H100@2, A100:80GB:cc>=8.0]", "--precision", "bf16", "--min-driver", "535.104", "--min-cuda=12.4",
            "--mem-per-gpu", "16G",
            "--same-card", "--exclusive", "--gpu-share", "250m", "--gpu-mem", "6GB", "-a", "0-3", "--", "true");

        Assert.Equal(("[H100@2, A100:80GB:cc>=8.0]", "bf16", "535.104", "12.4"), (Sent.Gpus, Sent.Precision, Sent.MinDriver, Sent.MinCuda));
        Assert.Equal(("16G", true, true, "250m", "6GB"), (Sent.MemoryPerGpu, Sent.SameCard, Sent.Exclusive, Sent.GpuShare, Sent.GpuMemory));
    }

    [Fact]
    public async Task Slurms_words_for_a_part_of_a_card_reach_the_spec()
    {
        await NewCli().RunAsync("submit", "--gres=gpu:1g.10gb:1", "--", "true");

        Assert.Equal("1g.10gb:1", Sent.Gpus);
    }

    [Fact]
    public async Task Every_flag_reaches_the_spec_as_written()
    {
        var result = await NewCli().RunAsync(
            "submit", "--tier", "training", "--gpus", "A100,H100:40GB..:2", "-c8", "--mem=64GiB", "-t", "1-12", "-J", "run", "--priority",
            "-5",
            "--retries", "3", "--checkpoint", "ckpt", "--checkpoint-signal", "USR1", "--grace", "90s", "--env", "SEED=1", "--env",
            "MODE=a=b",
            "-D", "sub", "-a", "0-99%8", "-d", "afterok:7", "-H", "-o", "%x-%j.out", "-e", "%j.err", "-w", "lab-[1-4]", "-x", "desk",
            "--comment", "hi",
            "-A", "vision", "--export", "NONE", "-N1", "-n", "1", "--", "python3", "train.py", "--gpus", "9");

        Assert.Equal("", result.Error.Replace("tier: training\n", "", StringComparison.Ordinal));
        var folder = Folder.FullName;
        var expected = new JobSpec
        {
            Name = "run",
            User = "anna",
            Project = "vision",
            Tier = "training",
            Gpus = "A100,H100:40GB..:2",
            Cpus = 8,
            Memory = "64GiB",
            TimeLimit = "1-12",
            Priority = -5,
            Retries = 3,
            Checkpoint = new CheckpointSpec { Enabled = true, Directory = $"{folder}/ckpt", Signal = "USR1" },
            Grace = Duration.FromTimeSpan(TimeSpan.FromSeconds(90)),
            WorkingDirectory = $"{folder}/sub",
            SubmitDirectory = folder,
            Command = { "python3", "train.py", "--gpus", "9" },
            Array = "0-99%8",
            Dependency = "afterok:7",
            Hold = true,
            Output = $"{folder}/sub/%x-%j.out",
            Error = $"{folder}/sub/%j.err",
            NodeList = "lab-[1-4]",
            Exclude = "desk",
            Nodes = 1,
            Comment = "hi",
            Environment = { ["SEED"] = "1", ["MODE"] = "a=b" },
        };
        Assert.Equal(expected, Sent);
    }

    [Fact]
    public async Task A_derived_tier_says_from_what()
    {
        Scheduler.Jobs.Answer = (_, _) => new SubmitJobResponse
        {
            Id = "12",
            Tier = "validation",
            TierDerived = true,
            TierReason = "asks for a GPU and names no tier",
            MayBeStopped = "on loan on datacenter cards: may be stopped within 30 s; nothing is saved without --checkpoint",
            ElementCount = 1,
            Warnings = { "no node in the pool has 8 GPUs" },
        };

        var result = await NewCli().RunAsync("submit", "--gpus", "8", "--", "true");

        Assert.Equal("Submitted batch job 12\n", result.Out);
        Assert.Equal(
            "tier: validation (derived: asks for a GPU and names no tier)\n"
                + "on loan on datacenter cards: may be stopped within 30 s; nothing is saved without --checkpoint\n"
                + "warning: no node in the pool has 8 GPUs\n",
            result.Error);
    }

    [Fact]
    public async Task Parsable_prints_the_id_alone()
    {
        var result = await NewCli().RunAsync("submit", "--parsable", "--", "true");

        Assert.Equal(new CliResult(0, "1\n", ""), result);
    }

    [Fact]
    public async Task Json_tells_all_of_it() =>
        Golden.Match("json-submit", (await NewCli().RunAsync("submit", "--json", "--", "true")).Out);

    [Theory]
    [InlineData("gpu", "1")]
    [InlineData("gpu:4", "4")]
    [InlineData("gpu:a100:2", "a100:2")]
    public async Task Gres_is_slurms_way_to_ask_for_cards(string gres, string gpus)
    {
        await NewCli().RunAsync("submit", $"--gres={gres}", "--", "true");

        Assert.Equal(gpus, Sent.Gpus);
    }

    [Fact]
    public async Task Wrap_makes_a_script()
    {
        await NewCli().RunAsync("submit", "--wrap", "echo $HOSTNAME | wc");

        Assert.Equal(("#!/bin/sh\necho $HOSTNAME | wc\n", "wrap"), (Sent.Script, Sent.Name));
    }

    [Fact]
    public async Task Each_line_is_a_job_of_its_own_in_one_call()
    {
        var result = await NewCli("python3 run.py 1\n\n# not this\npython3 run.py 2\n").RunAsync("submit", "--each-line", "--gpus", "1");

        Assert.Equal("Submitted batch job 1\nSubmitted batch job 2\n", result.Out);
        Assert.Equal(["python3 run.py 1", "python3 run.py 2"], Scheduler.Jobs.Submitted.Select(job => job.Spec.Command[2]));
        Assert.Equal(2, Scheduler.Jobs.Submitted.Select(job => job.IdempotencyKey).Distinct().Count());
    }

    [Fact]
    public async Task A_script_may_come_from_standard_input()
    {
        await NewCli("#!/bin/sh\n#SBATCH -c 3\ntrue\n").RunAsync("submit");

        Assert.Equal(("stdin", 3), (Sent.Name, Sent.Cpus));
    }

    [Fact]
    public async Task A_call_repeated_after_a_lost_reply_keeps_its_key()
    {
        Scheduler.Jobs.Failures.Enqueue(new RpcException(new Status(StatusCode.Unavailable, "restarting")));

        var result = await NewCli().RunAsync("submit", "--", "true");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["key-1", "key-1"], Scheduler.Jobs.Submitted.Select(job => job.IdempotencyKey));
    }

    [Theory]
    [InlineData(JobState.Completed, 0, 0)]
    [InlineData(JobState.Failed, 3, 3)]
    [InlineData(JobState.Cancelled, 143, 143)]
    [InlineData(JobState.Timeout, null, 1)]
    public async Task Wait_returns_the_jobs_code(JobState state, int? jobCode, int expected)
    {
        Scheduler.Jobs.Jobs.Add(Samples.Ended(state, jobCode, "1"));
        Scheduler.Jobs.EndWatch();

        Assert.Equal(expected, (await NewCli().RunAsync("submit", "-W", "--", "true")).ExitCode);
    }
}
