using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Execution;

/// <summary>Jobs that lay hands on their attempt's folder, which the worker reads every second.</summary>
public sealed class HostileFolderTests
{
    [Theory]
    [InlineData("rm run; mkfifo run")]
    [InlineData("rm run; mkdir run")]
    [InlineData("rm run; ln -s /dev/zero run")]
    [InlineData("printf '99999999999 NaN' >run")]
    [InlineData("printf '1\\nexit 99999999\\n' >run")]
    [InlineData("mkfifo stop stop.new; sleep 0.2")]
    [InlineData("mkdir run.reported")]
    [InlineData("cd /; rm -r \"$GPUSCHED_ATTEMPT_FOLDER\"")]
    [InlineData("rm stdout; ln -s /dev/zero stdout")]
    [InlineData("rm stdout; mkfifo stdout")]
    public async Task Its_end_is_reported_and_others_run(string harm)
    {
        await using var worker = await TestWorker.StartAsync();
        var job = A.Shell($"cd \"$GPUSCHED_ATTEMPT_FOLDER\" && {harm}; exit 0");

        await worker.RunAsync(job);

        Assert.Equal(0, (await worker.RunAsync(A.Command("true"))).ExitCode);
    }

    [Theory]
    [InlineData("mkfifo stop stop.new")]
    [InlineData("rm run; mkfifo run")]
    [InlineData("mkdir stop.new; touch stop.new/x")]
    public async Task It_can_be_stopped_all_the_same(string harm)
    {
        await using var worker = await TestWorker.StartAsync();
        var ready = Path.Combine(worker.Folder.Path, "ready");
        var job = A.Shell($"cd \"$GPUSCHED_ATTEMPT_FOLDER\"; {harm}; echo yes >{ready}; exec sleep 1000");
        await worker.Talk.DispatchAsync(job);
        await Processes.LineAsync(ready);

        await worker.Talk.StopAsync(job.JobId, 1, TimeSpan.FromSeconds(1));

        Assert.Equal(GpuScheduler.Protos.V1.EndCause.Cancelled, (await worker.Talk.EndOfAsync(job)).Cause);
    }
}
