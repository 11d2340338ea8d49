using Google.Protobuf.WellKnownTypes;
using GpuScheduler.Protos.V1;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Execution;

public sealed class EnvironmentTests
{
    [Fact]
    public async Task A_job_sees_its_cards_ids_and_amounts()
    {
        var environment = await EnvironmentOfAsync(A.Command("env", "-0").With(job =>
        {
            job.Attempt = 2;
            job.Devices.Add(["GPU-b", "GPU-a"]);
            job.PreviousEnd = EndCause.TimeLimit;
            job.TimeLimit = Duration.FromTimeSpan(TimeSpan.FromHours(1));
        }));

        Assert.Equal("GPU-b,GPU-a", environment["CUDA_VISIBLE_DEVICES"]);
        Assert.Equal("PCI_BUS_ID", environment["CUDA_DEVICE_ORDER"]);
        Assert.Equal(
            ("2", "validation", "node-a"), (environment["GPUSCHED_ATTEMPT"], environment["GPUSCHED_TIER"], environment["GPUSCHED_NODE"]));
        Assert.Equal(
            ("2", "512", "time_limit"),
            (environment["GPUSCHED_CPUS"], environment["GPUSCHED_MEMORY_MIB"], environment["GPUSCHED_PREVIOUS_END"]));
        Assert.Equal(environment["GPUSCHED_JOB_ID"], environment["SLURM_JOB_ID"]);
        Assert.Equal(
            ("1", "2", "node-a"),
            (environment["SLURM_RESTART_COUNT"], environment["SLURM_CPUS_PER_TASK"], environment["SLURM_JOB_NODELIST"]));
        Assert.InRange(
            long.Parse(environment["SLURM_JOB_END_TIME"]), DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds());
        Assert.Equal("2", environment["OMP_NUM_THREADS"]);
        Assert.DoesNotContain("SLURM_ARRAY_TASK_ID", environment.Keys);
        Assert.DoesNotContain("GPUSCHED_CHECKPOINT_DIR", environment.Keys);
    }

    [Fact]
    public async Task A_job_without_cards_sees_none()
    {
        var environment = await EnvironmentOfAsync(A.Command("env", "-0"));

        Assert.Equal(("", "", "-1"),
            (environment["CUDA_VISIBLE_DEVICES"], environment["ROCR_VISIBLE_DEVICES"], environment["HIP_VISIBLE_DEVICES"]));
        Assert.Equal("255", environment["ZE_AFFINITY_MASK"]);
        Assert.DoesNotContain("SLURM_JOB_GPUS", environment.Keys);
    }

    [Fact]
    public async Task A_job_finds_the_scheduler_and_its_command_line()
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Command("env", "-0");

        var environment = await EnvironmentOfAsync(worker, job);

        Assert.Equal(worker.Scheduler.Address.OriginalString, environment["GPUSCHED_SERVER"]);
    }

    [Fact]
    public async Task The_first_attempt_is_no_restart_and_the_folder_of_the_call_is_told()
    {
        var environment = await EnvironmentOfAsync(A.Command("env", "-0").With(job =>
            (job.Spec.WorkingDirectory, job.Spec.SubmitDirectory) = ("/tmp", "/home/ada")));

        Assert.DoesNotContain("SLURM_RESTART_COUNT", environment.Keys);
        Assert.Equal(("/home/ada", "/tmp"), (environment["SLURM_SUBMIT_DIR"], environment["PWD"]));
    }

    [Fact]
    public async Task A_job_on_a_part_of_a_card_is_told_its_part()
    {
        var environment = await EnvironmentOfAsync(A.Command("env", "-0").With(job =>
        {
            job.Devices.Add("GPU-a");
            (job.GpuMilli, job.GpuMemoryMib) = (255, 6144);
        }));

        Assert.Equal(
            ("GPU-a", "255m", "6144"),
            (environment["CUDA_VISIBLE_DEVICES"], environment["GPUSCHED_GPU_SHARE"], environment["GPUSCHED_GPU_MEMORY_MIB"]));
        Assert.Equal(
            ("26", "0=6144M"), (environment["CUDA_MPS_ACTIVE_THREAD_PERCENTAGE"], environment["CUDA_MPS_PINNED_DEVICE_MEM_LIMIT"]));
    }

    [Fact]
    public async Task A_gang_s_process_is_told_its_rank_and_where_all_meet()
    {
        var environment = await EnvironmentOfAsync(A.Command("env", "-0").With(job =>
            job.Gang = new() { Rank = 1, Nodes = { "node-z", "node-a" }, HeadAddress = "z.lan", HeadPort = 20_012 }));

        Assert.Equal(
            ("1", "2", "node-z,node-a"),
            (environment["GPUSCHED_NODE_RANK"], environment["GPUSCHED_NNODES"], environment["GPUSCHED_NODELIST"]));
        Assert.Equal(("1", "1", "0"), (environment["SLURM_NODEID"], environment["SLURM_PROCID"], environment["SLURM_LOCALID"]));
        Assert.Equal(
            ("2", "2", "node-z,node-a"), (environment["SLURM_NNODES"], environment["SLURM_NTASKS"], environment["SLURM_JOB_NODELIST"]));
        Assert.Equal(("z.lan", "20012"), (environment["MASTER_ADDR"], environment["MASTER_PORT"]));
    }

    [Fact]
    public async Task A_job_of_one_node_is_the_only_rank_and_meets_nobody()
    {
        var environment = await EnvironmentOfAsync(A.Command("env", "-0"));

        Assert.Equal(("0", "1", "node-a"), (environment["NODE_RANK"], environment["GPUSCHED_NNODES"], environment["GPUSCHED_NODELIST"]));
        Assert.DoesNotContain(environment.Keys, name => name.StartsWith("MASTER_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_on_whole_cards_is_told_of_no_part()
    {
        var environment = await EnvironmentOfAsync(A.Command("env", "-0").With(job => job.Devices.Add("GPU-a")));

        Assert.DoesNotContain(
            environment.Keys, name =>
                name.StartsWith("CUDA_MPS_", StringComparison.Ordinal) || name.StartsWith("GPUSCHED_GPU_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_array_element_sees_its_place()
    {
        var environment = await EnvironmentOfAsync(A.Command("env", "-0").With(job =>
        {
            job.ArrayId = "40";
            job.ArrayIndex = 0;
            job.ArraySize = 8;
        }));

        Assert.Equal(("40", "0", "8"),
            (environment["SLURM_ARRAY_JOB_ID"], environment["SLURM_ARRAY_TASK_ID"], environment["SLURM_ARRAY_TASK_COUNT"]));
        Assert.Equal("0", environment["GPUSCHED_ARRAY_INDEX"]);
    }

    [Fact]
    public async Task The_job_decides_over_its_own_names_and_the_scheduler_over_the_scheduler_s()
    {
        var environment = await EnvironmentOfAsync(A.Command("env", "-0").With(job =>
        {
            job.Spec.Environment.Add("OMP_NUM_THREADS", "7");
            job.Spec.Environment.Add("MINE", "a b\n'c'");
            job.Spec.Environment.Add("CUDA_VISIBLE_DEVICES", "0,1,2,3");
            job.Spec.Environment.Add("BASH_FUNC_module%%", "() { :; }");
            job.Spec.Environment.Add("CUDA_DEVICE_ORDER", "FASTEST_FIRST");
        }));

        Assert.Equal(("7", "a b\n'c'", ""), (environment["OMP_NUM_THREADS"], environment["MINE"], environment["CUDA_VISIBLE_DEVICES"]));
        Assert.Equal("() { :; }", environment["BASH_FUNC_module%%"]);
        Assert.Equal("FASTEST_FIRST", environment["CUDA_DEVICE_ORDER"]);
    }

    [Fact]
    public async Task Nothing_else_of_the_agent_s_environment_reaches_a_job()
    {
        Environment.SetEnvironmentVariable("GPUSCHED_TOKEN", "very-secret");
        try
        {
            var environment = await EnvironmentOfAsync(A.Command("env", "-0"));

            Assert.DoesNotContain(
                environment, entry => entry.Key == "GPUSCHED_TOKEN" || entry.Value.Contains("very-secret", StringComparison.Ordinal));
            Assert.Equal(Environment.GetEnvironmentVariable("PATH"), environment["PATH"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable("GPUSCHED_TOKEN", null);
        }
    }

    private static async Task<Dictionary<string, string>> EnvironmentOfAsync(Dispatch dispatch)
    {
        await using var worker = await TestWorker.StartAsync();
        return await EnvironmentOfAsync(worker, dispatch);
    }

    private static async Task<Dictionary<string, string>> EnvironmentOfAsync(TestWorker worker, Dispatch dispatch)
    {
        await worker.RunAsync(dispatch);
        return worker.Output(dispatch).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
    }
}
