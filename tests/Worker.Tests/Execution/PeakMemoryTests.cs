using GpuScheduler.Worker.Execution.Native;
using GpuScheduler.Worker.Tests.Fixture;

namespace GpuScheduler.Worker.Tests.Execution;

/// <summary>An attempt's peak memory.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PeakMemoryTests
{
    /// <summary>The kernel tells no less than this process has held: a test beside these may hold a lot.</summary>
    private const string Name = "nothing else holds memory meanwhile";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task That_of_a_large_job_is_reported(bool withGroups)
    {
        await using var worker = await TestWorker.StartAsync(adjust: options => withGroups ? options : ControlGroups.Without(options));
        var mib = (Children.OwnPeakKib() / 1024) + 100;
        var job = A.Shell($"python3 -c 'import time; x = b\"x\" * ({mib} << 20); time.sleep(1.1)'");

        var ended = await worker.RunAsync(job);

        Assert.Equal(0, ended.ExitCode);
        Assert.InRange(ended.PeakMemoryMib, mib, mib + 100);
    }

    /// <summary>What counts is what the worker held at the launch: the kernel tells a child's peak from no less than that.</summary>
    [Fact]
    public async Task It_is_reported_although_the_worker_has_grown_since_the_launch()
    {
        await using var worker = await TestWorker.StartAsync(adjust: ControlGroups.Without);
        var (ready, go) = (Path.Combine(worker.Folder.Path, "ready"), Path.Combine(worker.Folder.Path, "go"));
        var mib = (Children.OwnPeakKib() / 1024) + 100;
        var program = worker.Folder.File(
            "large.py",
            $"""
            import os, time
            x = b"x" * ({mib} << 20)
            print("ready", file=open("{ready}", "w"))
            began = time.time()
            while not os.path.exists("{go}") or time.time() < began + 1.1: time.sleep(0.02)
            """);
        var job = A.Shell($"python3 {program}");
        await worker.Talk.DispatchAsync(job);
        await Processes.LineAsync(ready);

        var held = new byte[(mib + 200) << 20];
        Array.Fill(held, (byte)1);
        Assert.True(Children.OwnPeakKib() > (mib + 100) * 1024);
        File.WriteAllText(go, "");
        var ended = await worker.Talk.EndOfAsync(job);
        GC.KeepAlive(held);

        Assert.InRange(ended.PeakMemoryMib, mib, mib + 100);
    }
}
